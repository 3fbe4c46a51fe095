import { NotFoundError } from '@backstage/errors';
import { HelmStatus } from '@berth/plugin-berth-common';
import { setTimeout as delay } from 'node:timers/promises';
import { OperationLines } from './OperationLines';
import { notReady, objectsOf, Waiting, Watched } from './readiness';
import { OpenedRelease } from './ReleaseAsPerson';

const PAUSES_MS = [1_000, 2_000, 3_000, 5_000];
/** Between two looks for each object that is read. */
const PAUSE_FOR_OBJECT_MS = 50;
/** Lines that one look may add. */
const MOST_NAMED = 20;
/** What a release is whose history is kept. */
const GONE: ReadonlySet<HelmStatus> = new Set(['uninstalling', 'uninstalled']);

/** How the wait for the objects of a release ended. */
export type ReadyEnd =
  | { type: 'ready' }
  /** They are not ready after the longest time. */
  | { type: 'late'; count: number }
  /** A person or the portal ended the wait. */
  | { type: 'ended' }
  /** Another change of the release replaced the revision. */
  | { type: 'replaced' }
  /** Too many operations wait. */
  | { type: 'full' }
  /** The person may no longer read the release, or it cannot be read. */
  | { type: 'unseen' };

export interface ReadyWatchOptions {
  lines: Pick<OperationLines, 'add'>;
  /** Opens the release with the rights that the person has now. */
  open(): Promise<OpenedRelease>;
  /** Returns whether an error of `open` or of a look may pass. */
  mayPass(error: unknown): boolean;
  /** Between two looks at the objects; the last one stays. */
  pausesMs?: readonly number[];
  /** Ends the wait. */
  signal: AbortSignal;
  timeoutMs: number;
}

/** Waits until the objects of a revision are ready. A line names each object that is not, and why. */
export class ReadyWatch {
  readonly #options: ReadyWatchOptions;
  /** The last reason of each object that is not ready. */
  readonly #reasons = new Map<string, string>();
  /** Of what stores the revision. */
  #uid?: string;

  constructor(options: ReadyWatchOptions) {
    this.#options = options;
  }

  async run(revision: number): Promise<Exclude<ReadyEnd, { type: 'full' }>> {
    const { mayPass, open, pausesMs = PAUSES_MS, signal } = this.#options;
    const deadline = performance.now() + this.#options.timeoutMs;
    let watched: Watched | undefined;
    for (let turn = 0; !signal.aborted; turn++) {
      try {
        const opened = await open();
        if (!(await this.#isLatest(opened, revision))) {
          return { type: 'replaced' };
        }
        watched ??= await objectsOf(opened, revision);
        const waiting = await notReady(opened, watched);
        this.#report(waiting);
        if (waiting.length === 0) {
          return { type: 'ready' };
        }
      } catch (error) {
        if (!signal.aborted && !mayPass(error)) {
          return { type: 'unseen' };
        }
      }
      const pause = Math.max(
        pausesMs[Math.min(turn, pausesMs.length - 1)],
        (watched?.objects.length ?? 0) * PAUSE_FOR_OBJECT_MS,
      );
      if (performance.now() + pause > deadline) {
        const count = this.#reasons.size;
        // Without a reason, no look has ended.
        return count > 0 ? { type: 'late', count } : { type: 'unseen' };
      }
      await delay(pause, undefined, { signal }).catch(() => {});
    }
    return { type: 'ended' };
  }

  /** Others may change the release meanwhile, also without Berth. */
  async #isLatest(
    { reader }: OpenedRelease,
    revision: number,
  ): Promise<boolean> {
    const [latest] = await reader.revisions().catch(error => {
      if (error instanceof NotFoundError) {
        return [];
      }
      throw error;
    });
    // Who uninstalls a release and installs it again begins with the same numbers.
    this.#uid ??= latest?.uid;
    return (
      latest?.revision === revision &&
      latest.uid === this.#uid &&
      !GONE.has(latest.status)
    );
  }

  #report(waiting: Waiting[]): void {
    const { lines } = this.#options;
    const changed = waiting.filter(
      ({ object, reason }) => this.#reasons.get(object) !== reason,
    );
    changed
      .slice(0, MOST_NAMED)
      .forEach(({ object, reason }) =>
        lines.add('Change', `${object} is not ready: ${reason}`),
      );
    if (changed.length > MOST_NAMED) {
      lines.add(
        'Change',
        `${changed.length - MOST_NAMED} other objects are not ready`,
      );
    }
    this.#reasons.clear();
    waiting.forEach(({ object, reason }) => this.#reasons.set(object, reason));
  }
}
