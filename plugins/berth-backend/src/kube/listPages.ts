import { setTimeout } from 'node:timers/promises';
import {
  ENDLESS_LIST,
  isKubeError,
  KubeError,
  KubeLimits,
  KubeTransport,
  OUT_OF_BUDGET,
  RESPONSE_TOO_LARGE,
} from '@berth/plugin-berth-node';
import { assertList, KubeList } from './shapes';
import { KubeObject, KubePage, KubeResource, KubeSelection } from './types';

const PAGE_SIZE = 500;

export interface ListOptions {
  transport: KubeTransport;
  limits: KubeLimits;
  path: string;
  resource: KubeResource;
  selection?: KubeSelection;
  signal?: AbortSignal;
}

/** Yields the objects of a list, each once, even if the list restarts. */
export async function* listObjects<T extends KubeObject>(
  options: ListOptions,
): AsyncIterable<T> {
  const seen = new Set<string>();
  for await (const page of listPages<T>(options)) {
    for (const item of page.items) {
      const { uid, namespace, name } = item.metadata;
      const identity = uid ?? `${namespace}/${name}`;
      if (!seen.has(identity)) {
        seen.add(identity);
        yield item;
      }
    }
  }
}

/**
 * Yields the pages of a list.
 *
 * A continue token lasts about five minutes. If it expires (410), the list restarts. If a page is too large,
 * smaller pages are requested. If the server has sent its maximum for one minute, the next page waits. Limits on
 * pages, objects, bytes and time end an endless list.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
export async function* listPages<T extends KubeObject>(
  options: ListOptions,
): AsyncIterable<KubePage<T>> {
  const { limits, signal } = options;
  const end = Date.now() + limits.listTimeout;
  let count = 0;
  let bytes = 0;
  let restarts = 0;
  let pageSize = PAGE_SIZE;
  let token: string | undefined;
  const meter = (more: number) => {
    bytes += more;
    if (bytes > limits.maxListBytes) {
      throw endless(options, `${bytes} bytes`);
    }
  };

  for (let pages = 1; ; ) {
    let page: KubeList<T>;
    try {
      page = await readPage<T>(options, { pageSize, token, meter });
    } catch (error) {
      const wait = waitAfter(error);
      if (isTooLarge(error) && pageSize > 1) {
        pageSize = Math.floor(pageSize / 4) || 1;
      } else if (isExpired(error, token) && restarts < limits.maxListRestarts) {
        restarts++;
        token = undefined;
      } else if (wait !== undefined && Date.now() + wait < end) {
        await pause(wait, signal);
      } else {
        throw error;
      }
      continue;
    }
    const { items, resourceVersion, continueToken } = page;
    count = token === undefined ? items.length : count + items.length;
    yield { items, resourceVersion, begins: token === undefined };
    if (!continueToken) {
      return;
    }
    const reason =
      (continueToken === token && 'the same continue token again') ||
      (count > limits.maxListItems && `${count} objects`) ||
      (pages >= limits.maxListPages && `${pages} pages`) ||
      (Date.now() > end && `${limits.listTimeout / 1_000} seconds`);
    if (reason) {
      throw options.transport.recordError(endless(options, reason));
    }
    token = continueToken;
    pages++;
  }
}

async function readPage<T extends KubeObject>(
  options: ListOptions,
  page: { pageSize: number; token?: string; meter: (bytes: number) => void },
): Promise<KubeList<T>> {
  const { transport, limits, path, resource, selection, signal } = options;
  const { pageSize, token, meter } = page;
  const answer = await transport.request({
    method: 'GET',
    path,
    query: {
      limit: String(pageSize),
      continue: token,
      labelSelector: selection?.labelSelector,
    },
    signal,
    meter,
    maxItems: pageSize,
    // A single object may use the whole limit.
    ...(pageSize > 1 && { maxBytes: limits.maxPageBytes }),
  });
  return assertList<T>(answer, resource, transport.server);
}

function endless({ transport, resource }: ListOptions, soFar: string) {
  return new KubeError(
    'Protocol',
    `${transport.server} does not come to an end with the list of ${resource.plural} (so far: ${soFar})`,
    { reason: ENDLESS_LIST },
  );
}

/** Returns the wait in milliseconds if the server has sent its maximum for one minute. */
function waitAfter(error: unknown): number | undefined {
  return isKubeError(error) && error.reason === OUT_OF_BUDGET
    ? (error.retryAfterSeconds ?? 0) * 1_000
    : undefined;
}

/** @throws the signal's reason once it is aborted */
async function pause(milliseconds: number, signal?: AbortSignal) {
  await setTimeout(milliseconds, undefined, { signal }).catch(error => {
    signal?.throwIfAborted();
    throw error;
  });
}

function isTooLarge(error: unknown): boolean {
  return isKubeError(error) && error.reason === RESPONSE_TOO_LARGE;
}

function isExpired(error: unknown, token: string | undefined): boolean {
  return token !== undefined && isKubeError(error, 'Gone');
}
