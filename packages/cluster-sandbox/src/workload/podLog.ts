import { allContainers } from '../resources/podSpec';
import { badRequest, cause, Cause, invalid } from '../status';
import { JsonObject, KubeObject } from '../types';

const GREEN = '\u001b[32mINFO\u001b[0m';
const YELLOW = '\u001b[33mWARN\u001b[0m';
const RED = '\u001b[1;31mERROR\u001b[0m';

const FIRST = [
  'INFO starting',
  'INFO listening on :8080',
  'INFO ready to serve',
];
const AFTERWARDS = [
  `${GREEN} GET /healthz 200 1ms`,
  `${GREEN} GET /metrics 200 4ms`,
  `${GREEN} GET /api/products?limit=50 200 12ms`,
  `${YELLOW} GET /api/orders 200 1840ms: slow`,
  `${GREEN} {"level":"info","msg":"cache refreshed","entries":1284,"took":"38ms"}`,
  `${RED} POST /api/orders 503: the database did not answer within 2s`,
];
const INTERVAL_MS = 1_000;
/** The lines that a kubelet keeps, before it rotates the log. */
const KEPT = 5_000;

/** One run of a container. */
interface Run {
  /** In milliseconds since the epoch. */
  from: number;
  /** Absent while the container runs. */
  until?: number;
}

/** What a client asks of the log of a container. */
export interface LogOptions {
  container: string;
  follow: boolean;
  limitBytes: number;
  run: Run;
  since: number;
  tail: number;
  timestamps: boolean;
}

/**
 * Reads the options of a log as a kubelet does.
 *
 * @throws StatusError 400 for a container that has no such log
 */
export function readLogOptions(
  pod: KubeObject,
  container: string,
  query: URLSearchParams,
): LogOptions {
  return {
    container,
    follow: query.get('follow') === 'true',
    limitBytes: Number(query.get('limitBytes') ?? Infinity),
    run: runOf(pod, container, query.get('previous') === 'true'),
    since: sinceOf(query),
    tail: Number(query.get('tailLines') ?? Infinity),
    timestamps: query.get('timestamps') === 'true',
  };
}

/**
 * Checks what an API server checks before it looks for the pod.
 *
 * @throws StatusError 422
 */
export function checkLogQuery(name: string, query: URLSearchParams): void {
  const causes: Cause[] = [];
  const least = (field: string, minimum: number, rule: string) => {
    const value = query.get(field);
    if (value !== null && Number(value) < minimum) {
      causes.push(cause.invalid(field, Number(value), rule));
    }
  };
  least('tailLines', 0, 'must be greater than or equal to 0');
  least('limitBytes', 1, 'must be greater than 0');
  if (query.has('sinceSeconds') && query.has('sinceTime')) {
    causes.push(
      cause.forbidden(
        '',
        'at most one of `sinceTime` or `sinceSeconds` may be specified',
      ),
    );
  }
  least('sinceSeconds', 1, 'must be greater than 0');
  if (causes.length > 0) {
    throw invalid({ group: '', kind: 'PodLogOptions' }, name, causes);
  }
}

/** Returns the number of the line that is written next at a time. */
export function nextLine({ run }: LogOptions, now: number): number {
  return (
    Math.floor((Math.min(now, run.until ?? now) - run.from) / INTERVAL_MS) + 1
  );
}

/** Returns an invented log, the same for the same time, from one line to before another. */
export function logText(
  options: LogOptions,
  from: number,
  before: number,
): string {
  const { container, run, since, tail, timestamps } = options;
  const lines: string[] = [];
  for (let index = Math.max(from, before - KEPT); index < before; index += 1) {
    const time = run.from + index * INTERVAL_MS;
    if (time >= since) {
      lines.push(
        `${timestamps ? `${stamp(time)} ` : ''}${lineOf(index, container)}\n`,
      );
    }
  }
  return lines.slice(Math.max(0, lines.length - tail)).join('');
}

function lineOf(index: number, container: string): string {
  if (index < FIRST.length) {
    const [level, ...rest] = FIRST[index].split(' ');
    return `${level} ${container}: ${rest.join(' ')}`;
  }
  return AFTERWARDS[index % AFTERWARDS.length];
}

function stamp(time: number): string {
  return new Date(time).toISOString().replace('Z', '000000Z');
}

/**
 * Returns the container whose log is asked for.
 *
 * @throws StatusError 400
 */
export function containerOf(pod: KubeObject, asked: string | null): string {
  const { name } = pod.metadata;
  const containers = (pod.spec?.containers ?? []).map(
    (one: JsonObject) => one.name,
  );
  if (asked === null) {
    if (containers.length > 1) {
      throw badRequest(
        `a container name must be specified for pod ${name}, choose one of: [${containers.join(
          ' ',
        )}]`,
      );
    }
    return containers[0];
  }
  if (!allContainers(pod.spec).some(one => one.name === asked)) {
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  return asked;
}

function runOf(pod: KubeObject, container: string, previous: boolean): Run {
  const status = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ].find((entry: JsonObject) => entry.name === container);
  const { running, terminated, waiting } = status?.state ?? {};
  const last = status?.lastState?.terminated;
  const quoted = `container ${JSON.stringify(
    container,
  )} in pod ${JSON.stringify(pod.metadata.name)}`;
  if (previous) {
    if (!last) {
      throw badRequest(`previous terminated ${quoted} not found`);
    }
    return endedRun(last);
  }
  if (running) {
    return { from: Date.parse(running.startedAt) };
  }
  if (terminated ?? last) {
    return endedRun(terminated ?? last);
  }
  throw badRequest(
    `${quoted} is waiting to start: ${waiting?.reason ?? 'ContainerCreating'}`,
  );
}

function endedRun({ startedAt, finishedAt }: JsonObject): Run {
  return { from: Date.parse(startedAt), until: Date.parse(finishedAt) };
}

/** An API server gives its kubelet whole seconds. */
function sinceOf(query: URLSearchParams): number {
  const seconds = query.get('sinceSeconds');
  if (seconds !== null) {
    return Date.now() - Number(seconds) * 1000;
  }
  const time = query.get('sinceTime');
  return time === null ? 0 : Math.floor(Date.parse(time) / 1000) * 1000;
}
