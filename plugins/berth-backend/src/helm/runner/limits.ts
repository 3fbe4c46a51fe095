/** What one helm process may use. */
export interface HelmLimits {
  addressSpaceBytes: number;
  cpuSeconds: number;
  fileBytes: number;
  openFiles: number;
  /** A target for the memory of Go, below the hard limit. */
  goMemoryMiB: number;
  /** The part of the output that is kept. */
  stdoutBytes: number;
  stderrBytes: number;
  /** How long helm has to end after SIGTERM. */
  termMs: number;
}

const MIB = 1024 * 1024;

/** helm does not start with less than 1 GiB of address space, of which it uses about 100 MiB. */
export const DEFAULT_LIMITS: HelmLimits = {
  addressSpaceBytes: 2048 * MIB,
  cpuSeconds: 120,
  fileBytes: 64 * MIB,
  openFiles: 256,
  goMemoryMiB: 512,
  stdoutBytes: 32 * MIB,
  stderrBytes: 256 * 1024,
  termMs: 10_000,
};
