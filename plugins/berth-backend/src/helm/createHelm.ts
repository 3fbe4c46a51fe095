import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { assertNotDenied } from '../access/deniedResources';
import { readsFromCache } from '../resources/lists/ClusterList';
import { KindReader } from '../resources/kinds/KindReader';
import { createReleaseListRouter } from './listRouter';
import { ReleaseCalls } from './releases/ReleaseCalls';
import { SummaryCache } from './releases/SummaryCache';
import { createReleaseRouter } from './router';
import { HelmOptions, HelmParts } from './types';

const PLURALS = { secret: 'secrets', configMap: 'configmaps' };

/** Creates the routes of Helm releases. */
export function createHelm(options: HelmOptions): Router {
  const { configMapStorage, deny } = options;
  const cache = new SummaryCache();
  const kinds = new KindReader(options);
  const parts: HelmParts = {
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
  const router = PromiseRouter();
  router.use(createReleaseListRouter(parts));
  router.use(createReleaseRouter(parts));
  return router;
}
