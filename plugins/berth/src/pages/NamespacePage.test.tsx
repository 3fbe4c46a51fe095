import { Entity } from '@backstage/catalog-model';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ADMIN, MEMBER, aCluster, aShare } from '../__testUtils__/fixtures';
import { FakeBerthApi } from '../__testUtils__/FakeBerthApi';
import { accessibilityFindings } from '../__testUtils__/accessibility';
import {
  aGrant,
  aHome,
  aNamespace,
  aPersonalNamespace,
  aQuota,
} from '../__testUtils__/namespaces';
import { renderTenancy } from '../__testUtils__/renderTenancy';
import { COLUMNS, linesOf } from '../__testUtils__/resources';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const SHOP = '/berth/clusters/prod01/namespaces/shop';
const clusters = [aCluster('prod01', { shares: [aShare('team-a')] })];
const shop = aNamespace('prod01', 'shop', {
  owner: 'group:default/payments',
  grants: [aGrant('team-a'), aGrant('search', { role: 'view' })],
  quota: aQuota(),
});

const button = (name: string) => screen.getByRole('button', { name });

describe('the page of a namespace', () => {
  it('shows the namespace, its access and its usage', async () => {
    renderTenancy({ as: ADMIN, path: SHOP, clusters, namespaces: [shop] });
    expect(
      await screen.findByRole('heading', { name: 'shop' }, SLOW),
    ).toBeVisible();
    expect(
      await screen.findByText('uid-of-prod01-shop', {}, SLOW),
    ).toBeVisible();
    expect(screen.queryByText('Part of')).not.toBeInTheDocument();
    expect(screen.getByText('search')).toBeVisible();
    expect(
      screen.getByRole('meter', { name: 'Memory requests' }),
    ).toHaveAttribute('aria-valuetext', '14 of 16 GiB');
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('P7 shows the person of a personal namespace with the role', async () => {
    const own = aPersonalNamespace('prod01', 'shop', 'user:default/ada');
    renderTenancy({ as: ADMIN, path: SHOP, clusters, namespaces: [own] });
    const note = await screen.findByText(
      'as the owner of this personal namespace',
      {},
      SLOW,
    );
    const line = within(note.closest('li')!);
    expect(line.getByRole('link', { name: 'ada' })).toBeVisible();
    expect(line.getByText('edit')).toBeVisible();
    expect(screen.getByText('Namespace of one person')).toBeVisible();
    expect(screen.queryByText(/^Only platform admins/)).toBeNull();
  });

  it('P8 shows an owner who left the catalog without the role', async () => {
    const user = 'user:default/ada';
    const left = aPersonalNamespace('prod01', 'shop', user, {
      personal: { user, role: 'edit', absent: true },
    });
    renderTenancy({ as: ADMIN, path: SHOP, clusters, namespaces: [left] });
    expect(
      await screen.findByText(
        'The owner left the catalog, so Berth took the role edit away. Give the namespace to another owner, or delete it.',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(screen.getByText('ada (left the catalog)')).toBeVisible();
    expect(
      screen.queryByText('as the owner of this personal namespace'),
    ).toBeNull();
  });

  it('keeps the person above the groups whose access is edited', async () => {
    const own = aPersonalNamespace('prod01', 'shop', 'user:default/ada');
    const path = `${SHOP}/access`;
    renderTenancy({ as: ADMIN, path, clusters, namespaces: [own] });
    const note = await screen.findByText(
      'as the owner of this personal namespace',
      {},
      SLOW,
    );
    expect(within(note.closest('li')!).queryByRole('button')).toBeNull();
    expect(screen.queryByText(/only platform admins have access/)).toBeNull();
  });

  it('links to the components that run in it', async () => {
    const component = (name: string, namespaces?: string): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        ...(namespaces && {
          annotations: { 'berth.dev/namespaces': namespaces },
        }),
      },
    });
    renderTenancy({
      as: ADMIN,
      path: SHOP,
      clusters,
      namespaces: [shop],
      entities: [
        component('storefront', 'gpu01/shop, prod01/shop'),
        component('elsewhere', 'prod01/shop2'),
        component('nowhere'),
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Resource',
          metadata: {
            name: 'prod01.shop',
            annotations: {
              'berth.dev/cluster': 'prod01',
              'berth.dev/namespace': 'shop',
            },
          },
          relations: [
            {
              type: 'dependencyOf',
              targetRef: 'component:default/checkout',
            },
          ],
        },
      ],
    });
    expect(
      await screen.findByRole('link', { name: 'checkout' }, SLOW),
    ).toHaveAttribute('href', '/catalog/default/component/checkout');
    expect(screen.getByRole('link', { name: 'storefront' })).toBeVisible();
    expect(screen.queryByText(/elsewhere|nowhere/)).not.toBeInTheDocument();
    expect(
      screen.getByText(
        'kubectl --context prod01 --namespace shop get pods,services,events',
      ),
    ).toBeVisible();
  });

  it('names the system that the namespace is part of', async () => {
    const part = { ...shop, system: 'system:default/sales' };
    renderTenancy({ as: ADMIN, path: SHOP, clusters, namespaces: [part] });
    expect(await screen.findByText('Part of', {}, SLOW)).toBeVisible();
    expect(screen.getByRole('link', { name: 'sales' })).toHaveAttribute(
      'href',
      '/catalog/default/system/sales',
    );
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('shows the title of its quota’s size, or the name without a title', async () => {
    const quota = aQuota({
      sizeClass: 'small',
      placement: {
        nodeSelector: { pool: 'small' },
        tolerations: [{ key: 'team', value: 'a', effect: 'NoSchedule' }],
      },
    });
    const berth = new FakeBerthApi(ADMIN, clusters, {
      namespaces: [{ ...shop, quota }],
    });
    const { unmount } = renderTenancy({
      as: ADMIN,
      path: SHOP,
      berth,
    });
    expect(await screen.findByText(/^Size: Small · /, {}, SLOW)).toBeVisible();
    expect(
      screen.getByText(
        'For pods: nodes with pool=small, a toleration of team=a:NoSchedule',
      ),
    ).toBeVisible();
    unmount();
    berth.sizeClasses = [];
    renderTenancy({ as: ADMIN, path: SHOP, berth });
    expect(await screen.findByText(/^Size: small · /, {}, SLOW)).toBeVisible();
  });

  it('shows why a deletion waits', async () => {
    renderTenancy({
      as: ADMIN,
      path: SHOP,
      clusters,
      namespaces: [
        {
          ...shop,
          phase: 'Terminating',
          terminating: {
            finalizers: ['example.com/keep'],
            conditions: [{ type: 'ContentRemaining', message: '2 pods' }],
          },
        },
      ],
    });
    expect(
      await screen.findByText(
        'Waiting for finalizers: example.com/keep',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(screen.getByText('ContentRemaining: 2 pods')).toBeVisible();
  });

  it.each([
    ['an admin', ADMIN, /TCP: Connection refused\. Check the port\./],
    ['a member', MEMBER, 'Platform admins see the cause and how to fix it.'],
  ])(
    'warns %s while the portal cannot reach the cluster',
    async (_, as, why) => {
      const away = aCluster('prod01', {
        shares: [aShare('team-a')],
        status: {
          state: 'Unreachable',
          cause: 'TCP',
          message: 'Connection refused. Check the port.',
        },
      });
      renderTenancy({ as, path: SHOP, clusters: [away], namespaces: [shop] });
      expect(
        await screen.findByText('The portal cannot reach prod01', {}, SLOW),
      ).toBeVisible();
      expect(screen.getByText(why)).toBeVisible();
      expect(screen.getByText('Active, last known')).toBeVisible();
      expect(screen.queryByText('Active')).not.toBeInTheDocument();
      expect(screen.queryAllByText(/Check the port/)).toHaveLength(
        as === ADMIN ? 1 : 0,
      );
    },
  );

  it('does not warn of a cluster that is still being set up', async () => {
    const fresh = aCluster('prod01', {
      shares: [aShare('team-a')],
      status: { state: 'Unreachable', cause: 'TCP', lastSeenAt: undefined },
    });
    renderTenancy({
      as: ADMIN,
      path: SHOP,
      clusters: [fresh],
      namespaces: [shop],
    });
    expect(await screen.findByText('Setting up', {}, SLOW)).toBeVisible();
    expect(
      screen.queryByText('The portal cannot reach prod01'),
    ).not.toBeInTheDocument();
  });

  it('explains to a person without access the reason, and who can fix it', async () => {
    renderTenancy({ as: MEMBER, path: SHOP, namespaces: [] });
    const why = within(
      await screen.findByRole('region', { name: 'Why can’t I?' }, SLOW),
    );
    expect(await why.findByText('Who can fix it')).toBeVisible();
    expect(why.getByRole('link', { name: 'platform' })).toBeVisible();
    expect(why.getByText('(missing)', { exact: false })).toBeInTheDocument();
    // Browsers end a paragraph before a div.
    expect(document.querySelector('p div')).toBeNull();
    expect(await accessibilityFindings()).toEqual([]);
  });
});

describe('the access to a namespace', () => {
  const path = `${SHOP}/access`;

  it('shows the effects before saving, and that the cluster is not shared', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces: [shop] });
    const setGrants = jest.spyOn(berth, 'setGrants');
    renderTenancy({
      as: ADMIN,
      path,
      berth,
      groups: ['team-a', 'team-b'],
      titles: {
        'group:default/team-a': 'Team A',
        'group:default/team-b': 'Team B',
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove search' }, SLOW),
    );
    fireEvent.change(
      await screen.findByLabelText('End of the access of Team A'),
      { target: { value: '2100-01-31T18:00' } },
    );
    await userEvent.type(
      screen.getByRole('combobox', { name: 'Group' }),
      'team-b',
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /team-b/ }, SLOW),
    );
    await userEvent.click(button('Add group'));

    expect(screen.getByText(/search loses view/)).toBeVisible();
    expect(
      await screen.findByText(/Team A: edit, now until .* \(was: no end\)/),
    ).toBeVisible();
    expect(
      await screen.findByText('Team B gets edit within 10 minutes.'),
    ).toBeVisible();
    expect(screen.getByText(/prod01 is not shared with Team B/)).toBeVisible();

    await userEvent.click(button('Save access'));
    await waitFor(() => expect(setGrants).toHaveBeenCalled(), SLOW);
    expect(setGrants.mock.calls[0][1]).toEqual({
      grants: [
        {
          group: 'group:default/team-a',
          role: 'edit',
          expiresAt: new Date('2100-01-31T18:00').toISOString(),
        },
        { group: 'group:default/team-b', role: 'edit' },
      ],
    });
    await waitFor(
      () =>
        expect(button('Save access')).toHaveAttribute('aria-disabled', 'true'),
      SLOW,
    );
  });

  it('shows the state of each grant, except while the grant is edited', async () => {
    renderTenancy({ as: ADMIN, path, clusters, namespaces: [shop] });
    const end = await screen.findByLabelText(
      'End of the access of team-a',
      {},
      SLOW,
    );
    const row = within(end.closest('li')!);
    expect(row.getByText('Ready')).toBeVisible();
    fireEvent.change(end, { target: { value: '2100-01-31T18:00' } });
    expect(row.queryByText('Ready')).not.toBeInTheDocument();
  });

  it('does not save a past end', async () => {
    renderTenancy({ as: ADMIN, path, clusters, namespaces: [shop] });
    fireEvent.change(
      await screen.findByLabelText('End of the access of team-a', {}, SLOW),
      { target: { value: '2020-01-31T18:00' } },
    );
    expect(screen.getByText('The end must be in the future.')).toBeVisible();
    expect(button('Save access')).toHaveAttribute('aria-disabled', 'true');
  });

  it('applies the input on top of what another admin saved in the meantime', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces: [shop] });
    renderTenancy({ as: ADMIN, path, berth });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove search' }, SLOW),
    );
    berth.put({
      ...shop,
      grants: [...shop.grants, aGrant('payments', { role: 'admin' })],
    });
    await userEvent.click(button('Save access'));

    expect(
      await screen.findByText(
        'Someone else changed the access while you edited it',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(
      screen.getByText('Other change: payments added as admin'),
    ).toBeVisible();
    expect(screen.getByText(/search loses view/)).toBeVisible();

    await userEvent.click(button('Save access'));
    await waitFor(
      () =>
        expect(
          berth.namespaces.get('prod01/shop')?.grants.map(({ group }) => group),
        ).toEqual(['group:default/team-a', 'group:default/payments']),
      SLOW,
    );
  });

  it('is read-only for members', async () => {
    renderTenancy({ as: MEMBER, path, clusters, namespaces: [shop] });
    expect(
      await screen.findByText(
        'You see only your own roles and those of your groups.',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Save access' })).toBeNull();
  });
});

describe('the quota of a namespace', () => {
  const path = `${SHOP}/quota`;
  const cpu = () =>
    screen.findByRole('textbox', { name: 'CPU requests' }, SLOW);
  const retype = async (field: HTMLElement, text: string) => {
    await userEvent.clear(field);
    await userEvent.type(field, text);
  };

  it('shows the effect on the cluster and the exceeding usage, then saves', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, {
      namespaces: [shop, aHome('prod01', 'team-a', { quota: aQuota() })],
    });
    renderTenancy({ as: ADMIN, path, berth });
    await retype(await cpu(), 'lots');
    expect(screen.getByText(/“lots” is not a quantity/)).toBeVisible();
    expect(button('Save quota')).toHaveAttribute('aria-disabled', 'true');

    await retype(await cpu(), '40');
    await retype(
      screen.getByRole('textbox', { name: 'Memory requests' }),
      '8Gi',
    );
    expect(
      await screen.findByText(
        /CPU: committed 16 → 48 vCPU of 40 vCPU, over-commit 0.40× → 1.20×/,
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(
      screen.getByText(/Memory requests: 14 GiB in use, 8 GiB allowed/),
    ).toBeVisible();

    await userEvent.click(button('Save quota'));
    await waitFor(
      () =>
        expect(berth.namespaces.get('prod01/shop')?.quota?.hard).toEqual({
          ...shop.quota?.hard,
          'requests.cpu': '40',
          'requests.memory': '8Gi',
        }),
      SLOW,
    );
  });

  it('warns that custom amounts lose the nodes of the size', async () => {
    const quota = aQuota({
      sizeClass: 'gpu',
      placement: { nodeSelector: { pool: 'gpu' }, tolerations: [] },
    });
    const sized = { ...shop, quota };
    renderTenancy({ as: ADMIN, path, clusters, namespaces: [sized] });
    const field = await cpu();
    expect(screen.queryByText(/no longer get/)).toBeNull();
    await retype(field, '12');
    expect(
      await screen.findByText(
        'Only a size sets nodes. With this quota, new pods no longer get: nodes with pool=gpu.',
      ),
    ).toBeVisible();
  });

  it('keeps all changes when another admin saved first', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces: [shop] });
    renderTenancy({ as: ADMIN, path, berth });
    await retype(await cpu(), '12');
    const hard = { ...shop.quota!.hard, pods: '99' };
    berth.put({ ...shop, quota: aQuota({ hard }) });
    await userEvent.click(button('Save quota'));

    expect(await screen.findByText('Pods: 50 → 99', {}, SLOW)).toBeVisible();
    expect(await cpu()).toHaveValue('12');
    await userEvent.click(button('Keep my changes and theirs'));
    await userEvent.click(button('Save quota'));
    await waitFor(
      () =>
        expect(berth.namespaces.get('prod01/shop')?.quota?.hard).toEqual({
          ...hard,
          'requests.cpu': '12',
        }),
      SLOW,
    );
  });

  it('refuses to save a quota without its tag', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces: [shop] });
    const getNamespace = berth.getNamespace.bind(berth);
    jest.spyOn(berth, 'getNamespace').mockImplementation(async address => {
      const seen = await getNamespace(address);
      return { ...seen, quota: seen.quota && { ...seen.quota, etag: '' } };
    });
    const setQuota = jest.spyOn(berth, 'setQuota');
    renderTenancy({ as: ADMIN, path, berth });
    await retype(await cpu(), '12');
    await userEvent.click(button('Save quota'));
    expect(
      await screen.findByText(/saving could undo what someone else/, {}, SLOW),
    ).toBeVisible();
    expect(setQuota).not.toHaveBeenCalled();
  });

  it('does not overwrite a quota that was set in the meantime', async () => {
    const unbounded = { ...shop, quota: undefined };
    const berth = new FakeBerthApi(ADMIN, clusters, {
      namespaces: [unbounded],
    });
    renderTenancy({ as: ADMIN, path, berth });
    await userEvent.click(
      await screen.findByRole('button', { name: /Custom.*Size|Size/ }, SLOW),
    );
    await userEvent.click(await screen.findByRole('option', { name: /Small/ }));
    berth.put(shop);
    await userEvent.click(button('Set quota'));
    expect(
      await screen.findByText(
        'Someone else changed this quota while you edited it',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(berth.namespaces.get('prod01/shop')?.quota).toBe(shop.quota);
  });
});

describe('the end of a namespace', () => {
  const path = `${SHOP}/danger`;

  it('requires the name, after showing all that is lost', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces: [shop] });
    const remove = jest.spyOn(berth, 'deleteNamespace');
    const [row] = [['data', '1/1', 'Bound', '0', '2d', '', '']];
    berth.lists.set(
      'core/persistentvolumeclaims',
      linesOf([
        {
          cluster: 'prod01',
          columns: COLUMNS.pods,
          namespaces: { shop: [row, ['logs', ...row.slice(1)]] },
        },
      ]),
    );
    renderTenancy({ as: ADMIN, path, berth });
    const deletion = await screen.findByRole(
      'button',
      { name: 'Delete namespace' },
      SLOW,
    );
    const claims = (
      await screen.findByRole('link', { name: 'PersistentVolumeClaims' }, SLOW)
    ).closest('li')!;
    expect(await within(claims).findByText('2', {}, SLOW)).toBeVisible();
    await userEvent.click(deletion);
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Storage: 20 GiB in use')).toBeVisible();
    expect(dialog.getByText(/Access of 2 groups/)).toBeVisible();
    expect(
      dialog.getByText(
        'kubectl --context prod01 --namespace shop get all,configmaps,secrets,persistentvolumeclaims',
      ),
    ).toBeVisible();
    const confirm = () => dialog.getByRole('button', { name: 'Delete shop' });
    await userEvent.type(dialog.getByRole('textbox'), 'sho');
    await userEvent.click(confirm());
    expect(remove).not.toHaveBeenCalled();
    await userEvent.type(dialog.getByRole('textbox'), 'p');
    await userEvent.click(confirm());
    await waitFor(
      () =>
        expect(remove).toHaveBeenCalledWith(
          { cluster: 'prod01', namespace: 'shop' },
          'uid-of-prod01-shop',
        ),
      SLOW,
    );
    expect(
      await screen.findByText('This namespace is being deleted', {}, SLOW),
    ).toBeVisible();
  });

  it('links to the list once the namespace is gone', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, {
      namespaces: [{ ...shop, phase: 'Terminating' }],
    });
    renderTenancy({ as: ADMIN, path, berth });
    await screen.findByText('This namespace is being deleted', {}, SLOW);
    berth.namespaces.clear();
    expect(
      await screen.findByText(
        'The namespace shop on prod01 is deleted.',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Go to Namespaces' }),
    ).toHaveAttribute('href', '/berth/namespaces');
    expect(
      screen.queryByRole('button', { name: 'Delete namespace' }),
    ).toBeNull();
  });

  it('warns of nothing else for an entry that Berth never saw on the cluster', async () => {
    const entry = { ...shop, uid: undefined, state: 'Failed' as const };
    renderTenancy({ as: ADMIN, path, clusters, namespaces: [entry] });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove entry' }, SLOW),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(/^Only the entry in Berth is removed/),
    ).toBeVisible();
    expect(screen.queryByText(/secrets/)).toBeNull();
  });

  it('is not offered for the home of a share, which would be created again', async () => {
    renderTenancy({
      as: ADMIN,
      path: '/berth/clusters/prod01/namespaces/team-a/danger',
      clusters,
      namespaces: [aHome('prod01', 'team-a')],
    });
    expect(
      await screen.findByRole(
        'link',
        { name: 'Go to the shares of the cluster' },
        SLOW,
      ),
    ).toHaveAttribute('href', '/berth/clusters/prod01/access');
    expect(
      screen.queryByRole('button', { name: 'Delete namespace' }),
    ).toBeNull();
  });
});
