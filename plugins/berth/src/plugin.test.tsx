import { Entity } from '@backstage/catalog-model';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReactElement } from 'react';
import {
  berthPlugin,
  EntityClusterContent,
  EntityGroupAccessContent,
  EntityNamespaceContent,
  EntityNamespacesCard,
  EntityNamespacesContent,
} from './index';
import { ADMIN, aCluster, aShare } from './__testUtils__';
import { renderLegacyApp } from './__testUtils__/legacyApp';
import { aHome } from './__testUtils__/namespaces';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const home = aHome('prod01', 'platform');
const cluster = aCluster('prod01', { shares: [aShare('platform')] });

const ANSWERS: Record<string, unknown> = {
  '/access/me': ADMIN,
  '/clusters': { items: [cluster], totalItems: 1 },
  '/clusters/prod01': cluster,
  '/requests': { items: [], totalItems: 0 },
  '/namespaces': { items: [home], totalItems: 1 },
  '/clusters/prod01/namespaces/platform': home,
  '/kubectl/cli/portal.json': {
    api: 'http://localhost/api/berth',
    signInLifetime: 12 * 3600,
  },
  '/kubectl/devices': { items: [], totalItems: 0 },
};

function anEntity(kind: string, name: string, type = 'service'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'berth.dev/cluster': 'prod01',
        'berth.dev/namespace': 'platform',
        'berth.dev/namespaces': 'prod01/platform',
      },
    },
    spec: { type },
  };
}

describe('the plugin in a legacy app', () => {
  it('brings its own API client', () => {
    const apis = [...berthPlugin.getApis()].map(({ api }) => api.id);
    expect(apis).toEqual(['plugin.berth.api']);
  });

  it('shows the header, the tabs and the caller’s namespaces', async () => {
    renderLegacyApp('/berth/mine', ANSWERS);
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
      ['Resources', '/berth/resources'],
      ['Helm', '/berth/helm'],
      ['Namespaces', '/berth/namespaces'],
      ['Quotas', '/berth/quotas'],
      ['Requests', '/berth/requests'],
      ['Activity', '/berth/activity'],
    ]);
    expect(screen.getByRole('tab', { name: 'Mine' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(document.title).toBe('My Kubernetes | Backstage');
  });

  it('shows the requests, with a link to a new one', async () => {
    renderLegacyApp('/berth/requests', ANSWERS);
    expect(
      await screen.findByText('You have no requests yet', {}, SLOW),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'New request' })).toHaveAttribute(
      'href',
      '/berth/requests/new',
    );
  });

  it('shows how to set up kubectl, with the devices', async () => {
    renderLegacyApp('/berth/kubectl', ANSWERS);
    expect(
      await screen.findByRole('region', { name: 'Command to sign in' }, SLOW),
    ).toHaveTextContent('kubectl berth login http://localhost');
    expect(
      await screen.findByText(
        'No computer is signed in with kubectl',
        {},
        SLOW,
      ),
    ).toBeVisible();
  });

  it('explains a bad link to connect kubectl', async () => {
    renderLegacyApp('/berth/kubectl/connect', ANSWERS);
    expect(
      await screen.findByText('This link is not complete', {}, SLOW),
    ).toBeVisible();
  });

  it('links from the clusters to one of them, with its tabs', async () => {
    renderLegacyApp('/berth/clusters', ANSWERS);
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

  it.each<[string, Entity, ReactElement]>([
    ['a group', anEntity('Group', 'platform'), <EntityGroupAccessContent />],
    [
      'a cluster',
      anEntity('Resource', 'prod01', 'kubernetes-cluster'),
      <EntityClusterContent />,
    ],
    [
      'a namespace',
      anEntity('Resource', 'prod01-platform', 'kubernetes-namespace'),
      <EntityNamespaceContent />,
    ],
    ['a component', anEntity('Component', 'web'), <EntityNamespacesContent />],
    ['a component', anEntity('Component', 'web'), <EntityNamespacesCard />],
  ])('links from the page of %s to Berth', async (_, entity, tab) => {
    const { kind, metadata } = entity;
    renderLegacyApp(
      `/catalog/default/${kind.toLowerCase()}/${metadata.name}`,
      ANSWERS,
      { entity, tab },
    );
    const links = await screen.findAllByRole('link', {}, SLOW);
    expect(links.map(link => link.getAttribute('href'))).toContainEqual(
      expect.stringMatching(/^\/berth\/clusters\/prod01/),
    );
  });
});
