import { createExtensionTester } from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import berthPlugin from './alpha';
import { rootRouteRef } from './routes';
import {
  ADMIN,
  FakeBerthApi,
  MEMBER,
  aCluster,
  renderBerth,
} from './__testUtils__';
import { renderTenancy } from './__testUtils__/renderTenancy';

const FIRST_RENDER = { timeout: 20_000 };
jest.setTimeout(60_000);

describe('the plugin in an app of the new frontend system', () => {
  it('is called Kubernetes in the sidebar and stands at /berth', () => {
    const page = createExtensionTester(berthPlugin.getExtension('page:berth'));
    expect(page.get(coreExtensionData.routePath)).toBe('/berth');
    expect(page.get(coreExtensionData.title)).toBe('Kubernetes');
    expect(page.get(coreExtensionData.routeRef)).toBe(rootRouteRef);
    expect(page.get(coreExtensionData.icon)).toBeDefined();
  });

  it('brings its own API client', () => {
    expect(berthPlugin.getExtension('api:berth')).toBeDefined();
  });

  it('goes from the list to a cluster and back', async () => {
    renderBerth(
      new FakeBerthApi(ADMIN, [aCluster('prod01')]),
      '/berth/clusters',
    );
    await userEvent.click(
      await screen.findByRole('link', { name: 'prod01' }, FIRST_RENDER),
    );
    expect(
      await screen.findByRole('heading', { name: 'prod01' }, FIRST_RENDER),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: 'Clusters' }));
    expect(
      await screen.findByRole('rowheader', { name: 'prod01' }, FIRST_RENDER),
    ).toBeVisible();
  });

  it('leads every other path to what is mine', async () => {
    renderTenancy({ as: ADMIN, path: '/berth/nowhere/at/all' });
    expect(
      await screen.findByRole(
        'heading',
        { name: 'My Kubernetes' },
        FIRST_RENDER,
      ),
    ).toBeVisible();
  });

  it('shows people the tabs that they can use', async () => {
    const { unmount } = renderTenancy({ as: MEMBER, path: '/berth' });
    await screen.findByRole('tab', { name: 'Mine' }, FIRST_RENDER);
    expect(screen.getAllByRole('tab').map(tab => tab.textContent)).toEqual([
      'Mine',
      'Clusters',
      'Requests',
      'Activity',
    ]);
    unmount();
    renderTenancy({ as: ADMIN, path: '/berth/clusters' });
    expect(
      await screen.findByRole('tab', { name: 'Quotas' }, FIRST_RENDER),
    ).toHaveAttribute('href', '/berth/quotas');
    expect(screen.getByRole('tab', { name: 'Clusters' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });
});
