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
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReactNode } from 'react';
import { MemoryRouter, Route } from 'react-router-dom';
import { BerthPage, berthPlugin } from './index';
import { ADMIN, aCluster, aShare } from './__testUtils__';
import { aHome } from './__testUtils__/namespaces';

const SLOW = { timeout: 20_000 };
jest.setTimeout(60_000);

const cluster = aCluster('prod01', { shares: [aShare('platform')] });

/** What the backend answers below `/api/berth`. */
const ANSWERS: Record<string, unknown> = {
  '/access/me': ADMIN,
  '/clusters': { items: [cluster], totalItems: 1 },
  '/clusters/prod01': cluster,
  '/requests': { items: [], totalItems: 0 },
  '/namespaces': { items: [aHome('prod01', 'platform')], totalItems: 1 },
};

const backend: typeof fetch = async input => {
  const path = new URL(String(input)).pathname.replace('/api/berth', '');
  const answer = ANSWERS[path];
  return {
    ok: answer !== undefined,
    status: answer === undefined ? 404 : 200,
    headers: { get: () => undefined },
    json: async () => answer,
    text: async () => '',
  } as unknown as Response;
};

const CatalogEntityPage = () => null;
attachComponentData(CatalogEntityPage, 'core.mountPoint', entityRouteRef);

const NoPage = () => <>There is no such page</>;

/**
 * A legacy app that mounts the plugin as its README says. The plugin brings its API clients itself: only the
 * network below them is not there.
 */
function renderLegacyApp(path: string): void {
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
      createApiFactory(fetchApiRef, { fetch: backend }),
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
          />
        </FlatRoutes>
      </Router>
    </Provider>,
  );
}

describe('the plugin in a legacy app', () => {
  it('brings its own API clients', () => {
    const apis = [...berthPlugin.getApis()].map(({ api }) => api.id);
    expect(apis).toEqual(
      expect.arrayContaining([
        'plugin.berth.api',
        'plugin.berth.tenancy',
        'plugin.berth.requests',
      ]),
    );
  });

  it('shows header and tabs, and what is mine, at its root', async () => {
    renderLegacyApp('/berth');
    const row = within(
      await screen.findByRole('rowheader', { name: /platform/ }, SLOW),
    );
    expect(row.getByRole('link', { name: 'platform' })).toHaveAttribute(
      'href',
      '/berth/clusters/prod01/namespaces/platform',
    );
    expect(
      screen.getByRole('heading', { name: 'Kubernetes', level: 1 }),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', { name: 'My Kubernetes' }),
    ).toBeVisible();
    const tabs = screen.getAllByRole('tab');
    expect(
      tabs.map(tab => [tab.textContent, tab.getAttribute('href')]),
    ).toEqual([
      ['Mine', '/berth/mine'],
      ['Clusters', '/berth/clusters'],
      ['Namespaces', '/berth/namespaces'],
      ['Quotas', '/berth/quotas'],
      ['Requests', '/berth/requests'],
      ['Activity', '/berth/activity'],
    ]);
    expect(screen.getByRole('tab', { name: 'Mine' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  it('shows the requests, with the way to a new one', async () => {
    renderLegacyApp('/berth/requests');
    expect(
      await screen.findByText('You have not asked for anything yet', {}, SLOW),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'New request' })).toHaveAttribute(
      'href',
      '/berth/requests/new',
    );
  });

  it('leads from the clusters to one of them, with its tabs', async () => {
    renderLegacyApp('/berth/clusters');
    await userEvent.click(
      await screen.findByRole('link', { name: 'prod01' }, SLOW),
    );
    expect(
      await screen.findByRole('heading', { name: 'prod01' }, SLOW),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Onboarding' }, SLOW),
    ).toHaveAttribute('href', '/berth/clusters/prod01/onboarding');
  });
});
