import {
  LogLine,
  LogPosition,
  LogQuery,
  ObjectAddress,
  ResourcesApi,
} from '@berth/plugin-berth-common';
import { isResponseError } from '../format';
import { LogStore } from './LogStore';

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** Sources whose place in their log a request names, so that its URL does not get too long. */
const MAX_RESUMED = 50;
/** Failures that another request would only repeat. */
const FINAL: ReadonlySet<number> = new Set([400, 401, 403, 404, 422, 501]);

/** A container whose log is shown. */
export interface LogSource {
  /** Its number in the store. */
  index: number;
  pod: string;
  container: string;
  restarted: boolean;
  state: 'open' | 'waiting' | 'ended' | 'failed';
  /** Why it has no lines, or no more lines. */
  reason?: string;
}

export interface LogState {
  phase: 'loading' | 'open' | 'reconnecting' | 'ended' | 'failed';
  /** Why the connection was lost, or why there is no log. */
  error?: unknown;
  /** When the next attempt begins. */
  retryAt?: number;
  /** Whether the answer was as large as it may be. */
  limited: boolean;
  sources: readonly LogSource[];
  /** What is missing as a whole. */
  notes: readonly string[];
}

export interface LogSessionOptions {
  api: Pick<ResourcesApi, 'readLogs'>;
  address: ObjectAddress;
  query: Omit<LogQuery, 'download' | 'namespace' | 'resume'>;
  store: LogStore;
  /** Resolves after some milliseconds, or rejects when the signal is aborted. */
  pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

interface Known {
  source: LogSource;
  position: LogPosition;
}

/**
 * Reads a log into a store, and connects again after a loss: each source continues with the line after its last one,
 * without a gap and without doubles.
 */
export class LogSession {
  readonly #options: LogSessionOptions;
  readonly #known = new Map<string, Known>();
  /** By the `id` of the current answer. */
  readonly #ids = new Map<number, Known>();
  readonly #end = new AbortController();
  readonly #listeners = new Set<() => void>();
  #state: LogState = {
    phase: 'loading',
    limited: false,
    sources: [],
    notes: [],
  };
  #frame?: number;

  constructor(options: LogSessionOptions) {
    this.#options = options;
  }

  get state(): LogState {
    return this.#state;
  }

  /** Calls back after changes of the state or of the store, at most once for each frame. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#end.abort();
    if (this.#frame !== undefined) {
      cancelAnimationFrame(this.#frame);
    }
  }

  /** Reads until the log ends, fails or is stopped. */
  async run(): Promise<void> {
    const { query, pause = wait } = this.#options;
    const { signal } = this.#end;
    let attempt = 0;
    while (!signal.aborted) {
      const before = this.#options.store.end;
      try {
        const reason = await this.#read();
        if (reason === 'complete' || reason === 'limit') {
          this.#set({ phase: 'ended', limited: reason === 'limit' });
          return;
        }
        if (reason === undefined) {
          throw new Error('The connection ended');
        }
        attempt = 0;
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (!query.follow || isFinal(error)) {
          this.#set({ phase: 'failed', error });
          return;
        }
        attempt = this.#options.store.end > before ? 1 : attempt + 1;
        const milliseconds = backoff(attempt);
        this.#set({
          phase: 'reconnecting',
          error,
          retryAt: Date.now() + milliseconds,
        });
        await pause(milliseconds, signal).catch(() => {});
      }
    }
  }

  /** Reads one answer. @returns why it ended; undefined if it broke off */
  async #read() {
    const { address, api, query } = this.#options;
    const { signal } = this.#end;
    this.#ids.clear();
    this.#known.forEach(({ position }) => position.resume());
    const resume = this.#resume();
    const lines = api.readLogs(
      address,
      { ...query, ...(resume.length > 0 && { resume }) },
      { signal },
    );
    for await (const line of lines) {
      signal.throwIfAborted();
      if (line.type === 'end') {
        return line.reason;
      }
      if (this.#state.phase !== 'open') {
        this.#set({ phase: 'open', error: undefined, retryAt: undefined });
      }
      this.#take(line);
    }
    return undefined;
  }

  #take(line: Exclude<LogLine, { type: 'end' }>) {
    switch (line.type) {
      case 'source':
        this.#addSource(line);
        break;
      case 'lines':
        this.#append(line.lines);
        break;
      case 'waiting':
      case 'ended':
        this.#change(line.id, { state: line.type, reason: line.reason });
        break;
      case 'failed':
        if (line.id !== undefined) {
          this.#change(line.id, { state: 'failed', reason: line.message });
        } else if (!this.#state.notes.includes(line.message)) {
          this.#set({ notes: [...this.#state.notes, line.message].slice(-5) });
        }
        break;
      default:
    }
  }

  #addSource({
    id,
    pod,
    container,
    restarted,
  }: Extract<LogLine, { type: 'source' }>) {
    const key = `${pod}/${container}`;
    const known = this.#known.get(key);
    const source: LogSource = {
      index: known?.source.index ?? this.#known.size,
      pod,
      container,
      restarted,
      state: 'open',
    };
    const entry = {
      source,
      position: known?.position ?? new LogPosition(),
    };
    this.#known.set(key, entry);
    this.#ids.set(id, entry);
    this.#set({ sources: this.#sources() });
  }

  #append(lines: readonly (readonly [number, string, string])[]) {
    const fresh: [number, string, string][] = [];
    for (const [id, time, text] of lines) {
      const entry = this.#ids.get(id);
      if (entry && (time === '' || entry.position.accept(time))) {
        fresh.push([entry.source.index, time, text]);
        if (entry.source.state !== 'open') {
          this.#change(id, { state: 'open', reason: undefined });
        }
      }
    }
    if (fresh.length > 0) {
      this.#options.store.append(fresh);
      this.#notify();
    }
  }

  #change(id: number, change: Pick<LogSource, 'state' | 'reason'>) {
    const entry = this.#ids.get(id);
    if (entry) {
      entry.source = { ...entry.source, ...change };
      this.#set({ sources: this.#sources() });
    }
  }

  #sources(): LogSource[] {
    return [...this.#known.values()].map(({ source }) => source);
  }

  #resume(): string[] {
    const isOver = ({ source }: Known) => (source.state === 'open' ? 0 : 1);
    return [...this.#known]
      .filter(([, { position }]) => position.time !== '')
      .sort(
        ([, one], [, other]) =>
          isOver(one) - isOver(other) ||
          (one.position.time < other.position.time ? 1 : -1),
      )
      .slice(0, MAX_RESUMED)
      .map(([key, { position }]) => `${key}@${position.time}`);
  }

  #set(change: Partial<LogState>) {
    this.#state = { ...this.#state, ...change };
    this.#notify();
  }

  #notify() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#listeners.forEach(listener => listener());
    });
  }
}

function isFinal(error: unknown): boolean {
  return isResponseError(error) && FINAL.has(error.statusCode);
}

/** Doubles with each attempt, and differs between pages, so that they do not all come back at once. */
function backoff(attempt: number): number {
  const most = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1));
  return most / 2 + (Math.random() * most) / 2;
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
