/** Measures the processor time of this process. */
export class CpuMeter {
  #start = process.cpuUsage();

  start(): void {
    this.#start = process.cpuUsage();
  }

  /** Returns the time since the start, in milliseconds. */
  used(): number {
    const { user, system } = process.cpuUsage(this.#start);
    return (user + system) / 1_000;
  }
}
