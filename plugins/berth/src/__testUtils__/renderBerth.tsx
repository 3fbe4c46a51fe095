import { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  CatalogApi,
  catalogApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { BerthApi } from '@berth/plugin-berth-common';
import berthPlugin from '../alpha';
import { berthApiRef } from '../api';

/** A group of the catalog. */
export function aGroup(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default', uid: `uid-${name}` },
    spec: { type: 'team', children: [] },
  };
}

/** A system of the catalog. */
export function aSystem(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: { name, namespace: 'default', title: `The ${name}` },
    spec: { owner: 'group:default/team-a' },
  };
}

/** Renders the whole plugin at a path, with the backend of the test. */
export function renderBerth(
  api: BerthApi,
  path: string,
  options: {
    groups?: string[];
    signedInAs?: string;
    /** Replaces the catalog with the groups. */
    catalog?: CatalogApi;
  } = {},
) {
  return renderTestApp({
    features: [berthPlugin],
    initialRouteEntries: [path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [berthApiRef, api],
      [
        identityApiRef,
        mockApis.identity({ userEntityRef: options.signedInAs }),
      ],
      [
        catalogApiRef,
        options.catalog ??
          catalogApiMock({ entities: (options.groups ?? []).map(aGroup) }),
      ],
    ],
  });
}
