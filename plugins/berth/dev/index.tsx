/*
 * The pages of the plugin over a backend in memory, to look at them in every state.
 * `?as=` admin (default), member or loner; `?fleet=` every (default) or none; `?fail=` forbidden, down or
 * slow; `?rows=` the number of pods; `?broken` lets two clusters fail. The choice lasts until the page is loaded again.
 */
// This is an app, even if it stands in a plugin's package.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { ConfigReader } from '@backstage/core-app-api';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendModule,
  createFrontendPlugin,
} from '@backstage/frontend-plugin-api';
import {
  EntityRefLink,
  catalogApiRef,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import ReactDOM from 'react-dom/client';
import berthPlugin from '../src/alpha';
import { berthApiRef } from '../src/api';
import { FakeBerthApi } from '../src/__testUtils__/FakeBerthApi';
import { harbour } from '../src/__testUtils__/namespaces';
import { busyDay } from '../src/__testUtils__/activity';
import { ADMIN, LONER, MEMBER, fleet } from '../src/__testUtils__/fixtures';
import { busyPlan } from '../src/__testUtils__/plans';
import { inTray } from '../src/__testUtils__/requests';
import { fillResources } from './resources';
import { withReleases } from '../src/__testUtils__/helmExamples';
import { withObjects } from '../src/__testUtils__/objects';
import { responseError } from '../src/__testUtils__/responseError';

const choice = new URLSearchParams(window.location.search);
const people = { admin: ADMIN, member: MEMBER, loner: LONER };
const person = people[(choice.get('as') ?? 'admin') as keyof typeof people];

function failing<Api extends object>(api: Api): Api {
  const failure = choice.get('fail');
  return new Proxy(api, {
    get: (target, property) => {
      const method = Reflect.get(target, property);
      if (
        typeof method !== 'function' ||
        property === 'getAccess' ||
        !failure
      ) {
        return typeof method === 'function' ? method.bind(target) : method;
      }
      return async (...parameters: unknown[]) => {
        if (failure === 'slow') {
          await new Promise(resolve => setTimeout(resolve, 600_000));
        }
        if (failure === 'forbidden') {
          throw await responseError(
            403,
            'You have no user entity in the catalog, so Berth cannot find your groups',
          );
        }
        if (failure === 'token' && property !== 'createToken') {
          return method.apply(target, parameters);
        }
        throw new TypeError('Failed to fetch');
      };
    },
  });
}

/** Things have happened on prod01, and more is planned. */
function busy(api: FakeBerthApi): FakeBerthApi {
  api.activity.push(...busyDay('prod01'));
  api.plans.set('prod01', busyPlan('prod01'));
  withObjects(api);
  withReleases(api);
  if (choice.has('broken')) {
    api.helmFailures.push({
      cluster: 'edge17',
      cause: 'Timeout',
      message: 'The API server sent nothing within 8 seconds.',
    });
  }
  return fillResources(api, {
    rows: Number(choice.get('rows') ?? 200),
    broken: choice.has('broken'),
  });
}

const fakes = createFrontendModule({
  pluginId: 'berth',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: berthApiRef,
          deps: {},
          factory: () =>
            failing(
              busy(
                choice.get('fleet') === 'none'
                  ? new FakeBerthApi(person)
                  : new FakeBerthApi(person, fleet(), {
                      namespaces: harbour(),
                      requests: inTray(),
                    }),
              ),
            ),
        }),
    }),
  ],
});

const groups = [
  'team-a',
  'team-b',
  'payments',
  'search',
  'ml-platform',
  'engineering',
  'platform',
  'Data_Science',
];

const catalog = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () =>
            catalogApiMock({
              entities: groups.map(name => ({
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Group',
                metadata: { name, namespace: 'default' },
                spec: { type: 'team', children: [] },
              })),
            }),
        }),
    }),
    PageBlueprint.make({
      name: 'entity',
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: entityRouteRef,
        loader: async () => <EntityRefLink entityRef="group:default/team-a" />,
      },
    }),
  ],
});

const config = new ConfigReader({
  app: {
    title: 'Berth pages',
    baseUrl: window.location.origin,
    extensions: [{ 'sign-in-page:app': false }],
  },
  backend: { baseUrl: window.location.origin },
});

const app = createApp({
  features: [berthPlugin, fakes, catalog],
  advanced: { configLoader: async () => ({ config }) },
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
