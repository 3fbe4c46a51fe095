import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { eventually } from './eventually';

const COMMAND_DEADLINE_MS = 120_000;

/** Keeps the link that a program opens, in place of a browser. */
const BROWSER = `#!/bin/sh
printf '%s' "$1" > "$HOME/opened.part" && mv "$HOME/opened.part" "$HOME/opened"
`;

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** A program that runs in the terminal. */
export interface Started {
  child: ChildProcessWithoutNullStreams;
  ended: Promise<Outcome>;
  /** Returns what the program has written so far. */
  said: () => string;
}

/** The computer of a person: a home directory, a terminal, and a browser that notes the links it is to open. */
export class Laptop {
  readonly home: string;
  readonly #env: Record<string, string>;

  private constructor(home: string, env: Record<string, string>) {
    this.home = home;
    this.#env = env;
  }

  /** A computer with a browser. */
  static async create(): Promise<Laptop> {
    const laptop = await Laptop.withoutBrowser();
    laptop.#env.BROWSER = 'browser';

    const browser = join(laptop.#bin, 'browser');
    await writeFile(browser, BROWSER);
    await chmod(browser, 0o755);
    return laptop;
  }

  /** A computer without a browser, as over SSH. */
  static async withoutBrowser(
    env: Record<string, string> = {},
  ): Promise<Laptop> {
    const home = await mkdtemp(join(tmpdir(), 'laptop-'));
    const laptop = new Laptop(home, { ...env });
    await mkdir(laptop.#bin, { recursive: true });
    return laptop;
  }

  /** Runs a command line in the terminal. */
  run(command: string): Promise<Outcome> {
    const { child, ended } = this.start(command);
    child.stdin.end();
    return ended;
  }

  /** Starts a command line that reads from the terminal. */
  start(command: string): Started {
    const child = spawn('sh', ['-c', command], {
      cwd: this.home,
      env: {
        HOME: this.home,
        PATH: [this.#bin, dirname(process.execPath), process.env.PATH].join(
          delimiter,
        ),
        ...this.#env,
      },
      timeout: COMMAND_DEADLINE_MS,
    });
    let stdout = '';
    let stderr = '';
    child.stdin.on('error', () => {});
    child.stdout.on('data', data => {
      stdout += data;
    });
    child.stderr.on('data', data => {
      stderr += data;
    });
    const ended = new Promise<Outcome>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', code => resolve({ code: code ?? -1, stdout, stderr }));
    });
    return { child, ended, said: () => stdout + stderr };
  }

  /** Returns the link that a program in the terminal opened, once it has. */
  async openedLink(): Promise<string> {
    const file = join(this.home, 'opened');
    await eventually('a program opens the browser', async () =>
      existsSync(file),
    );
    return readFile(file, 'utf8');
  }

  kubeconfig(): Promise<string> {
    return readFile(join(this.home, '.kube', 'config'), 'utf8');
  }

  /** Removes the tokens that kubectl could still use, as after ten minutes. */
  async forgetTokens(): Promise<void> {
    await rm(join(this.home, '.cache'), { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await rm(this.home, { recursive: true, force: true });
  }

  get #bin(): string {
    return join(this.home, '.local', 'bin');
  }
}
