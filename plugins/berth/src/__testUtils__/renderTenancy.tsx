import { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  EntityPresentationApi,
  catalogApiRef,
  defaultEntityPresentation,
  entityPresentationApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  AccessRequest,
  AccessSummary,
  Cluster,
  ManagedNamespace,
} from '@berth/plugin-berth-common';
import berthPlugin from '../alpha';
import { berthApiRef } from '../api';
import { FakeBerthApi } from './FakeBerthApi';
import { aGroup, aSystem } from './renderBerth';

/** Renders the whole plugin at a path for a person, with clusters, namespaces and requests in memory. */
export function renderTenancy(options: {
  as: AccessSummary;
  path: string;
  clusters?: Cluster[];
  namespaces?: ManagedNamespace[];
  requests?: AccessRequest[];
  /** Names of groups in the catalog. */
  groups?: string[];
  /** Names of systems in the catalog. */
  systems?: string[];
  /** Other entities in the catalog. */
  entities?: Entity[];
  /** Titles of persons and groups in the catalog, by entity ref. */
  titles?: Record<string, string>;
  /** Replaces the default fake and the clusters, namespaces and requests above. */
  berth?: FakeBerthApi;
}): ReturnType<typeof renderTestApp> & { berth: FakeBerthApi } {
  const berth =
    options.berth ?? new FakeBerthApi(options.as, options.clusters, options);
  const view = renderTestApp({
    features: [berthPlugin],
    initialRouteEntries: [options.path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [berthApiRef, berth],
      [entityPresentationApiRef, presentation(options.titles ?? {})],
      [
        catalogApiRef,
        catalogApiMock({
          entities: [
            ...(options.groups ?? []).map(aGroup),
            ...(options.systems ?? []).map(aSystem),
            ...(options.entities ?? []),
          ],
        }),
      ],
    ],
  });
  return { ...view, berth };
}

function presentation(titles: Record<string, string>): EntityPresentationApi {
  return {
    forEntity(entityOrRef, context) {
      const plain = defaultEntityPresentation(entityOrRef, context);
      const primaryTitle = titles[plain.entityRef] ?? plain.primaryTitle;
      const snapshot = { ...plain, primaryTitle };
      return { snapshot, promise: Promise.resolve(snapshot) };
    },
  };
}
