import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  AccessSummary,
  Cluster,
  ManagedNamespace,
} from '@berth/plugin-berth-common';
import berthPlugin from '../alpha';
import { berthApiRef, tenancyApiRef } from '../api';
import { FakeBerthApi } from './FakeBerthApi';
import { FakeTenancyApi } from './FakeTenancyApi';
import { aGroup } from './renderBerth';

/** Renders the whole plugin at a path for a person, over clusters and namespaces in memory. */
export function renderTenancy(options: {
  as: AccessSummary;
  path: string;
  clusters?: Cluster[];
  namespaces?: ManagedNamespace[];
  /** Names of groups in the catalog. */
  groups?: string[];
  /** In place of a fake of the above. */
  tenancy?: FakeTenancyApi;
}): ReturnType<typeof renderTestApp> & {
  berth: FakeBerthApi;
  tenancy: FakeTenancyApi;
} {
  const berth = new FakeBerthApi(options.as, options.clusters ?? []);
  const tenancy =
    options.tenancy ?? new FakeTenancyApi(options.as, options.namespaces);
  const view = renderTestApp({
    features: [berthPlugin],
    initialRouteEntries: [options.path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [berthApiRef, berth],
      [tenancyApiRef, tenancy],
      [
        catalogApiRef,
        catalogApiMock({ entities: (options.groups ?? []).map(aGroup) }),
      ],
    ],
  });
  return { ...view, berth, tenancy };
}
