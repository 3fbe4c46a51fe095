import { TimedLine } from './LineSplitter';

/** The size of the lines of a source that may wait, in characters, before the source is not read any further. */
const MAX_QUEUED = 256 * 1024;
/** What a line takes beyond its text. */
const LINE_SIZE = 64;
/** Milliseconds without a line after which nothing waits for a source. */
const QUIET = 100;
/** The same for a source that has not answered yet. */
const SILENT = 500;
/** The longest time that a line waits for lines of other sources, in milliseconds. */
const PATIENCE = 1_000;

export interface MergedLine extends TimedLine {
  source: number;
}

interface Source {
  id: number;
  queue: MergedLine[];
  queued: number;
  /** The latest time of its lines. */
  latest: string;
  open: boolean;
  /** When its last line arrived; before, when it was opened. */
  heardAt: number;
  /** When the first line in the queue arrived. */
  waitsSince: number;
}

/**
 * Merges the lines of several logs in the order of their times. A line waits for logs that may still have an earlier
 * line, but only for a moment: a quiet log does not hold the others up, and neither does a clock that is wrong.
 */
export class LineMerger {
  readonly #sources = new Map<number, Source>();

  open(id: number, now: number): void {
    const source = this.#sources.get(id);
    this.#sources.set(id, {
      queue: source?.queue ?? [],
      queued: source?.queued ?? 0,
      waitsSince: source?.waitsSince ?? now,
      id,
      latest: '',
      open: true,
      heardAt: now,
    });
  }

  close(id: number): void {
    const source = this.#sources.get(id);
    if (source) {
      source.open = false;
    }
  }

  closeAll(): void {
    [...this.#sources.keys()].forEach(id => this.close(id));
  }

  push(id: number, lines: TimedLine[], now: number): void {
    const source = this.#sources.get(id)!;
    if (lines.length > 0) {
      if (source.queue.length === 0) {
        source.waitsSince = now;
      }
      source.heardAt = now;
      for (const { time, text } of lines) {
        source.queue.push({ source: id, time: time || source.latest, text });
        source.queued += LINE_SIZE + text.length;
        if (time > source.latest) {
          source.latest = time;
        }
      }
    }
  }

  /** Whether lines wait. */
  get waiting(): boolean {
    return [...this.#sources.values()].some(({ queue }) => queue.length > 0);
  }

  /** Returns whether lines of a source wait. */
  has(id: number): boolean {
    return (this.#sources.get(id)?.queue.length ?? 0) > 0;
  }

  /** Returns whether a source may be read on. */
  hasRoom(id: number): boolean {
    return this.#sources.get(id)!.queued < MAX_QUEUED;
  }

  /** Takes the lines that need not wait any longer, in order. */
  take(now: number): MergedLine[] {
    const sources = [...this.#sources.values()];
    const bounds = sources
      .filter(source => mayAdd(source, now))
      .map(({ latest }) => latest)
      .sort();
    const [bound] = bounds;
    const taken = sources.flatMap(source =>
      takeFrom(
        source,
        bound === undefined || now - source.waitsSince >= PATIENCE
          ? source.queue.length
          : countUntil(source.queue, bound),
        now,
      ),
    );
    return taken.sort(({ time: one }, { time: other }) => {
      if (one === other) {
        return 0;
      }
      return one < other ? -1 : 1;
    });
  }
}

function mayAdd({ open, heardAt, latest, queued }: Source, now: number) {
  if (!open) {
    return false;
  }
  // A source that has no room is silent because nobody reads it.
  return (
    queued >= MAX_QUEUED || now - heardAt < (latest === '' ? SILENT : QUIET)
  );
}

function countUntil(queue: MergedLine[], bound: string): number {
  const end = queue.findIndex(({ time }) => time > bound);
  return end < 0 ? queue.length : end;
}

function takeFrom(source: Source, count: number, now: number): MergedLine[] {
  if (count === 0) {
    return [];
  }
  const taken = source.queue.splice(0, count);
  source.queued -= taken.reduce(
    (sum, { text }) => sum + LINE_SIZE + text.length,
    0,
  );
  source.waitsSince = now;
  return taken;
}
