import { ServerResponse } from 'node:http';
import { ObjectAddress, Registry } from '../registry/Registry';
import { KubeObject } from '../types';
import {
  checkLogQuery,
  containerOf,
  LogOptions,
  logText,
  nextLine,
  readLogOptions,
} from '../workload/podLog';

const POLL_MS = 100;

/** Sends the log of a container, and with `follow` what is written until the container or the client ends. */
export function sendLog(
  registry: Registry,
  address: ObjectAddress,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  checkLogQuery(address.name, query);
  const pod = registry.get(address);
  const container = containerOf(pod, query.get('container'));
  if (!pod.spec?.nodeName && !pod.status?.containerStatuses) {
    // There is no kubelet that has the log.
    response.writeHead(204).end();
    return;
  }
  const options = readLogOptions(pod, container, query);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-cache, private');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.statusCode = 200;
  let left = options.limitBytes;
  const write = (text: string) => {
    const bytes = Buffer.from(text).subarray(0, left);
    left -= bytes.length;
    if (bytes.length > 0) {
      response.write(bytes);
    }
  };
  let next = nextLine(options, Date.now());
  write(logText(options, 0, next));
  if (!options.follow || options.run.until !== undefined || left <= 0) {
    response.end();
    return;
  }
  response.flushHeaders();
  const following: LogOptions = { ...options, tail: Infinity };
  const timer = setInterval(() => {
    const isRunning = runs(registry.find(address), pod, options.container);
    const until = nextLine(following, Date.now());
    write(logText(following, next, until));
    next = until;
    if (!isRunning || left <= 0) {
      clearInterval(timer);
      response.end();
    }
  }, POLL_MS);
  response.once('close', () => clearInterval(timer));
}

/** Returns whether a container is in the same run as before. */
function runs(
  now: KubeObject | undefined,
  before: KubeObject,
  container: string,
): boolean {
  const startOf = (pod: KubeObject | undefined) =>
    pod?.status?.containerStatuses?.find(
      (status: { name: string }) => status.name === container,
    )?.state?.running?.startedAt;
  return (
    now?.metadata.uid === before.metadata.uid &&
    startOf(now) !== undefined &&
    startOf(now) === startOf(before)
  );
}
