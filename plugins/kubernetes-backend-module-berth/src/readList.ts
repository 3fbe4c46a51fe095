import { KubeError, KubeTransport } from '@berth/plugin-berth-node';
import { ViewBytes } from './ByteBudget';

/** Small pages, so that parsing one of them does not delay other requests. */
const PAGE_SIZE = 500;
/** A view of so many objects would not be readable. */
const MAX_PAGES = 40;

/** A collection of objects. */
export interface Collection {
  group: string;
  apiVersion: string;
  plural: string;
  namespace?: string;
}

export interface ResourceList {
  kind?: string;
  items: Record<string, unknown>[];
}

/** The context in which a cluster is read for one view. */
export interface ListContext {
  transport: KubeTransport;
  bytes: ViewBytes;
  signal: AbortSignal;
  labelSelector?: string;
}

/** Returns the path of a collection, below the address of an API server. */
export function pathOf(collection: Collection): string {
  const { group, apiVersion, plural, namespace } = collection;
  const parts = [
    ...(group ? ['apis', group] : ['api']),
    apiVersion,
    ...(namespace ? ['namespaces', namespace] : []),
    plural,
  ];
  return parts.map(part => `/${encodeURIComponent(part)}`).join('');
}

/**
 * Reads all objects of a collection.
 *
 * @throws KubeError, or the reason of the signal
 */
export async function readList(
  collection: Collection,
  { transport, bytes, signal, labelSelector }: ListContext,
): Promise<ResourceList> {
  const list: ResourceList = { items: [] };
  let token: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const answer = await transport.request({
      method: 'GET',
      path: pathOf(collection),
      query: { limit: String(PAGE_SIZE), continue: token, labelSelector },
      signal,
      meter: read => bytes.add(read),
    });
    const page = asList(answer, transport.server);
    list.kind = page.kind;
    list.items.push(...page.items);
    if (!page.token || page.token === token) {
      return list;
    }
    token = page.token;
  }
  throw new KubeError(
    'Protocol',
    `${transport.server} has more than ${MAX_PAGES * PAGE_SIZE} ${
      collection.plural
    } to show; add a namespace or a narrower label selector to the component's annotations`,
  );
}

function asList(answer: unknown, server: string) {
  if (!isRecord(answer) || !Array.isArray(answer.items ?? [])) {
    throw new KubeError('Protocol', `${server} does not answer with a list`);
  }
  const { kind, metadata } = answer;
  const items: unknown[] = (answer.items as unknown[] | null) ?? [];
  const token = isRecord(metadata) ? metadata.continue : undefined;
  return {
    kind: typeof kind === 'string' ? kind : undefined,
    items: items.filter(isRecord),
    token: typeof token === 'string' && token ? token : undefined,
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
