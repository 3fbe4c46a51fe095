import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  ADMIN,
  FakeBerthApi,
  MEMBER,
  aCluster,
  aShare,
  anEntry,
  busyDay,
  renderBerth,
  responseError,
} from '../../__testUtils__';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import { aNamespace } from '../../__testUtils__/namespaces';
import { renderTenancy } from '../../__testUtils__/renderTenancy';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const PATH = '/berth/clusters/prod01/activity';
const cluster = aCluster('prod01', { shares: [aShare('team-a')] });

function apiWith(entries = busyDay('prod01'), access = ADMIN) {
  const api = new FakeBerthApi(access, [cluster]);
  api.activity.push(...entries);
  return api;
}

/** Returns the rows with entries; the table's skeleton has rows, too. */
async function rows() {
  await screen.findAllByTitle('token-mint', {}, FIRST_RENDER);
  return screen.getAllByRole('rowheader');
}

describe('the Activity tab', () => {
  it('B33 keeps the filters small while the backend does not answer', async () => {
    const api = apiWith();
    const away = new TypeError('Failed to fetch');
    jest.spyOn(api, 'listActivity').mockRejectedValue(away);
    const catalog = catalogApiMock.mock({
      queryEntities: () => Promise.reject(away),
    });
    renderBerth(api, '/berth/activity', { catalog });

    const filters = await screen.findByRole('search', {}, FIRST_RENDER);
    const failed = await waitFor(() => {
      const alerts = within(filters).getAllByRole('alert');
      expect(alerts).toHaveLength(2);
      return alerts;
    });
    // A line of text under each picker. The alert with the cause and the next step is too wide for a filter.
    for (const alert of failed) {
      expect(alert).toHaveTextContent(/^Could not search the catalog$/);
      expect(alert.childElementCount).toBe(0);
    }
    expect(
      await screen.findByText('The portal’s backend does not answer'),
    ).toBeVisible();
  });

  it('shows who did what, when, and why it failed', async () => {
    renderBerth(
      apiWith([
        anEntry({
          actor: 'user:default/alice',
          event: 'cluster-update',
          outcome: 'Failed',
          error: 'apiServer is refused',
          groups: [],
        }),
        anEntry({
          id: '2',
          actor: 'system:reconciler',
          namespace: 'team-a',
          jti: 'token-id',
        }),
      ]),
      PATH,
    );
    const failed = within(
      await screen.findByRole(
        'row',
        { name: /Cluster settings changed/ },
        FIRST_RENDER,
      ),
    );
    expect(failed.getByTitle('cluster-update')).toBeVisible();
    expect(failed.getByRole('link', { name: /alice/ })).toBeVisible();
    expect(failed.getByText('Failed')).toBeVisible();
    expect(failed.getByText('apiServer is refused')).toBeVisible();
    expect(failed.getByText('5 minutes ago')).toBeVisible();

    const shared = screen.getByRole('row', { name: /Sharing changed/ });
    expect(within(shared).getByTitle('system:reconciler')).toHaveTextContent(
      'Berth (reconciler)',
    );
    expect(shared).toHaveTextContent('in team-a');
    expect(shared).toHaveTextContent('token token-id');
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('names who gained or lost what, and the decision of a request', async () => {
    renderBerth(
      apiWith([
        anEntry({
          id: '1',
          event: 'namespace-grant',
          groups: ['group:default/team-a', 'group:default/team-b'],
          meta: {
            added: ['group:default/payments edit', 'group:default/x admin'],
            removed: ['group:default/ledger view', 'group:default/x edit'],
          },
        }),
        anEntry({
          id: '2',
          event: 'request-decide',
          groups: ['group:default/team-a'],
          meta: { request: '01K9ZB4N7Q2M8R00000000009', state: 'Denied' },
        }),
      ]),
      PATH,
    );
    const granted = await screen.findByRole(
      'row',
      { name: /Access to namespace changed/ },
      FIRST_RENDER,
    );
    expect(granted).toHaveTextContent('payments gained edit');
    expect(granted).toHaveTextContent('ledger lost view');
    expect(granted).toHaveTextContent('x has admin (was edit)');
    expect(granted).not.toHaveTextContent('team-b');
    const decided = screen.getByRole('row', { name: /Request denied/ });
    expect(decided).toHaveTextContent('team-a');
    expect(
      within(decided).getByRole('link', { name: 'Request denied' }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('/requests/01K9ZB4N7Q2M8R00000000009'),
    );
  });

  it('folds the tokens of a person, and shows each one and the details of an entry on request', async () => {
    const token = (id: string, jti: string) =>
      anEntry({ id, event: 'token-mint', actor: 'user:default/alice', jti });
    renderBerth(
      apiWith([
        token('4', 'third'),
        token('3', 'second'),
        token('2', 'first'),
        anEntry({
          id: '1',
          event: 'cluster-update',
          meta: { fields: ['apiServer', 'caPem'], nested: { a: 1 } },
        }),
      ]),
      PATH,
    );
    const tokens = await screen.findByRole(
      'row',
      { name: /3 tokens issued/ },
      FIRST_RENDER,
    );
    expect(tokens).not.toHaveTextContent('token second');
    const each = within(tokens).getByRole('button', { name: 'Each token' });
    await userEvent.click(each);
    expect(each).toHaveAttribute('aria-expanded', 'true');
    expect(
      within(tokens)
        .getAllByRole('listitem')
        .map(item => item.textContent?.split(' · ')[1]),
    ).toEqual(['token third', 'token second', 'token first']);

    const changed = screen.getByRole('row', { name: /settings changed/ });
    expect(changed).not.toHaveTextContent('caPem');
    await userEvent.click(
      within(changed).getByRole('button', { name: 'Details' }),
    );
    expect(changed).toHaveTextContent('apiServer, caPem');
    expect(changed).toHaveTextContent('{"a":1}');
    expect(await accessibilityFindings()).toEqual([]);
    await userEvent.click(each);
    expect(tokens).not.toHaveTextContent('token second');
  });

  it('pages back and forth, and filters from the latest on', async () => {
    renderBerth(apiWith(), PATH);
    expect(await rows()).toHaveLength(20);
    await userEvent.click(screen.getByRole('button', { name: /^Next/ }));
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /^Previous/ })).toBeEnabled(),
    );

    await userEvent.click(screen.getByRole('button', { name: /What/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Token issued' }),
    );
    await waitFor(async () =>
      expect(
        (
          await rows()
        ).every(row => row.textContent?.startsWith('Token issued')),
      ).toBe(true),
    );
    expect(screen.getByRole('button', { name: /^Previous/ })).toBeDisabled();
  });

  it('takes its filters from the address, and clears them', async () => {
    const api = apiWith();
    const list = jest.spyOn(api, 'listClusterActivity');
    renderBerth(api, `${PATH}?actor=nobody&outcome=Failed`);
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Clear filters' },
        FIRST_RENDER,
      ),
    );
    expect(list).toHaveBeenCalledWith('prod01', {
      actor: 'user:default/nobody',
      outcome: 'Failed',
      limit: 20,
    });
    expect(await rows()).toHaveLength(20);
  });

  it('saves all that match, not only the page', async () => {
    const api = apiWith();
    const save = jest.spyOn(api, 'exportActivity');
    const saved: Blob[] = [];
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => `blob:${saved.push(blob)}`,
      revokeObjectURL: () => {},
    });
    renderBerth(api, `${PATH}?event=token-mint`);
    await rows();
    await userEvent.click(
      screen.getByRole('button', { name: 'Save all matching entries as CSV' }),
    );
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(save).toHaveBeenCalledWith(
      { cluster: 'prod01', event: 'token-mint' },
      'csv',
    );
  });

  it('shows a message without entries, and when they cannot be read', async () => {
    const { unmount } = renderBerth(apiWith([]), PATH);
    expect(
      await screen.findByText('No activity yet', {}, FIRST_RENDER),
    ).toBeVisible();
    unmount();
    const api = apiWith([]);
    jest
      .spyOn(api, 'listClusterActivity')
      .mockRejectedValue(await responseError(503, 'The database is away'));
    renderBerth(api, PATH);
    expect(
      await screen.findByText('The database is away', {}, FIRST_RENDER),
    ).toBeVisible();
  });

  it('explains to members which entries they see', async () => {
    renderBerth(apiWith(busyDay('prod01'), MEMBER), PATH);
    expect(
      await screen.findByText(
        'You see what you did, and changes to the access of your groups.',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
  });

  it('of a namespace shows its activity, and exports it', async () => {
    const { berth } = renderTenancy({
      as: ADMIN,
      path: '/berth/clusters/prod01/namespaces/shop/activity',
      clusters: [cluster],
      namespaces: [aNamespace('prod01', 'shop')],
    });
    berth.activity.push(
      anEntry({ id: '1', event: 'of-the-future', namespace: 'shop' }),
      anEntry({ id: '2', event: 'cluster-update' }),
    );
    const save = jest.spyOn(berth, 'exportActivity');
    expect(
      await screen.findByRole('row', { name: /of-the-future/ }, FIRST_RENDER),
    ).toBeVisible();
    expect(screen.queryByTitle('cluster-update')).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Save all matching entries as CSV' }),
    );
    expect(save).toHaveBeenCalledWith(
      { cluster: 'prod01', namespace: 'shop' },
      'csv',
    );
  });

  it('of all places shows the place, and takes person, group and place from the address', async () => {
    const api = apiWith([
      anEntry({ id: '1', event: 'quota-set', namespace: 'shop' }),
    ]);
    const list = jest.spyOn(api, 'listActivity');
    const save = jest.spyOn(api, 'exportActivity');
    renderBerth(
      api,
      '/berth/activity?actor=ada&group=group:default/team-a&cluster=prod01&namespace=shop',
      { groups: ['team-a'] },
    );
    const row = await screen.findByRole(
      'row',
      { name: /Quota set/ },
      FIRST_RENDER,
    );
    expect(row).toHaveTextContent('in shop on prod01');
    const filter = {
      actor: 'user:default/ada',
      group: 'group:default/team-a',
      cluster: 'prod01',
      namespace: 'shop',
    };
    expect(list).toHaveBeenCalledWith({ ...filter, limit: 20 });
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Save all matching entries as JSON lines',
      }),
    );
    expect(save).toHaveBeenCalledWith(filter, 'jsonl');
    expect(await accessibilityFindings()).toEqual([]);
  });
});
