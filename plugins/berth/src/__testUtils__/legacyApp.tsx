import {
  AlertApiForwarder,
  ErrorAlerter,
  ErrorApiForwarder,
  FlatRoutes,
  NoOpAnalyticsApi,
  UrlPatternDiscovery,
  createSpecializedApp,
} from '@backstage/core-app-api';
import {
  alertApiRef,
  analyticsApiRef,
  attachComponentData,
  createApiFactory,
  discoveryApiRef,
  errorApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { Entity } from '@backstage/catalog-model';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { render } from '@testing-library/react';
import { ReactElement, ReactNode } from 'react';
import { MemoryRouter, Route, useOutlet } from 'react-router-dom';
import { BerthPage } from '../index';

/** The backend's answers by path below `/api/berth`. */
type Answers = Record<string, unknown>;

function backendOf(answers: Answers): typeof fetch {
  return async input => {
    const path = new URL(String(input)).pathname.replace('/api/berth', '');
    const answer = answers[path];
    return {
      ok: answer !== undefined,
      status: answer === undefined ? 404 : 200,
      headers: { get: () => undefined },
      json: async () => answer,
      text: async () => '',
    } as unknown as Response;
  };
}

const CatalogEntityPage = () => useOutlet();
attachComponentData(CatalogEntityPage, 'core.mountPoint', entityRouteRef);

const NoPage = () => <>There is no such page</>;

/**
 * Renders a legacy app that mounts the plugin as its README describes, with one tab on the page of an entity. The
 * plugin brings its own API clients; only the network is replaced.
 */
export function renderLegacyApp(
  path: string,
  answers: Answers,
  onEntity?: { entity: Entity; tab: ReactElement },
): void {
  const alertApi = new AlertApiForwarder();
  const app = createSpecializedApp({
    apis: [
      createApiFactory(alertApiRef, alertApi),
      createApiFactory(analyticsApiRef, new NoOpAnalyticsApi()),
      createApiFactory(
        errorApiRef,
        new ErrorAlerter(alertApi, new ErrorApiForwarder()),
      ),
      createApiFactory(
        discoveryApiRef,
        UrlPatternDiscovery.compile('http://localhost/api/{{ pluginId }}'),
      ),
      createApiFactory(fetchApiRef, { fetch: backendOf(answers) }),
      createApiFactory(catalogApiRef, catalogApiMock()),
    ],
    components: {
      Progress: () => <>Loading</>,
      NotFoundErrorPage: NoPage,
      BootErrorPage: ({ error }) => <>{`Boot: ${error}`}</>,
      ErrorBoundaryFallback: ({ error }) => <>{`Broken: ${error}`}</>,
      Router: ({ children }) => (
        <MemoryRouter initialEntries={[path]}>{children}</MemoryRouter>
      ),
    },
    configLoader: async () => [{ context: 'test', data: {} }],
    icons: new Proxy({} as any, { get: () => () => null }),
    plugins: [],
    themes: [
      {
        id: 'light',
        title: 'Light',
        variant: 'light',
        Provider: ({ children }: { children?: ReactNode }) => <>{children}</>,
      },
    ],
  });
  const Provider = app.getProvider();
  const Router = app.getRouter();
  render(
    <Provider>
      <Router>
        <FlatRoutes>
          <Route path="/berth" element={<BerthPage />} />
          <Route
            path="/catalog/:namespace/:kind/:name"
            element={<CatalogEntityPage />}
          >
            {onEntity && (
              <EntityProvider entity={onEntity.entity}>
                {onEntity.tab}
              </EntityProvider>
            )}
          </Route>
        </FlatRoutes>
      </Router>
    </Provider>,
  );
}
