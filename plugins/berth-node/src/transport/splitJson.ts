import { Worker } from 'node:worker_threads';

/** The parser is stopped after this time. */
const DEADLINE_MS = 10_000;
/** An idle thread ends after this time. */
const IDLE_MS = 30_000;
const MAX_HEAP_MB = 512;

/** A large JSON text, split into pieces that are small enough to parse without blocking the event loop. */
export interface SplitJson {
  /** The JSON without the elements of the array `items`. */
  rest: string;
  /** JSON arrays, each with some of these elements, in order. */
  batches: string[];
  /** The number of elements of `items`; undefined if `items` is not an array. */
  count?: number;
}

export interface SplitLimits {
  /** If there are more elements, they are counted but not returned. */
  maxItems: number;
}

interface Job {
  bytes: Uint8Array;
  limits: SplitLimits;
  resolve(split: SplitJson): void;
  reject(error: Error): void;
}

/** The code of the thread. It is text, because it must run from sources, from a build and under a test runner. */
const THREAD = `
const { parentPort } = require('node:worker_threads');
const BATCH = 64 * 1024;

function split(bytes, { maxItems }) {
  const value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const items = value === null ? undefined : value.items;
  if (!Array.isArray(items)) {
    return { rest: JSON.stringify(value), batches: [] };
  }
  const count = items.length;
  const batches = [];
  let batch = [];
  let size = 0;
  for (const item of count > maxItems ? [] : items) {
    const text = JSON.stringify(item);
    batch.push(text);
    size += text.length;
    if (size > BATCH) {
      batches.push('[' + batch.join(',') + ']');
      batch = [];
      size = 0;
    }
  }
  batches.push('[' + batch.join(',') + ']');
  return { rest: JSON.stringify({ ...value, items: [] }), batches, count };
}

parentPort.on('message', ({ bytes, limits }) => {
  let answer;
  try {
    answer = { split: split(bytes, limits) };
  } catch (error) {
    answer = { error: String(error.message) };
  }
  parentPort.postMessage(answer);
});
`;

/**
 * Splits large JSON texts in one separate thread, one at a time. The servers take turns, so that one server cannot
 * delay the others. The thread has a limited heap and a deadline for each text. If a text exceeds a limit, the thread
 * is terminated and the text is refused.
 */
class JsonSplitter {
  readonly #jobs = new Map<string, Job[]>();
  #worker?: Worker;
  #running?: Job;
  #timer?: NodeJS.Timeout;

  split(
    server: string,
    bytes: Uint8Array,
    limits: SplitLimits,
  ): Promise<SplitJson> {
    return new Promise((resolve, reject) => {
      const jobs = this.#jobs.get(server) ?? [];
      this.#jobs.set(server, [...jobs, { bytes, limits, resolve, reject }]);
      this.#next();
    });
  }

  #next() {
    if (this.#running) {
      return;
    }
    clearTimeout(this.#timer);
    const job = this.#take();
    if (!job) {
      this.#timer = setTimeout(() => this.#end(), IDLE_MS).unref();
      return;
    }
    this.#running = job;
    this.#timer = setTimeout(
      () => this.#fail(new Error('Parsing took too long')),
      DEADLINE_MS,
    );
    this.#worker ??= this.#start();
    const { bytes, limits } = job;
    this.#worker.postMessage({ bytes, limits }, [bytes.buffer as ArrayBuffer]);
  }

  /** Takes the oldest text of the next server. */
  #take(): Job | undefined {
    for (const [server, [job, ...others]] of this.#jobs) {
      this.#jobs.delete(server);
      if (others.length > 0) {
        this.#jobs.set(server, others);
      }
      return job;
    }
    return undefined;
  }

  #start(): Worker {
    const worker = new Worker(THREAD, {
      eval: true,
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    worker.unref();
    worker.on('message', ({ split, error }) => {
      const job = this.#running;
      this.#running = undefined;
      if (split) {
        job?.resolve(split);
      } else {
        job?.reject(new SyntaxError(error));
      }
      this.#next();
    });
    worker.on('error', error => this.#fail(error));
    return worker;
  }

  #fail(error: Error) {
    const job = this.#running;
    this.#running = undefined;
    this.#end();
    job?.reject(error);
    this.#next();
  }

  #end() {
    this.#worker?.removeAllListeners();
    // A thread that ran out of memory emits a second error.
    this.#worker?.on('error', () => {});
    this.#worker?.terminate().catch(() => {});
    this.#worker = undefined;
  }
}

const splitter = new JsonSplitter();

/**
 * Splits a large JSON text outside the event loop.
 *
 * @param server - the server that sent the text
 * @param bytes - must own their buffer, which is moved to the thread
 * @throws SyntaxError if the text is not JSON; another Error if parsing takes too much memory or time
 */
export function splitJson(
  server: string,
  bytes: Uint8Array,
  limits: SplitLimits,
): Promise<SplitJson> {
  return splitter.split(server, bytes, limits);
}
