import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseObject, readPrivateFile, writePrivateFile } from './privateFiles';

const REMEMBERED_MS = 5_000;

/**
 * The last failure of a cluster. kubectl runs a plugin that fails several times for one command: the portal is
 * asked once, and the person reads the reason once.
 *
 * The first line of the file is the failure. Each process that learns of the failure appends a line with its parent,
 * its own ID and the time. The order of the lines decides which process prints the message.
 */
export class Failures {
  readonly #path: string;
  readonly #parent: number;

  constructor(folder: string, clusterId: string, parent = process.ppid) {
    this.#path = join(folder, `${clusterId}.failed`);
    this.#parent = parent;
  }

  /** Returns the message of a failure of the last seconds. */
  recent(now: number): string | undefined {
    const [first] = this.#lines();
    const failure = parseObject(first ?? '');
    return typeof failure?.at === 'number' &&
      typeof failure.message === 'string' &&
      isRecent(failure.at, now)
      ? failure.message
      : undefined;
  }

  record(message: string, now: number): void {
    const kept = this.#lines()
      .slice(1)
      .filter(line => isRecent(Number(line.split(' ')[2]), now));
    ignoringErrors(() =>
      writePrivateFile(
        this.#path,
        [JSON.stringify({ at: now, message }), ...kept, ''].join('\n'),
      ),
    );
  }

  forget(): void {
    ignoringErrors(() => rmSync(this.#path, { force: true }));
  }

  /** Returns whether no other process of the same parent has printed the message in the last seconds. */
  mayPrint(now: number): boolean {
    const own = `${this.#parent} ${process.pid} ${now}`;
    try {
      if (this.#lines().length === 0) {
        return true;
      }
      appendFileSync(this.#path, `${own}\n`);
      const lines = readFileSync(this.#path, 'utf8').split('\n').slice(1);
      return printingLines(lines, this.#parent).includes(own);
    } catch {
      return true;
    }
  }

  #lines(): string[] {
    const text = readPrivateFile(this.#path).text ?? '';
    return text.split('\n').filter(line => line !== '');
  }
}

/** Returns the lines whose processes print: of one parent, none within seconds after another. */
function printingLines(lines: string[], parent: number): string[] {
  let last = -Infinity;
  return lines.filter(line => {
    const [owner, , at] = line.split(' ').map(Number);
    const prints = owner === parent && at - last >= REMEMBERED_MS;
    last = prints ? at : last;
    return prints;
  });
}

function isRecent(at: number, now: number): boolean {
  return at <= now && now < at + REMEMBERED_MS;
}

/** A failure that cannot be remembered is reported more often, and does no other harm. */
function ignoringErrors(action: () => void): void {
  try {
    action();
  } catch {
    // See above.
  }
}
