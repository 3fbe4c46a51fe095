import { createExtensionTester } from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import { screen, waitFor } from '@testing-library/react';
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
import { aNamespace } from './__testUtils__/namespaces';
import { renderTenancy } from './__testUtils__/renderTenancy';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

describe('the plugin in an app of the new frontend system', () => {
  it('is named Kubernetes in the sidebar and mounted at /berth', () => {
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

  it.each([
    ['an admin', ADMIN, 'Clusters'],
    ['a member', MEMBER, 'My Kubernetes'],
  ])('leads %s from its root to their first page', async (_, as, heading) => {
    renderTenancy({ as, path: '/berth' });
    expect(
      await screen.findByRole('heading', { name: heading }, FIRST_RENDER),
    ).toBeVisible();
  });

  it('shows an error for an unknown address', async () => {
    renderTenancy({ as: ADMIN, path: '/berth/nowhere/at/all' });
    expect(
      await screen.findByRole(
        'heading',
        { name: 'Page not found' },
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Go to Mine' })).toHaveAttribute(
      'href',
      '/berth/mine',
    );
  });

  it.each([
    ['/berth/mine', 'My Kubernetes'],
    ['/berth/clusters', 'Clusters'],
    ['/berth/add', 'Add cluster | Clusters'],
    ['/berth/clusters/prod01', 'prod01 | Clusters'],
    ['/berth/clusters/prod01/access', 'Access | prod01 | Clusters'],
    ['/berth/namespaces', 'Namespaces'],
    ['/berth/clusters/prod01/namespaces/shop', 'shop on prod01 | Namespaces'],
    [
      '/berth/clusters/prod01/namespaces/shop/quota',
      'Quota | shop on prod01 | Namespaces',
    ],
    ['/berth/quotas', 'Quotas'],
    ['/berth/requests', 'Requests'],
    ['/berth/requests/new', 'New request | Requests'],
    ['/berth/activity', 'Activity'],
    ['/berth/helm', 'Helm releases'],
    ['/berth/kubectl', 'Set up kubectl | My Kubernetes'],
    ['/berth/kubectl/connect', 'Connect kubectl'],
    ['/berth/nowhere', 'Page not found'],
  ])('names the page at %s in the browser’s tab', async (path, title) => {
    renderTenancy({
      as: ADMIN,
      path,
      clusters: [aCluster('prod01')],
      namespaces: [aNamespace('prod01', 'shop')],
    });
    await waitFor(
      () => expect(document.title).toBe(`${title} | Backstage`),
      FIRST_RENDER,
    );
  });

  it('shows each person the tabs that they can use', async () => {
    const { unmount } = renderTenancy({ as: MEMBER, path: '/berth' });
    await screen.findByRole('tab', { name: 'Mine' }, FIRST_RENDER);
    expect(screen.getAllByRole('tab').map(tab => tab.textContent)).toEqual([
      'Mine',
      'Clusters',
      'Resources',
      'Helm',
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

  it('marks the list in which the person finds a namespace', async () => {
    renderTenancy({
      as: ADMIN,
      path: '/berth/clusters/prod01/namespaces/shop',
      clusters: [aCluster('prod01')],
      namespaces: [aNamespace('prod01', 'shop')],
    });
    expect(
      await screen.findByRole('tab', { name: 'Namespaces' }, FIRST_RENDER),
    ).toHaveAttribute('aria-selected', 'true');
    expect(screen.getByRole('tab', { name: 'Clusters' })).toHaveAttribute(
      'aria-selected',
      'false',
    );
  });
});
