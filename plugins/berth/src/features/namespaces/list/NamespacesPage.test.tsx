import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADMIN,
  AUDITOR,
  MEMBER,
  aCluster,
  aShare,
} from '../../../__testUtils__/fixtures';
import { BerthApi } from '@berth/plugin-berth-common';
import { FakeBerthApi } from '../../../__testUtils__/FakeBerthApi';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import { responseError } from '../../../__testUtils__/responseError';
import {
  aGrant,
  aHome,
  aNamespace,
  aQuota,
} from '../../../__testUtils__/namespaces';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const clusters = [
  aCluster('prod01', { shares: [aShare('team-a')] }),
  aCluster('gpu01'),
];
const namespaces = [
  aHome('prod01', 'team-a', { quota: aQuota() }),
  aNamespace('prod01', 'shop', {
    owner: 'group:default/payments',
    grants: [
      aGrant('team-a', { role: 'admin' }),
      aGrant('search', { role: 'view' }),
    ],
  }),
  aNamespace('gpu01', 'train', { phase: 'Terminating' }),
];

const rowNames = () =>
  screen.getAllByRole('rowheader').map(header => {
    const [link] = within(header).getAllByRole('link');
    return link.textContent;
  });

describe('the namespaces', () => {
  it('shows owner, access, usage, status and actions', async () => {
    renderTenancy({
      as: ADMIN,
      path: '/berth/namespaces',
      clusters,
      namespaces,
    });
    const shop = within(await screen.findByRole('row', { name: /shop/ }, SLOW));
    expect(shop.getByRole('link', { name: 'payments' })).toBeVisible();
    expect(shop.getByText(/^team-a admin|admin$/)).toBeVisible();
    expect(shop.getByText('no quota')).toBeVisible();
    const train = within(screen.getByRole('row', { name: /train/ }));
    expect(train.getByText('Terminating')).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: 'Actions for shop on prod01' }),
    );
    const base = '/berth/clusters/prod01/namespaces/shop';
    for (const [name, tab] of [
      ['Edit access', 'access'],
      ['Edit quota', 'quota'],
      ['Delete…', 'danger'],
    ]) {
      expect(await screen.findByRole('menuitem', { name })).toHaveAttribute(
        'href',
        `${base}/${tab}`,
      );
    }
  });

  it('asks the backend for the query of the URL, and for the next page', async () => {
    const many = Array.from({ length: 45 }, (_, index) =>
      aNamespace('prod01', `app-${String(index).padStart(2, '0')}`),
    );
    const berth = new FakeBerthApi(ADMIN, clusters, {
      namespaces: [...many, ...namespaces],
    });
    const list = jest.spyOn(berth, 'listNamespaces');
    renderTenancy({
      as: ADMIN,
      path: '/berth/namespaces?search=app&cluster=prod01&phase=Active&group=group:default/x&sort=-createdAt',
      berth,
    });
    await screen.findByText('No namespace matches', {}, SLOW);
    expect(list).toHaveBeenCalledWith({
      search: 'app',
      cluster: 'prod01',
      phase: 'Active',
      group: 'group:default/x',
      orderBy: 'createdAt',
      order: 'desc',
      limit: 20,
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear search and filters' }),
    );
    await screen.findByText('1–20 of 48', {}, SLOW);
    await userEvent.click(screen.getByRole('button', { name: /next/i }));
    await screen.findByText('21–40 of 48', {}, SLOW);
    await waitFor(() => expect(rowNames()[0]).toBe('app-20'), SLOW);
  });

  it('goes to the first page if the place in the URL is of another list', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces });
    jest
      .spyOn(berth, 'listNamespaces')
      .mockRejectedValueOnce(
        await responseError(400, 'cursor is refused', [
          { path: ['cursor'], message: 'cursor is refused' },
        ]),
      );
    renderTenancy({
      as: ADMIN,
      path: '/berth/namespaces?cursor=old&search=shop',
      berth,
    });
    await screen.findByText('cursor is refused', {}, SLOW);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('row', { name: /shop/ }, SLOW);
    expect(berth.listNamespaces).toHaveBeenLastCalledWith(
      expect.not.objectContaining({ cursor: expect.anything() }),
    );
  });

  it('sorts in the backend', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces });
    renderTenancy({ as: ADMIN, path: '/berth/namespaces', berth });
    await screen.findByRole('row', { name: /shop/ }, SLOW);
    expect(rowNames()).toEqual(['shop', 'team-a', 'train']);
    await userEvent.click(
      screen.getByRole('columnheader', { name: /Cluster/ }),
    );
    await waitFor(
      () => expect(rowNames()).toEqual(['train', 'shop', 'team-a']),
      SLOW,
    );
  });

  it('is for platform admins, and redirects others to their own namespaces', async () => {
    renderTenancy({ as: MEMBER, path: '/berth/namespaces', namespaces });
    expect(
      await screen.findByText(
        'Only platform admins see all namespaces',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'Go to Mine' })).toHaveAttribute(
      'href',
      '/berth/mine',
    );
  });

  it.each([
    [ADMIN, 1],
    [AUDITOR, 0],
  ])('opens the form that the address names, for %o', async (as, dialogs) => {
    renderTenancy({
      as,
      path: '/berth/namespaces?create=',
      clusters,
      namespaces,
    });
    expect(
      await screen.findAllByRole('row', { hidden: true }, SLOW),
    ).not.toHaveLength(0);
    expect(screen.queryAllByRole('dialog')).toHaveLength(dialogs);
  });

  it('P9 shows the name with the prefix of the cluster while a person types', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces });
    const check = jest
      .spyOn<BerthApi, 'checkNamespaceName'>(berth, 'checkNamespaceName')
      .mockImplementation(async ({ namespace }, _group, adopt) => ({
        state: 'Free',
        name: adopt ? namespace : `team-${namespace}`,
      }));
    renderTenancy({
      as: ADMIN,
      path: '/berth/namespaces?cluster=prod01',
      berth,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create namespace' }, SLOW),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(
      dialog.getByRole('textbox', { name: /^Name/ }),
      'shop',
    );
    expect(
      await dialog.findByText(
        'The namespace will be called “team-shop”, with the prefix of prod01. The name is free.',
        {},
        SLOW,
      ),
    ).toBeVisible();
    await userEvent.click(
      dialog.getByRole('checkbox', { name: /Take it over/ }),
    );
    expect(
      await dialog.findByText('“shop” is free on prod01.', {}, SLOW),
    ).toBeVisible();
    expect(check).toHaveBeenLastCalledWith(
      { cluster: 'prod01', namespace: 'shop' },
      undefined,
      true,
    );
  });

  it('creates a namespace with system and grants once its name is found to be free', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces });
    const create = jest.spyOn(berth, 'createNamespace');
    renderTenancy({
      as: ADMIN,
      path: '/berth/namespaces?cluster=prod01',
      berth,
      groups: ['team-a', 'team-b'],
      systems: ['shop', 'till'],
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create namespace' }, SLOW),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const name = dialog.getByRole('textbox', { name: /^Name/ });
    const submit = () =>
      dialog.getByRole('button', { name: 'Create namespace' });

    await userEvent.type(name, 'Shop');
    expect(dialog.getByText(/“Shop” is not a valid name/)).toBeVisible();
    await userEvent.clear(name);
    await userEvent.type(name, 'shop');
    expect(
      await dialog.findByText(/name "shop" is taken/, {}, SLOW),
    ).toBeVisible();
    expect(submit()).toHaveAttribute('aria-disabled', 'true');
    await userEvent.type(name, '2');
    expect(
      await dialog.findByText('“shop2” is free on prod01.', {}, SLOW),
    ).toBeVisible();

    await userEvent.type(
      dialog.getByRole('combobox', { name: /Owner/ }),
      'team-a',
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /team-a/ }, SLOW),
    );
    expect(
      dialog.getByRole('checkbox', {
        name: 'Make team-a admin of the namespace',
      }),
    ).toBeChecked();
    await userEvent.type(
      dialog.getByRole('combobox', { name: /System/ }),
      'till',
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /The till/ }, SLOW),
    );
    await userEvent.type(
      dialog.getByRole('combobox', { name: 'Group' }),
      'team-b',
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /team-b/ }, SLOW),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Add group' }));
    await userEvent.click(submit());

    await waitFor(
      () =>
        expect(create).toHaveBeenCalledWith('prod01', {
          name: 'shop2',
          owner: 'group:default/team-a',
          system: 'system:default/till',
          grants: [
            { group: 'group:default/team-a', role: 'admin' },
            { group: 'group:default/team-b', role: 'edit' },
          ],
          quota: { sizeClass: 'small' },
        }),
      SLOW,
    );
    expect(
      await screen.findByRole('heading', { name: 'shop2' }, SLOW),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'till' }, SLOW),
    ).toBeVisible();
  });

  it('has no accessibility findings', async () => {
    renderTenancy({
      as: ADMIN,
      path: '/berth/namespaces',
      clusters,
      namespaces,
    });
    await screen.findByRole('row', { name: /shop/ }, SLOW);
    expect(await accessibilityFindings()).toEqual([]);
  });
});
