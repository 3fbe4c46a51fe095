import { NODES } from './resources';
import { KubeClient, KubeObject } from './types';

/** Enough for the marks of a plugin or a distribution, because each node has them. */
const MAX_NODES = 50;

/** Returns the keys of the labels and annotations of some nodes of a cluster. */
export async function readNodeKeys(
  client: Pick<KubeClient, 'list'>,
  signal?: AbortSignal,
): Promise<string[]> {
  const keys = new Set<string>();
  let nodes = 0;
  for await (const { metadata } of client.list<KubeObject>(
    NODES,
    {},
    { signal },
  )) {
    const { labels, annotations } = metadata;
    Object.keys({ ...labels, ...annotations }).forEach(key => keys.add(key));
    nodes += 1;
    if (nodes === MAX_NODES) {
      break;
    }
  }
  return [...keys];
}
