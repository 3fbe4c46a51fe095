import { Entity } from '@backstage/catalog-model';
import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { BerthApi } from '@berth/plugin-berth-common';
import berthPlugin from '../alpha';
import { berthApiRef } from '../api';

export const ISSUER = 'https://portal.example.com/api/oidc';

const answerDiscovery: typeof fetch = async input =>
  String(input) === `${ISSUER}/.well-known/openid-configuration`
    ? Response.json({ issuer: ISSUER })
    : new Response('', { status: 404 });

/** A group of the catalog. */
export function aGroup(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
  };
}

/** Renders the whole plugin at a path, over a backend of the test's own. */
export function renderBerth(
  api: BerthApi,
  path: string,
  options: { groups?: string[]; fetch?: typeof fetch } = {},
) {
  return renderTestApp({
    features: [berthPlugin],
    initialRouteEntries: [path],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    apis: [
      [berthApiRef, api],
      [
        catalogApiRef,
        catalogApiMock({ entities: (options.groups ?? []).map(aGroup) }),
      ],
      [
        discoveryApiRef,
        {
          getBaseUrl: async plugin =>
            `https://portal.example.com/api/${plugin}`,
        },
      ],
      [fetchApiRef, { fetch: options.fetch ?? answerDiscovery }],
    ],
  });
}
