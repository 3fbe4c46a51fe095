import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADMIN,
  LONER,
  MEMBER,
  aCluster,
  aShare,
  minutesAgo,
} from '../../__testUtils__/fixtures';
import { FakeBerthApi } from '../../__testUtils__/FakeBerthApi';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import {
  aGrant,
  aHome,
  aNamespace,
  aQuota,
} from '../../__testUtils__/namespaces';
import { renderTenancy } from '../../__testUtils__/renderTenancy';
import { responseError } from '../../__testUtils__/responseError';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const prod = aCluster('prod01', { shares: [aShare('team-a')] });
const edge = aCluster('edge17', {
  shares: [aShare('team-a')],
  status: { state: 'Untrusted', message: 'certificate signed by another CA' },
});

const row = async (name: RegExp) =>
  within(await screen.findByRole('row', { name }, FIRST_RENDER));

describe('My Kubernetes', () => {
  it('shows the role and end, the cluster and the tightest quota of each namespace', async () => {
    renderTenancy({
      as: MEMBER,
      path: '/berth',
      clusters: [prod, edge],
      namespaces: [
        aHome('prod01', 'team-a', { quota: aQuota() }),
        aNamespace('edge17', 'shop', {
          grants: [
            aGrant('engineering', { role: 'view' }),
            aGrant('team-a', { expiresAt: minutesAgo(-60 * 24 * 10) }),
            aGrant('payments', { role: 'admin' }),
          ],
        }),
      ],
    });

    const home = await row(/team-a/);
    expect(home.getAllByRole('link', { name: 'team-a' })[0]).toHaveAttribute(
      'href',
      '/berth/clusters/prod01/namespaces/team-a',
    );
    expect(home.getByText('Connected')).toBeVisible();
    expect(home.getByRole('meter')).toHaveAttribute(
      'aria-valuetext',
      '14 of 16 GiB',
    );

    const shop = await row(/shop/);
    expect(
      shop.getByText('Platform admins see the cause and how to fix it.'),
    ).toBeVisible();
    expect(screen.getByText('The portal does not trust edge17')).toBeVisible();
    const [held] = shop.getAllByText(/through/);
    expect(held).toHaveTextContent(/^edit through team-a, until \w/);
    expect(shop.getByText('and through one more group')).toBeVisible();
    expect(shop.getByText('no quota')).toBeVisible();
  });

  it('explains the end of a role that ends soon', async () => {
    renderTenancy({
      as: MEMBER,
      path: '/berth',
      clusters: [prod],
      namespaces: [
        aNamespace('prod01', 'shop', {
          grants: [aGrant('team-a', { expiresAt: minutesAgo(-2) })],
        }),
      ],
    });
    const shop = await row(/shop/);
    expect(
      shop.getByText(/Tokens issued in its last minute do not have it/),
    ).toBeVisible();
  });

  it('shows the nested groups that give access to a namespace', async () => {
    const engineering = 'group:default/engineering';
    renderTenancy({
      as: {
        ...MEMBER,
        paths: {
          [engineering]: [
            'group:default/ledger',
            'group:default/payments',
            engineering,
          ],
        },
      },
      path: '/berth/mine',
      clusters: [prod],
      namespaces: [
        aNamespace('prod01', 'shop', { grants: [aGrant('engineering')] }),
      ],
    });
    const shop = await row(/shop/);
    expect(shop.getByText(/through/)).toHaveTextContent(
      'edit through ledger → payments → engineering',
    );
  });

  it('searches and filters, and keeps that in the URL', async () => {
    renderTenancy({
      as: MEMBER,
      path: '/berth/mine?search=tea&cluster=edge17',
      clusters: [prod, edge],
      namespaces: ['prod01', 'edge17'].flatMap(cluster => [
        aHome(cluster, 'team-a'),
        aNamespace(cluster, 'shop', { grants: [aGrant('team-a')] }),
      ]),
    });
    await row(/team-a/);
    expect(screen.getAllByRole('rowheader')).toHaveLength(1);

    const search = screen.getByRole('searchbox');
    await userEvent.clear(search);
    await userEvent.type(search, 'zz');
    expect(
      await screen.findByText('No namespace matches', {}, FIRST_RENDER),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear search and filter' }),
    );
    await waitFor(
      () => expect(screen.getAllByRole('rowheader')).toHaveLength(4),
      FIRST_RENDER,
    );
  });

  it('opens a kubeconfig that works in the namespace', async () => {
    renderTenancy({
      as: MEMBER,
      path: '/berth',
      clusters: [prod],
      namespaces: [
        aNamespace('prod01', 'shop', { grants: [aGrant('team-a')] }),
      ],
    });
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Kubeconfig for shop on prod01' },
        FIRST_RENDER,
      ),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByRole('region', { name: 'Command to try' }),
    ).toHaveTextContent('--namespace shop');
    await userEvent.click(dialog.getByRole('button', { name: 'Get a token' }));
    expect(
      await dialog.findByRole('region', { name: 'Kubeconfig for prod01' }),
    ).toHaveTextContent('namespace: shop');
  });

  it('shows a member without namespaces their groups, the clusters, and what to do', async () => {
    renderTenancy({ as: MEMBER, path: '/berth', clusters: [prod] });
    expect(
      await screen.findByText(
        'None of your groups has a namespace yet',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(screen.getByText('engineering')).toBeVisible();
    expect(await screen.findByRole('link', { name: 'prod01' })).toBeVisible();
    expect(
      screen.getByText(/Request a namespace for one of your groups/),
    ).toBeVisible();
  });

  it('explains to a person without groups that they have none, and shows an admin the link to the clusters', async () => {
    const { unmount } = renderTenancy({ as: LONER, path: '/berth' });
    expect(
      await screen.findByText(/You are in no group/, {}, FIRST_RENDER),
    ).toBeVisible();
    unmount();
    renderTenancy({ as: ADMIN, path: '/berth/mine', clusters: [prod] });
    expect(
      await screen.findByRole(
        'link',
        { name: 'Go to the clusters' },
        FIRST_RENDER,
      ),
    ).toHaveAttribute('href', '/berth/clusters');
    expect(screen.getByText('No cluster is shared with it.')).toBeVisible();
  });

  it('shows that the backend does not answer, and recovers', async () => {
    const berth = new FakeBerthApi(MEMBER, [prod], {
      namespaces: [aHome('prod01', 'team-a')],
    });
    jest
      .spyOn(berth, 'listNamespaces')
      .mockRejectedValueOnce(await responseError(503, 'Database away'));
    renderTenancy({ as: MEMBER, path: '/berth', berth });
    expect(
      await screen.findByText('Database away', {}, FIRST_RENDER),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await row(/team-a/);
  });

  it('shows the namespaces even if the clusters cannot be loaded', async () => {
    const { berth } = renderTenancy({
      as: MEMBER,
      path: '/berth',
      namespaces: [aHome('prod01', 'team-a')],
    });
    jest
      .spyOn(berth, 'listClusters')
      .mockRejectedValue(await responseError(503, 'Registry away'));
    const home = await row(/team-a/);
    expect(await home.findByText('state unknown')).toBeVisible();
  });

  it('has no accessibility findings', async () => {
    renderTenancy({
      as: MEMBER,
      path: '/berth',
      clusters: [prod],
      namespaces: [aHome('prod01', 'team-a', { quota: aQuota() })],
    });
    await row(/team-a/);
    expect(await accessibilityFindings()).toEqual([]);
  });
});
