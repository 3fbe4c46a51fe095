import {
  isKubeError,
  KubeError,
  KubeLimits,
  KubeTransport,
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

/** Yields the objects of a list, each once, even where it begins again. */
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
 * A continue token lives about five minutes; where it expires (410) the list begins again. Where a page is
 * too large, smaller ones are asked for. A list that does not come to an end by itself is ended here.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
export async function* listPages<T extends KubeObject>(
  options: ListOptions,
): AsyncIterable<KubePage<T>> {
  const { limits, resource, transport } = options;
  const end = Date.now() + limits.listTimeout;
  let count = 0;
  let restarts = 0;
  let pageSize = PAGE_SIZE;
  let token: string | undefined;

  for (let pages = 0; pages < limits.maxListPages; pages++) {
    let page: KubeList<T>;
    try {
      page = await readPage<T>(options, pageSize, token);
    } catch (error) {
      if (isTooLarge(error) && pageSize > 1) {
        pageSize = Math.floor(pageSize / 4) || 1;
        continue;
      }
      if (isExpired(error, token) && restarts < limits.maxListRestarts) {
        restarts++;
        token = undefined;
        continue;
      }
      throw error;
    }
    const { items, resourceVersion, continueToken } = page;
    count = token === undefined ? items.length : count + items.length;
    yield { items, resourceVersion, begins: token === undefined };
    if (!continueToken) {
      return;
    }
    if (
      continueToken === token ||
      count > limits.maxListItems ||
      Date.now() > end
    ) {
      break;
    }
    token = continueToken;
  }
  throw new KubeError(
    'Protocol',
    `${transport.server} does not come to an end with the list of ${resource.plural} (${count} so far)`,
  );
}

async function readPage<T extends KubeObject>(
  options: ListOptions,
  pageSize: number,
  token: string | undefined,
): Promise<KubeList<T>> {
  const { transport, path, resource, selection, signal } = options;
  const answer = await transport.request({
    method: 'GET',
    path,
    query: {
      limit: String(pageSize),
      continue: token,
      labelSelector: selection?.labelSelector,
    },
    signal,
  });
  return assertList<T>(answer, resource, transport.server);
}

function isTooLarge(error: unknown): boolean {
  return isKubeError(error) && error.reason === RESPONSE_TOO_LARGE;
}

function isExpired(error: unknown, token: string | undefined): boolean {
  return token !== undefined && isKubeError(error, 'Gone');
}
