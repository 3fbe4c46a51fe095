import { FlatRoutes } from '@backstage/core-app-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route } from 'react-router-dom';
import { BerthPage, berthApiRef, berthPlugin, rootRouteRef } from './index';
import { ADMIN, FakeBerthApi, aCluster } from './__testUtils__';

const FIRST_RENDER = { timeout: 20_000 };
jest.setTimeout(60_000);

describe('the plugin in a legacy app', () => {
  it('brings its own API client', () => {
    const apis = [...berthPlugin.getApis()].map(({ api }) => api.id);
    expect(apis).toEqual(['plugin.berth.api', 'plugin.berth.tenancy']);
  });

  it('shows the list below a header of its own, and leads to a cluster', async () => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [berthApiRef, new FakeBerthApi(ADMIN, [aCluster('prod01')])],
          [catalogApiRef, catalogApiMock()],
        ]}
      >
        <FlatRoutes>
          <Route path="/berth" element={<BerthPage />} />
        </FlatRoutes>
      </TestApiProvider>,
      {
        routeEntries: ['/berth/clusters'],
        mountedRoutes: {
          '/berth': rootRouteRef,
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );

    expect(
      await screen.findByRole(
        'heading',
        { name: 'Kubernetes', level: 1 },
        FIRST_RENDER,
      ),
    ).toBeVisible();
    await userEvent.click(
      await screen.findByRole('link', { name: 'prod01' }, FIRST_RENDER),
    );
    expect(
      await screen.findByRole('link', { name: 'Onboarding' }, FIRST_RENDER),
    ).toHaveAttribute('href', '/berth/clusters/prod01/onboarding');
  });
});
