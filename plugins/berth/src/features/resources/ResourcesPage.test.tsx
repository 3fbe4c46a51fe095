import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import {
  ADMIN,
  FakeBerthApi,
  MEMBER,
  renderBerth,
  responseError,
} from '../../__testUtils__';
import {
  aColumn,
  aKind,
  COLUMNS,
  FakeTable,
  linesOf,
} from '../../__testUtils__/resources';

const SLOW = { timeout: 30_000 };

jest.setTimeout(120_000);

const prod: FakeTable = {
  cluster: 'prod01',
  columns: COLUMNS.pods,
  namespaces: {
    shop: [
      ['web-1', '1/1', 'Running', '0', '2d', '10.0.0.1', 'node-1'],
      ['web-2', '0/1', 'CrashLoopBackOff', '12 (3m ago)', '3d', '10.0.0.2', ''],
    ],
    cart: [['cart-1', '1/1', 'Running', '3', '45s', '10.0.0.3', 'node-2']],
  },
};
const staging: FakeTable = {
  cluster: 'staging',
  columns: COLUMNS.pods,
  namespaces: { shop: [['web-9', '1/1', 'Running', '0', '1d', '', '']] },
};
const PODS = '/berth/resources/workloads?kind=core/pods';

function open(
  path: string,
  lists: Record<string, ReturnType<typeof linesOf>>,
  { as = MEMBER, prepare = (_: FakeBerthApi) => {} } = {},
) {
  const berth = new FakeBerthApi(as, []);
  for (const [kind, lines] of Object.entries(lists)) {
    berth.lists.set(kind, lines);
  }
  prepare(berth);
  renderBerth(berth, path);
  return berth;
}

/** The names in the first column, in their order. */
const names = () =>
  screen.getAllByRole('rowheader').map(({ textContent }) => textContent);

const choose = async (field: string, ...options: (string | RegExp)[]) => {
  await userEvent.click(
    screen.getByRole('button', { name: new RegExp(field) }),
  );
  for (const name of options) {
    await userEvent.click(await screen.findByRole('option', { name }));
  }
  await userEvent.keyboard('{Escape}');
};

describe('ResourcesPage', () => {
  it('lists pods of all clusters and namespaces, problems first', async () => {
    open(PODS, { 'core/pods': linesOf([prod, staging]) });
    const row = await screen.findByRole('row', { name: /web-2/ }, SLOW);
    expect(names()).toEqual(['web-2', 'cart-1', 'web-1', 'web-9']);
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'shop',
      'prod01',
      '0/1',
      'CrashLoopBackOff',
      '12 (3m ago)',
      '3d',
    ]);
    expect(within(row).getByRole('link', { name: 'web-2' })).toHaveAttribute(
      'href',
      '/berth/clusters/prod01/objects/core/pods/shop/web-2',
    );
    expect(screen.getByText(/4 objects\. 1 has a problem\./)).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('opens the workloads first, and keeps the filters for the place on the way to other tabs', async () => {
    const berth = open('/berth/resources', {
      'apps/deployments': linesOf([
        {
          cluster: 'prod01',
          columns: COLUMNS.deployments,
          namespaces: { shop: [['web', '3/3', 3, 3, '1d', '', '']] },
        },
      ]),
    });
    await screen.findByRole('row', { name: /web/ }, SLOW);
    await choose('Filter by namespace', 'shop');
    await waitFor(() =>
      expect(berth.listQueries.at(-1)).toEqual({ namespace: ['shop'] }),
    );
    expect(screen.getByRole('link', { name: 'Config' })).toHaveAttribute(
      'href',
      '/berth/resources/config?namespace=shop',
    );
    expect(screen.queryByRole('link', { name: 'Nodes' })).toBeNull();
  });

  it('filters, sorts and adds columns by the address', async () => {
    const berth = open(
      `${PODS}&cluster=prod01&search=running&sort=-Restarts&column=Node&labels=app%3Dshop`,
      { 'core/pods': linesOf([prod, staging]) },
    );
    await screen.findByRole('row', { name: /web-1/ }, SLOW);
    expect(names()).toEqual(['cart-1', 'web-1']);
    expect(
      screen.getByRole('columnheader', { name: 'Restarts' }),
    ).toHaveAttribute('aria-sort', 'descending');
    expect(screen.getByRole('columnheader', { name: 'Node' })).toBeVisible();
    expect(screen.getByRole('cell', { name: 'node-2' })).toBeVisible();
    expect(berth.listQueries[0]).toEqual({
      cluster: ['prod01'],
      labelSelector: 'app=shop',
    });
  });

  it('sorts by a column and filters by a status', async () => {
    open(PODS, { 'core/pods': linesOf([prod, staging]) });
    await screen.findByRole('row', { name: /web-2/ }, SLOW);
    const restarts = screen.getByRole('button', { name: 'Restarts' });
    await userEvent.click(restarts);
    await userEvent.click(restarts);
    expect(names().slice(0, 2)).toEqual(['web-2', 'cart-1']);
    await choose('Filter by status', /Problems \(1\)/);
    await waitFor(() => expect(names()).toEqual(['web-2']));
    await choose('Filter by status', /Running \(3\)/);
    await waitFor(() => expect(names()).toHaveLength(3));
  });

  it('explains what is wrong with a label selector, and does not ask for it', async () => {
    const berth = open(PODS, { 'core/pods': linesOf([prod]) });
    await screen.findByRole('row', { name: /web-2/ }, SLOW);
    const field = screen.getByRole('textbox', { name: 'Label selector' });
    await userEvent.type(field, 'app shop');
    expect(
      await screen.findByText(/“app shop” is not a label selector/),
    ).toBeVisible();
    await userEvent.clear(field);
    await userEvent.type(field, 'app=shop');
    await waitFor(() =>
      expect(berth.listQueries.at(-1)).toEqual({ labelSelector: 'app=shop' }),
    );
    expect(JSON.stringify(berth.listQueries)).not.toContain('app shop');
  });

  it('shows the rows of each cluster as it answers', async () => {
    let answer = () => {};
    const slow = new Promise<void>(resolve => {
      answer = resolve;
    });
    open(
      PODS,
      { 'core/pods': linesOf([prod, staging]) },
      {
        prepare: berth => {
          berth.beforeLine = async line => {
            if ('cluster' in line && line.cluster === 'staging') {
              await slow;
            }
          };
        },
      },
    );
    await screen.findByRole('row', { name: /web-2/ }, SLOW);
    expect(
      screen.getByText(/3 objects so far\. 1 of 2 clusters have answered/),
    ).toBeVisible();
    answer();
    expect(
      await screen.findByRole('row', { name: /web-9/ }, SLOW),
    ).toBeVisible();
  });

  it('says once which clusters failed, and asks a refused one again only on demand', async () => {
    const berth = open(PODS, {
      'core/pods': linesOf(
        [prod],
        [
          {
            cluster: 'staging',
            cause: 'Timeout',
            message: 'Nothing came within 8 seconds.',
          },
          {
            cluster: 'prod01',
            namespace: 'vault',
            cause: 'Forbidden',
            message: 'The role view cannot list pods.',
          },
        ],
      ),
    });
    const title = '2 of 2 clusters did not answer completely';
    expect(await screen.findByText(title, {}, SLOW)).toBeVisible();
    expect(screen.getByText(/did not answer in time/)).toBeVisible();
    expect(screen.getByText(/\(vault\)/)).toBeVisible();
    expect(screen.getByRole('row', { name: /web-2/ })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText(title)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    await waitFor(() => expect(berth.listQueries).toHaveLength(2));
    expect(berth.listQueries[1]).toEqual({});
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('loads more rows of a cluster that has more', async () => {
    const berth = open(PODS, {
      'core/pods': linesOf([{ ...prod, more: 'next' }]),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Load more' }, SLOW),
    );
    await waitFor(() =>
      expect(berth.listQueries.at(-1)).toEqual({
        cluster: ['prod01'],
        cursor: 'next',
      }),
    );
  });

  it('names the columns that only some clusters have', async () => {
    open(PODS, {
      'core/pods': linesOf([
        prod,
        { ...staging, columns: [...COLUMNS.pods, aColumn('Ready Gates')] },
      ]),
    });
    expect(
      await screen.findByText(
        'Only some clusters have these columns: Ready Gates.',
        {},
        SLOW,
      ),
    ).toBeVisible();
  });

  it.each([
    [
      'nothing runs',
      linesOf([{ ...prod, namespaces: { shop: [] } }]),
      'There are no Pods',
    ],
    [
      'the person has no namespace',
      linesOf([]),
      'There is no namespace where you can see resources',
    ],
    [
      'no role allows it',
      linesOf([], [{ cluster: 'a', cause: 'Forbidden', message: 'No.' }]),
      'Your roles do not let you list Pods',
    ],
    [
      'no cluster has the kind',
      linesOf([], [{ cluster: 'a', cause: 'NotFound', message: 'No.' }]),
      'No cluster has Pods',
    ],
  ])('explains that %s', async (_, lines, title) => {
    open(PODS, { 'core/pods': lines });
    expect(await screen.findByText(title, {}, SLOW)).toBeVisible();
  });

  it('does not blame the filters if no role allows the list', async () => {
    open(`${PODS}&cluster=a&namespace=shop`, {
      'core/pods': linesOf(
        [],
        [{ cluster: 'a', cause: 'Forbidden', message: 'No.' }],
      ),
    });
    expect(
      await screen.findByText('Your roles do not let you list Pods', {}, SLOW),
    ).toBeVisible();
    expect(screen.queryByText('Nothing matches')).not.toBeInTheDocument();
  });

  it('clears filters that nothing matches', async () => {
    open(`${PODS}&search=nowhere`, { 'core/pods': linesOf([prod]) });
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Clear search and filters' },
        SLOW,
      ),
    );
    expect(
      await screen.findByRole('row', { name: /web-2/ }, SLOW),
    ).toBeVisible();
  });

  it('explains why nothing could be listed', async () => {
    open(
      PODS,
      {},
      {
        prepare: berth => {
          jest
            .spyOn(berth, 'listResources')
            .mockImplementation(async function* fail() {
              throw await responseError(403, 'Auditors get no tokens');
            });
        },
      },
    );
    expect(
      await screen.findByText('Auditors get no tokens', {}, SLOW),
    ).toBeVisible();
  });

  it('finds other kinds by discovery', async () => {
    open(
      '/berth/resources/custom',
      {
        'cert-manager.io/certificates': linesOf([
          {
            cluster: 'prod01',
            columns: [aColumn('Name'), aColumn('Ready')],
            namespaces: { shop: [['tls', 'False']] },
          },
        ]),
      },
      {
        as: ADMIN,
        prepare: berth => {
          berth.kindFailures = [
            { cluster: 'old', cause: 'Unreachable', message: 'No answer.' },
          ];
          berth.kinds = [
            aKind('cert-manager.io', 'Certificate'),
            aKind('core', 'Pod', { custom: false }),
            aKind('authorization.k8s.io', 'Review', { verbs: ['create'] }),
          ];
        },
      },
    );
    expect(
      await screen.findByText('The clusters have 1 other kind', {}, SLOW),
    ).toBeVisible();
    expect(screen.getByText('Some kinds may be missing')).toBeVisible();
    expect(screen.getByText(/No answer\./)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Nodes' })).toBeVisible();
    await choose('Kind', 'Certificate (cert-manager.io)');
    expect(
      await screen.findByRole('row', { name: /tls.*False/ }, SLOW),
    ).toBeVisible();
  });

  it('offers HTTP routes only where a cluster has them', async () => {
    const routes = aKind('gateway.networking.k8s.io', 'HTTPRoute');
    open(
      '/berth/resources/services',
      { 'core/services': linesOf([]) },
      { prepare: berth => (berth.kinds = [routes]) },
    );
    expect(
      await screen.findByRole('radio', { name: 'HTTPRoutes' }, SLOW),
    ).toBeVisible();
  });
});
