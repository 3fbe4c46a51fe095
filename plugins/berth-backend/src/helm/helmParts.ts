import { assertNotDenied } from '../access/deniedResources';
import { KindReader } from '../resources/kinds/KindReader';
import { readsFromCache } from '../resources/lists/ClusterList';
import { ReleaseCalls } from './releases/ReleaseCalls';
import { SummaryCache } from './releases/SummaryCache';
import { HelmOptions, HelmParts } from './types';

const PLURALS = { secret: 'secrets', configMap: 'configmaps' };

/** Creates the parts that the routers of this room share. */
export function createHelmParts(options: HelmOptions): HelmParts {
  const { configMapStorage, deny } = options;
  const cache = new SummaryCache();
  const kinds = new KindReader(options);
  return {
    ...options,
    kinds,
    readerParts: ({ userRef, entry, client }) => ({
      assertAllowed: source =>
        assertNotDenied({ group: '', resource: PLURALS[source] }, deny),
      cache,
      configMapStorage,
      entry,
      findKind: (group, plural, signal) =>
        kinds.find({ userRef, entry }, group, plural, signal),
      openCalls: (signal, onAnswer) =>
        new ReleaseCalls({
          client,
          fromCache: readsFromCache(entry),
          onAnswer,
          signal,
        }),
    }),
  };
}
