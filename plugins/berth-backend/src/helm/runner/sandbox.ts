import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HelmLimits } from './limits';

const run = promisify(execFile);

/** `PATH` is not asked, because others could have changed it. */
const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
const PROBE_MS = 10_000;

const SETPRIV = ['--pdeathsig', 'TERM', '--no-new-privs', '--'];

/** What bounds helm on this computer. */
export interface Sandbox {
  /** The programs that were not found. */
  missing: string[];
  wrap(command: readonly string[], limits: HelmLimits): string[];
}

/**
 * Finds the programs of util-linux that bound helm: `setpriv` ends helm with the portal and takes the way to more
 * rights, and `prlimit` bounds memory, processor time, files and open files.
 */
export async function findSandbox(folders = FOLDERS): Promise<Sandbox> {
  const [setpriv, prlimit] = await Promise.all([
    findProgram('setpriv', SETPRIV, folders),
    findProgram('prlimit', ['--core=0', '--'], folders),
  ]);
  return {
    missing: [...(setpriv ? [] : ['setpriv']), ...(prlimit ? [] : ['prlimit'])],
    wrap: (command, limits) => [
      ...(setpriv ? [setpriv, ...SETPRIV] : []),
      ...(prlimit ? [prlimit, ...prlimitArguments(limits)] : []),
      ...command,
    ],
  };
}

function prlimitArguments(limits: HelmLimits): string[] {
  return [
    `--as=${limits.addressSpaceBytes}`,
    `--cpu=${limits.cpuSeconds}`,
    `--fsize=${limits.fileBytes}`,
    `--nofile=${limits.openFiles}`,
    '--core=0',
    '--',
  ];
}

/** Runs the program on itself, because those of BusyBox know other options. */
async function findProgram(
  name: string,
  args: string[],
  folders: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    const program = `${folder}/${name}`;
    try {
      await run(program, [...args, program, '--version'], {
        env: {},
        timeout: PROBE_MS,
      });
      return program;
    } catch {
      // The next folder may have it.
    }
  }
  return undefined;
}
