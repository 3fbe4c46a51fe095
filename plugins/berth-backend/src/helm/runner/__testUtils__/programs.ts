import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with shell scripts that are run as helm. */
export class Programs {
  static async create(): Promise<Programs> {
    return new Programs(
      await realpath(await mkdtemp(join(tmpdir(), 'programs-'))),
    );
  }

  private constructor(readonly folder: string) {}

  /** @returns the path of a script of the shell */
  async add(name: string, script: string, mode = 0o755): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, `#!/bin/sh\n${script}\n`, { mode });
    return path;
  }

  /** A program that reports the given version, and otherwise runs a script. */
  helm(name: string, version: string, script = ''): Promise<string> {
    return this.add(
      name,
      `if [ "$1" = version ]; then echo ${version}; exit; fi\n${script}`,
    );
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
