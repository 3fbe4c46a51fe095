import { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { AccessSummary, ManagedNamespace } from '@berth/plugin-berth-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import berthPlugin from '../../alpha';
import { berthApiRef } from '../../api';
import {
  aCluster,
  ADMIN,
  aShare,
  FakeBerthApi,
  LONER,
  MEMBER,
  responseError,
  withReleases,
} from '../../__testUtils__';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import { COLUMNS, linesOf } from '../../__testUtils__/resources';
import {
  aGrant,
  aHome,
  aNamespace,
  aQuota,
} from '../../__testUtils__/namespaces';

const FIRST = { timeout: 30_000 };
jest.setTimeout(120_000);

const HOME = aHome('prod01', 'team-a', { quota: aQuota() });
const SHOP = aNamespace('prod01', 'shop', {
  owner: 'group:default/team-b',
  grants: [aGrant('team-a', { role: 'view' }), aGrant('team-b')],
});
const THEIRS = aHome('prod01', 'team-b');

function entity(
  kind: string,
  name: string,
  more: { spec?: Entity['spec']; annotations?: Record<string, string> } & Pick<
    Entity,
    'relations'
  > = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      ...(more.annotations && { annotations: more.annotations }),
    },
    spec: more.spec ?? {},
    ...(more.relations && { relations: more.relations }),
  };
}

function show(
  shown: Entity,
  options: {
    as?: AccessSummary;
    namespaces?: ManagedNamespace[];
    catalog?: Entity[];
    change?: (berth: FakeBerthApi) => void;
    /** Ids of extensions that would take the place of the tab to test. */
    without?: string[];
  } = {},
) {
  const { as = MEMBER, namespaces = [HOME, SHOP, THEIRS] } = options;
  const berth = new FakeBerthApi(
    as,
    [aCluster('prod01', { shares: [aShare('team-a'), aShare('team-b')] })],
    { namespaces },
  );
  options.change?.(berth);
  renderTestApp({
    features: [berthPlugin],
    extensions: [createTestEntityPage({ entity: shown })],
    config: {
      app: {
        extensions: (options.without ?? []).map(id => ({ [id]: false })),
      },
    },
    apis: [
      [berthApiRef, berth],
      [
        catalogApiRef,
        catalogApiMock({ entities: [shown, ...(options.catalog ?? [])] }),
      ],
    ],
  });
}

/** Returns the row of a namespace, once it shows the role. */
async function rowOf(name: string, held: RegExp): Promise<HTMLElement> {
  // Only the row's header determines its name.
  const row = await screen.findByRole('row', { name }, FIRST);
  await waitFor(() => expect(row).toHaveTextContent(held), FIRST);
  return row;
}

describe('on a group', () => {
  it('shows the namespaces in which it has a role, with the role and the usage of the quota', async () => {
    show(entity('Group', 'team-a'));
    expect(await rowOf('team-a', /prod01.*admin through/)).toHaveTextContent(
      /Memory requests/,
    );
    const shop = within(await rowOf('shop', /view through/));
    expect(shop.getByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      '/berth/clusters/prod01/namespaces/shop',
    );
    expect(screen.queryByText('Share a cluster')).toBeNull();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('links for admins to the pages where it is shared', async () => {
    show(entity('Group', 'team-a'), { as: ADMIN });
    expect(
      await screen.findByRole(
        'link',
        { name: 'Change sharing of prod01' },
        FIRST,
      ),
    ).toHaveAttribute('href', '/berth/clusters/prod01/access');
    expect(screen.getByRole('link', { name: 'Share a cluster' })).toBeVisible();
  });

  it('explains to others that they see only namespaces that are also theirs', async () => {
    show(entity('Group', 'team-b'));
    expect(
      await screen.findByText(/You are not a member of team-b/, {}, FIRST),
    ).toBeVisible();
    expect(await rowOf('shop', /view through/)).toBeVisible();
    expect(screen.queryByRole('rowheader', { name: /^team-b/ })).toBeNull();
  });

  it('shows that it has no namespaces, and failures', async () => {
    show(entity('Group', 'ledger'), { as: ADMIN });
    expect(
      await screen.findByText('ledger has no namespace', {}, FIRST),
    ).toBeVisible();
  });

  it('shows a failure with a retry', async () => {
    show(entity('Group', 'team-a'), {
      change: berth => {
        const list = berth.listNamespaces.bind(berth);
        berth.listNamespaces = async () => {
          berth.listNamespaces = list;
          throw await responseError(503, 'The database does not answer');
        };
      },
    });
    await screen.findByText('The database does not answer', {}, FIRST);
    await userEvent.click(screen.getByRole('button', { name: /again|retry/i }));
    expect(await rowOf('team-a', /prod01/)).toBeVisible();
  });
});

describe('on the resource of a cluster', () => {
  const cluster = entity('Resource', 'prod01', {
    spec: { type: 'kubernetes-cluster' },
    annotations: { 'berth.dev/cluster': 'prod01' },
  });

  it('shows the state of the cluster and its groups', async () => {
    show(cluster);
    expect(
      await screen.findByRole('link', { name: 'Open in Berth' }, FIRST),
    ).toHaveAttribute('href', '/berth/clusters/prod01');
    expect(await screen.findByText(/Capacity/, {}, FIRST)).toBeVisible();
    const links = await screen.findAllByRole('link', { name: 'team-a' }, FIRST);
    expect(links.map(link => link.getAttribute('href'))).toContain(
      '/berth/clusters/prod01/namespaces/team-a',
    );
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('explains to others why they do not see it', async () => {
    show(cluster, {
      as: LONER,
      change: berth => {
        berth.getCluster = async () => {
          throw await responseError(404, 'There is no cluster "prod01"');
        };
      },
    });
    expect(
      await screen.findByRole('region', { name: /Why/ }, FIRST),
    ).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Open in Berth' })).toBeNull();
  });
});

describe('on the resource of a namespace', () => {
  const namespace = (name: string) =>
    entity('Resource', `prod01.${name}`, {
      spec: { type: 'kubernetes-namespace' },
      annotations: {
        'berth.dev/cluster': 'prod01',
        'berth.dev/namespace': name,
      },
    });

  it('shows access and usage', async () => {
    show(namespace('team-a'));
    expect(
      await screen.findByRole('link', { name: 'Open in Berth' }, FIRST),
    ).toHaveAttribute('href', '/berth/clusters/prod01/namespaces/team-a');
    expect(screen.getByText('Active')).toBeVisible();
    expect(screen.getByText(/3.5 of 8/)).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('explains to others why they do not see it', async () => {
    show(namespace('team-b'));
    expect(
      await screen.findByRole('region', { name: /Why|reach/ }, FIRST),
    ).toBeVisible();
    expect(screen.queryByText('Active')).toBeNull();
  });
});

describe('on a component', () => {
  it('shows where it runs, by annotation and by relation, as card and tab', async () => {
    show(
      entity('Component', 'storefront', {
        annotations: {
          'berth.dev/namespaces': 'prod01/team-a, prod01/team-b, nonsense',
        },
        relations: [
          { type: 'dependsOn', targetRef: 'resource:default/prod01.shop' },
        ],
      }),
      {
        catalog: [
          entity('Resource', 'prod01.shop', {
            spec: { type: 'kubernetes-namespace' },
            annotations: {
              'berth.dev/cluster': 'prod01',
              'berth.dev/namespace': 'shop',
            },
          }),
        ],
      },
    );
    expect(await rowOf('team-a', /admin through/)).toBeVisible();
    expect(await rowOf('shop', /view through/)).toBeVisible();
    expect(
      screen.getByText(/Not found, or no access: prod01\/team-b/),
    ).toBeVisible();
    expect(
      screen.getByText(/do not read cluster\/namespace: nonsense/),
    ).toBeVisible();
    expect(
      screen
        .getAllByRole('link', { name: /^prod01\// })
        .map(link => link.textContent),
    ).toEqual(['prod01/team-a', 'prod01/shop']);
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('shows that all of them are hidden from the viewer', async () => {
    show(
      entity('Component', 'storefront', {
        annotations: { 'berth.dev/namespaces': 'prod01/team-b' },
      }),
    );
    expect(
      await screen.findByRole(
        'heading',
        { name: 'Your groups have no role in its namespaces' },
        FIRST,
      ),
    ).toBeVisible();
  });

  it('shows nothing on one without namespaces', async () => {
    show(entity('Component', 'storefront'));
    expect(
      await screen.findByTestId('empty-entity-page', {}, FIRST),
    ).toBeInTheDocument();
  });
});

describe('on a user', () => {
  it('shows them their own access, and why they have it', async () => {
    show(entity('User', 'alice'));
    expect(await rowOf('team-a', /admin through/)).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: /Cluster/ }, FIRST),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'prod01' }),
    );
    expect(
      await screen.findByText(/You are a member of/, {}, FIRST),
    ).toBeVisible();
  });

  it('shows it to admins, too', async () => {
    const asked = jest.fn();
    show(entity('User', 'bob'), {
      as: ADMIN,
      change: berth => {
        berth.explainAccess = async query => {
          asked(query);
          return {
            user: 'user:default/bob',
            username: 'user:bob',
            admin: false,
            cluster: query.cluster,
            allowed: true,
            steps: [
              { link: 'person', status: 'Passed', message: 'bob is there' },
            ],
            roles: [
              {
                namespace: 'team-b',
                role: 'admin',
                group: 'group:default/team-b',
                path: ['group:default/team-b'],
                source: 'share',
              },
            ],
            tokenGroups: [],
            helpers: [],
          };
        };
      },
    });
    expect(
      await screen.findByRole('link', { name: 'team-b' }, FIRST),
    ).toHaveAttribute('href', '/berth/clusters/prod01/namespaces/team-b');
    expect(screen.getAllByRole('listitem').at(-1)).toHaveTextContent(
      'admin in team-b through team-b',
    );
    expect(asked).toHaveBeenCalledWith({
      cluster: 'prod01',
      user: 'user:default/bob',
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Why, on prod01' }),
    );
    expect(screen.getByText('bob is there')).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('shows nothing to others, and sends no request', async () => {
    const asked = jest.fn();
    show(entity('User', 'bob'), {
      change: berth => {
        berth.explainAccess = asked;
      },
    });
    expect(await screen.findByText('Access denied', {}, FIRST)).toBeVisible();
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('the Helm releases of a component', () => {
  it('are those in its namespaces, from one list', async () => {
    let berth: FakeBerthApi | undefined;
    show(
      entity('Component', 'checkout', {
        annotations: { 'berth.dev/namespaces': 'prod01/shop' },
      }),
      {
        without: [
          'entity-content:berth/namespaces',
          'entity-content:berth/workloads',
        ],
        change: made => {
          berth = withReleases(made);
        },
      },
    );
    expect(
      await screen.findByRole('row', { name: /search/ }, FIRST),
    ).toBeVisible();
    expect(screen.getByText('2 releases.')).toBeVisible();
    expect(screen.queryByRole('row', { name: /cart/ })).toBeNull();
    expect(berth?.releaseQueries).toEqual([
      { cluster: ['prod01'], namespace: ['shop'] },
    ]);
    expect(await accessibilityFindings()).toEqual([]);
  });
});

describe('the workloads of a component', () => {
  const pods = (cluster: string, namespace: string, name: string) => ({
    cluster,
    columns: COLUMNS.deployments,
    namespaces: { [namespace]: [[name, '1/1', 1, 1, '1d', '', '']] },
  });
  const lists = (berth: FakeBerthApi) =>
    berth.lists.set(
      'apps/deployments',
      linesOf(
        [pods('prod01', 'shop', 'web'), pods('gpulab', 'team-a', 'train')],
        [{ cluster: 'staging', cause: 'Timeout', message: 'No answer.' }],
      ),
    );

  it('are those with its labels in its namespaces, also if a cluster fails', async () => {
    let berth: FakeBerthApi | undefined;
    show(
      entity('Component', 'checkout', {
        annotations: {
          'berth.dev/namespaces': 'prod01/shop,prod01/gone,old/shop',
          'backstage.io/kubernetes-label-selector': 'app=checkout',
        },
      }),
      {
        without: ['entity-content:berth/namespaces'],
        change: made => {
          berth = made;
          lists(made);
        },
      },
    );
    expect(
      await screen.findByRole('row', { name: /web/ }, FIRST),
    ).toBeVisible();
    expect(
      screen.getByText('Objects with the labels app=checkout'),
    ).toBeVisible();
    expect(
      screen.getByText(/^2 namespaces of this entity are not listed/),
    ).toBeVisible();
    expect(berth?.listQueries.at(-1)).toEqual({
      cluster: ['prod01'],
      namespace: ['shop'],
      labelSelector: 'app=checkout',
    });
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('are those with its labels in all namespaces of the person, if it names none', async () => {
    show(
      entity('Component', 'checkout', {
        annotations: { 'backstage.io/kubernetes-id': 'checkout' },
      }),
      { without: ['entity-content:berth/namespaces'], change: lists },
    );
    expect(
      await screen.findByRole('row', { name: /train/ }, FIRST),
    ).toBeVisible();
    expect(screen.getByRole('row', { name: /web/ })).toBeVisible();
    expect(
      await screen.findByText('1 of 3 clusters did not answer completely'),
    ).toBeVisible();
    expect(
      screen.getByText(
        'Objects with the labels backstage.io/kubernetes-id=checkout',
      ),
    ).toBeVisible();
  });

  it('stay hidden from people without a role in its namespaces', async () => {
    show(
      entity('Component', 'checkout', {
        annotations: { 'berth.dev/namespaces': 'prod01/elsewhere' },
      }),
      { without: ['entity-content:berth/namespaces'], change: lists },
    );
    expect(
      await screen.findByText(
        'You have no access to the namespaces of this entity',
        {},
        FIRST,
      ),
    ).toBeVisible();
  });
});
