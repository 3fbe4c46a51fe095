import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The release of Node.js that the installers get where a computer has none. */
const NODE_VERSION = 'v22.21.1';

const PROGRAM = 'kubectl-berth.mjs';

const TYPES = {
  [PROGRAM]: 'text/javascript; charset=utf-8',
  'install.sh': 'text/x-shellscript; charset=utf-8',
  'install.ps1': 'text/plain; charset=utf-8',
  SHA256SUMS: 'text/plain; charset=utf-8',
};

/** The names of the files that the portal serves. */
export type CliFileName = keyof typeof TYPES;

export const CLI_FILES = Object.keys(TYPES) as CliFileName[];

/** A file of kubectl-berth. */
export interface CliFile {
  type: string;
  body: Buffer;
  etag: string;
}

export interface CliFilesOptions {
  /** The folder with the program and the installers. */
  directory?: string;
  nodeMirror: string;
  /** The address below which `/api/berth` is. */
  portal: string;
}

/** The program kubectl-berth, its installers for this portal, and their checksums. */
export class CliFiles {
  readonly #options: CliFilesOptions;
  readonly #files = new Map<CliFileName, Promise<CliFile>>();

  constructor(options: CliFilesOptions) {
    this.#options = options;
  }

  /** @throws ServiceUnavailableError if the file is missing */
  async get(name: CliFileName): Promise<CliFile> {
    const file = this.#files.get(name) ?? this.#make(name);
    this.#files.set(name, file);
    try {
      return await file;
    } catch (error) {
      this.#files.delete(name);
      throw error;
    }
  }

  async #make(name: CliFileName): Promise<CliFile> {
    const body = await this.#bodyOf(name);
    return { type: TYPES[name], body, etag: `"${sha256(body)}"` };
  }

  async #bodyOf(name: CliFileName): Promise<Buffer> {
    if (name === PROGRAM) {
      return this.#source(PROGRAM);
    }
    if (name === 'SHA256SUMS') {
      const lines = await Promise.all(
        CLI_FILES.filter(other => other !== name).map(
          async other => `${sha256((await this.get(other)).body)}  ${other}\n`,
        ),
      );
      return Buffer.from(lines.join(''));
    }
    const installer = await this.#source(name);
    return Buffer.from(
      fillIn(installer.toString('utf8'), {
        '@PORTAL@': this.#options.portal,
        '@PROGRAM_SHA256@': sha256((await this.get(PROGRAM)).body),
        '@NODE_MIRROR@': this.#options.nodeMirror,
        '@NODE_VERSION@': NODE_VERSION,
      }),
    );
  }

  async #source(name: string): Promise<Buffer> {
    try {
      const directory =
        this.#options.directory ??
        resolvePackagePath('@berth/kubectl-berth', 'dist');
      return await readFile(join(directory, name));
    } catch {
      throw new ServiceUnavailableError(
        `The portal does not have ${name} of @berth/kubectl-berth. Install kubectl-berth from npm, or build the package on the backend`,
      );
    }
  }
}

function fillIn(text: string, values: Record<string, string>): string {
  return text.replace(/@[A-Z0-9_]+@/g, name => values[name] ?? name);
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
