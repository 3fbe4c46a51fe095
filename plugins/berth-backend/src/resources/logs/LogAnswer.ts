import { LogLine, LogPosition } from '@berth/plugin-berth-common';
import { isKubeError } from '../../kube';
import { containersOf, LogContainer } from './containers';
import { findPods, LogSubject, ReadJson, readPod } from './findPods';
import { LineSplitter, TimedLine } from './LineSplitter';
import { LogOutput } from './LogOutput';
import { OpenAnswer, openLog } from './openLog';

/** The logs that one answer reads at the same time. */
export const MAX_SOURCES = 20;
export const DEFAULT_TAIL = 500;

export interface LogTimes {
  batch: number;
  heartbeat: number;
  /** Between two looks for new pods. */
  discovery: number;
  /** From the end of a log to the look at its pod. */
  review: number;
  /** How long the answer waits for the first log. */
  start: number;
}

export const LOG_TIMES: LogTimes = {
  batch: 50,
  heartbeat: 15_000,
  discovery: 5_000,
  review: 1_000,
  start: 3_000,
};

/** What a person asks for. */
export interface LogSelection {
  container?: string;
  follow?: boolean;
  previous?: boolean;
  since?: string;
  tail?: number;
  /** The time of the last line that the person has, by `pod/container`. */
  resume: ReadonlyMap<string, string>;
}

/** The cluster as the person can reach it. */
export interface LogCluster {
  name: string;
  read: ReadJson;
  open: OpenAnswer;
  /**
   * Counts a connection.
   *
   * @throws Error naming the limit that is reached
   */
  addConnection(): () => void;
}

export interface LogAnswerOptions {
  cluster: LogCluster;
  subject: LogSubject;
  selection: LogSelection;
  times?: Partial<LogTimes>;
  /** The size of an answer without `follow`, in characters. */
  maxSize: number;
  /** Ends the answer at once. */
  signal: AbortSignal;
  /** Resolves once the person takes more. */
  write(line: LogLine): Promise<void>;
}

type EndReason = Extract<LogLine, { type: 'end' }>['reason'];

interface Source {
  id: number;
  now: LogContainer;
  position: LogPosition;
  /** The run of the container whose log was opened last. */
  read?: string;
  open: boolean;
  /** What was written last about it, so that nothing is repeated. */
  noted?: string;
  /** The person may not read it. The cluster is not asked again. */
  refused?: boolean;
}

/** Reads the logs of the containers of a pod or of a workload, and writes them as one answer. */
export class LogAnswer {
  readonly #options: LogAnswerOptions;
  readonly #times: LogTimes;
  readonly #output: LogOutput;
  readonly #sources = new Map<string, Source>();
  /** Ends the calls to the cluster. */
  readonly #calls = new AbortController();
  readonly #done = new AbortController();
  #timer?: NodeJS.Timeout;
  #started = false;
  #left = '';

  constructor(options: LogAnswerOptions) {
    this.#options = options;
    this.#times = { ...LOG_TIMES, ...options.times };
    this.#output = new LogOutput({
      ...this.#times,
      maxSize: options.selection.follow ? Infinity : options.maxSize,
      onError: error => this.#done.abort(error),
      onLimit: () => this.finish('limit'),
      write: options.write,
    });
    options.signal.addEventListener('abort', () => this.#stop());
  }

  /**
   * Finds the pods and opens their logs.
   *
   * @throws KubeError if the pods cannot be found, or the person may read none of the logs
   */
  async start(): Promise<void> {
    try {
      const failures = await this.#outcome(await this.#discover());
      if (failures?.every(error => isKubeError(error, 'Forbidden'))) {
        throw failures[0];
      }
    } catch (error) {
      this.#stop();
      throw error;
    }
    this.#started = true;
    this.#checkEnd();
  }

  /**
   * Writes the logs to their end, or until `finish` or the signal ends the answer.
   *
   * @throws the error of `write`
   */
  async run(): Promise<void> {
    if (this.#options.selection.follow) {
      this.#discoverIn(this.#times.discovery);
    }
    const { signal } = this.#done;
    if (!signal.aborted) {
      await new Promise(resolve => signal.addEventListener('abort', resolve));
    }
    clearTimeout(this.#timer);
    this.#calls.abort();
    if (signal.reason instanceof Error) {
      this.#output.stop();
      throw signal.reason;
    }
    await this.#output.finish({ type: 'end', reason: signal.reason });
  }

  /** Ends the answer after the lines that have arrived. */
  finish(reason: EndReason): void {
    this.#done.abort(reason);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#calls.abort();
    this.#output.stop();
    this.#done.abort(new Error('The answer was broken off'));
  }

  /** @returns the failures if all logs failed within a moment */
  async #outcome(openings: Promise<unknown>[]): Promise<unknown[] | undefined> {
    if (openings.length === 0) {
      return undefined;
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        new Promise<undefined>(resolve => {
          timer = setTimeout(resolve, this.#times.start, undefined);
        }),
        Promise.any(openings).then(
          () => undefined,
          ({ errors }: AggregateError) => errors,
        ),
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  #discoverIn(milliseconds: number) {
    clearTimeout(this.#timer);
    if (this.#done.signal.aborted) {
      return;
    }
    this.#timer = setTimeout(async () => {
      try {
        (await this.#discover()).forEach(opening => opening.catch(() => {}));
        this.#checkEnd();
      } catch (error) {
        this.#lost(error);
      }
      this.#discoverIn(this.#times.discovery);
    }, milliseconds);
  }

  /** The pods cannot be found any more. */
  #lost(error: unknown) {
    if (this.#done.signal.aborted) {
      return;
    }
    const message = messageOf(error);
    if (message !== this.#left) {
      this.#left = message;
      this.#output.note({ type: 'failed', message });
    }
    if (isKubeError(error, 'NotFound')) {
      this.finish('complete');
    }
  }

  /** Looks for pods and containers, and opens the logs that are not open. */
  async #discover(): Promise<Promise<unknown>[]> {
    const { cluster, subject, selection } = this.#options;
    const pods = await findPods(subject, cluster.read);
    const resumed = new Set(
      [...selection.resume.keys()].map(key => key.split('/')[0]),
    );
    const chosen = [
      ...pods.filter(({ name }) => resumed.has(name)),
      ...pods.filter(({ name }) => !resumed.has(name)),
    ].slice(0, MAX_SOURCES);
    const read = await Promise.all(
      chosen
        .filter(({ name }) => !this.#isSettled(name))
        .map(({ name }) =>
          readPod(subject.namespace, name, cluster.read).catch(ifFound),
        ),
    );
    const containers = read
      .flatMap(pod => (pod ? containersOf(pod) : []))
      .filter(
        ({ container }) =>
          selection.container === undefined ||
          container === selection.container,
      );
    const openings = this.#update(containers, pods.length - chosen.length);
    const names = new Set(pods.map(({ name }) => name));
    [...this.#sources.values()]
      .filter(({ now, open }) => !open && !names.has(now.pod))
      .forEach(source => this.#ended(source, 'The pod is gone'));
    return openings;
  }

  /** Whether all logs of a pod are open, so that there is nothing to learn about the pod. */
  #isSettled(pod: string): boolean {
    const sources = [...this.#sources.values()].filter(
      ({ now }) => now.pod === pod,
    );
    return sources.length > 0 && sources.every(({ open }) => open);
  }

  #update(containers: LogContainer[], morePods: number): Promise<unknown>[] {
    const sources = containers.map(container => this.#register(container));
    const openings: Promise<unknown>[] = [];
    let left = 0;
    // The containers themselves come before those that help them.
    for (const source of sources.sort(
      (one, other) => rankOf(one.now) - rankOf(other.now),
    )) {
      if (source.open || source.refused) {
        continue;
      }
      if (!this.#isReadable(source)) {
        this.#unreadable(source);
      } else if (this.#open.length < MAX_SOURCES) {
        openings.push(this.#read(source));
      } else {
        left += 1;
      }
    }
    this.#noteLeft(left, morePods);
    return openings;
  }

  #register(container: LogContainer): Source {
    const { pod, kind, restarted } = container;
    const key = `${pod}/${container.container}`;
    const known = this.#sources.get(key);
    const source = known ?? {
      id: this.#sources.size + 1,
      now: container,
      position: new LogPosition(this.#options.selection.resume.get(key)),
      open: false,
    };
    this.#sources.set(key, source);
    if (!known || known.now.restarted !== restarted) {
      this.#output.note({
        type: 'source',
        id: source.id,
        pod,
        container: container.container,
        kind,
        restarted,
      });
    }
    source.now = container;
    return source;
  }

  get #open(): Source[] {
    return [...this.#sources.values()].filter(({ open }) => open);
  }

  #isReadable({ now, read }: Source): boolean {
    if (this.#options.selection.previous) {
      return now.restarted && read === undefined;
    }
    // A container that waits to start again has the log of its last run.
    return (
      now.state === 'running' ||
      (read !== now.run && (now.state === 'terminated' || now.restarted))
    );
  }

  #unreadable(source: Source) {
    const { now, read } = source;
    if (this.#options.selection.previous) {
      if (read === undefined) {
        this.#ended(
          source,
          'The container did not restart, so it has no previous log',
        );
      }
    } else if (now.state === 'waiting') {
      this.#waits(source, now.reason);
    } else {
      this.#ended(source, now.reason);
    }
  }

  /** Reads a log to its end. The promise settles once the log is open or has failed. */
  #read(source: Source): Promise<void> {
    const { id, now } = source;
    // A container that starts again has another log, and one whose connection ended continues.
    source.open = true;
    source.read = now.run;
    source.position.resume();
    this.#output.open(id);
    return new Promise((resolve, reject) => {
      this.#exchange(source, resolve)
        .catch(error => {
          reject(error);
          this.#failed(source, error);
        })
        .finally(() => {
          source.open = false;
          this.#output.close(id);
          this.#closed(source);
        });
    });
  }

  async #exchange(source: Source, onOpen: () => void): Promise<void> {
    const { cluster, selection, subject } = this.#options;
    const { now, position } = source;
    const { previous, since, tail } = selection;
    // What begins while the person reads is read from its first line on.
    const isNew = this.#started || selection.resume.size > 0;
    const release = cluster.addConnection();
    try {
      const body = await openLog(
        cluster.open,
        {
          namespace: subject.namespace,
          pod: now.pod,
          container: now.container,
          follow: selection.follow,
          previous,
          since: position.time || since,
          tail: isNew ? undefined : tail ?? DEFAULT_TAIL,
        },
        { cluster: cluster.name, signal: this.#calls.signal },
      );
      onOpen();
      source.noted = undefined;
      const splitter = new LineSplitter();
      const add = (lines: TimedLine[]) =>
        this.#output.push(
          source.id,
          lines.filter(({ time }) => time === '' || position.accept(time)),
        );
      for await (const chunk of body) {
        await add(splitter.push(chunk));
      }
      await add(splitter.end());
    } finally {
      release();
    }
  }

  #failed(source: Source, error: unknown) {
    if (this.#calls.signal.aborted) {
      return;
    }
    const message = messageOf(error);
    if (isKubeError(error, 'Invalid') && /waiting to start/.test(message)) {
      this.#waits(source, source.now.reason || message);
    } else if (isKubeError(error, 'NotFound')) {
      this.#ended(source, 'The pod is gone');
    } else {
      source.refused = isKubeError(error, 'Forbidden');
      const { id, now } = source;
      this.#once(source, {
        type: 'failed',
        id,
        pod: now.pod,
        container: now.container,
        message,
      });
    }
  }

  #closed(source: Source) {
    if (this.#calls.signal.aborted) {
      return;
    }
    if (!this.#options.selection.follow) {
      this.#ended(source, source.now.reason);
    } else if (this.#timer !== undefined) {
      this.#discoverIn(this.#times.review);
    }
    this.#checkEnd();
  }

  /** Without `follow`, the answer ends with its last log; a followed pod can have run to its end. */
  #checkEnd() {
    const { selection, subject } = this.#options;
    const sources = [...this.#sources.values()];
    const isOver = selection.follow
      ? subject.plural === 'pods' &&
        sources.length > 0 &&
        sources.every(
          ({ now, open, read, refused }) =>
            refused ||
            (!open && now.state === 'terminated' && read === now.run),
        )
      : this.#open.length === 0;
    if (this.#started && isOver) {
      this.finish('complete');
    }
  }

  #waits(source: Source, reason: string) {
    this.#once(source, { type: 'waiting', id: source.id, reason });
  }

  #ended(source: Source, reason: string) {
    if (source.noted === undefined || !source.noted.includes('"failed"')) {
      this.#once(source, {
        type: 'ended',
        id: source.id,
        ...(reason !== '' && { reason }),
      });
    }
  }

  #once(source: Source, line: LogLine) {
    const text = JSON.stringify(line);
    if (source.noted !== text) {
      source.noted = text;
      this.#output.note(line);
    }
  }

  #noteLeft(containers: number, pods: number) {
    const parts = [
      ...(containers > 0 ? [`${containers} more containers`] : []),
      ...(pods > 0 ? [`${pods} more pods`] : []),
    ];
    const message =
      parts.length === 0
        ? ''
        : `${parts.join(
            ' and ',
          )} are not shown: at most ${MAX_SOURCES} logs are shown at the same time. Choose a container, or open the log of one pod`;
    if (message !== this.#left) {
      this.#left = message;
      if (message !== '') {
        this.#output.note({ type: 'failed', message });
      }
    }
  }
}

function rankOf({ kind }: LogContainer): number {
  return ['container', 'sidecar', 'ephemeral', 'init'].indexOf(kind);
}

function ifFound(error: unknown): undefined {
  if (isKubeError(error, 'NotFound')) {
    return undefined;
  }
  throw error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
