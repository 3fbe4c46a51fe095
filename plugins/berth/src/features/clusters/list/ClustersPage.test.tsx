import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADMIN,
  FakeBerthApi,
  LONER,
  MEMBER,
  aCluster,
  aShare,
  fleet,
  minutesAgo,
  renderBerth,
  responseError,
} from '../../../__testUtils__';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

/** Returns the names in the rows, once there are any. */
async function rowNames(): Promise<(string | null)[]> {
  const links = await waitFor(() => {
    const headers = screen.getAllByRole('rowheader');
    return headers.map(header => within(header).getByRole('link'));
  }, FIRST_RENDER);
  return links.map(link => link.textContent);
}

describe('ClustersPage', () => {
  it('lists problems first, with the cause in words', async () => {
    renderBerth(
      new FakeBerthApi(ADMIN, [
        aCluster('alpha'),
        aCluster('zulu', {
          status: {
            state: 'Untrusted',
            cause: 'TLS',
            message: 'certificate signed by another CA',
            since: minutesAgo(3),
          },
        }),
      ]),
      '/berth/clusters',
    );

    expect(
      await screen.findByText(
        'TLS: certificate signed by another CA',
        {},
        FIRST_RENDER,
      ),
    ).toBeInTheDocument();
    expect(await rowNames()).toEqual(['zulu', 'alpha']);
  });

  it('shows figures with units, and unknown ones as a dash with the last known value', async () => {
    renderBerth(
      new FakeBerthApi(ADMIN, [
        aCluster('up', { status: { cpu: '7500m', memory: '24Gi', gpus: 8 } }),
        aCluster('down', {
          status: { state: 'Unreachable', cause: 'TCP', cpu: '40', nodes: 4 },
        }),
        aCluster('fresh', {
          status: {
            state: 'Pending',
            nodes: undefined,
            cpu: undefined,
            memory: undefined,
            gpus: undefined,
            version: undefined,
            lastSeenAt: undefined,
          },
        }),
      ]),
      '/berth/clusters',
    );

    const cellsOf = async (name: string) =>
      within(await screen.findByRole('row', { name }, FIRST_RENDER))
        .getAllByRole('gridcell')
        .map(cell => cell.textContent);
    expect((await cellsOf('up')).slice(1, 6)).toEqual([
      'v1.33.1',
      '5',
      '7.5 vCPU',
      '24 GiB',
      '8',
    ]);
    expect((await cellsOf('down')).slice(1, 4)).toEqual([
      '—last v1.33.1',
      '—last 4',
      '—last 40 vCPU',
    ]);
    expect((await cellsOf('fresh')).slice(1, 6)).toEqual(Array(5).fill('—'));
  });

  it('shows the first three groups and how many more there are', async () => {
    renderBerth(
      new FakeBerthApi(ADMIN, [
        aCluster('prod01', {
          shares: ['a', 'b', 'c', 'd', 'e'].map(name => aShare(name)),
        }),
      ]),
      '/berth/clusters',
    );

    const rest = await screen.findByRole('link', { name: '+2' }, FIRST_RENDER);
    expect(rest).toHaveAttribute('title', 'group:default/d, group:default/e');
    expect(rest).toHaveAttribute('href', '/berth/clusters/prod01/access');
    // The filter above the table offers all groups.
    const row = within(screen.getByRole('row', { name: /prod01/ }));
    expect(row.getByText('c')).toBeInTheDocument();
    expect(row.queryByText('d')).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /All groups/ }),
    ).toBeInTheDocument();
  });

  it('searches, and clears a search that leaves nothing', async () => {
    renderBerth(
      new FakeBerthApi(ADMIN, fleet()),
      '/berth/clusters?state=problem',
    );
    expect(await rowNames()).toEqual(['dr', 'lab', 'edge17', 'rke', 'eks']);

    const search = screen.getByRole('searchbox');
    await userEvent.type(search, 'hamburg');
    await waitFor(async () => expect(await rowNames()).toEqual(['edge17']));

    await userEvent.type(search, 'zzz');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear search and filter' }),
    );
    expect(await rowNames()).toHaveLength(10);
  });

  it('lets only admins add clusters, and shows others why not', async () => {
    const { unmount } = renderBerth(
      new FakeBerthApi(ADMIN, fleet()),
      '/berth/clusters',
    );
    expect(
      await screen.findByRole('link', { name: 'Add cluster' }, FIRST_RENDER),
    ).toHaveAttribute('href', '/berth/add');
    unmount();

    renderBerth(new FakeBerthApi(MEMBER, fleet()), '/berth/clusters');
    const button = await screen.findByRole('button', { name: 'Add cluster' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await waitFor(() => expect(rowNames()).resolves.toHaveLength(4));
    await userEvent.tab();
    while (document.activeElement !== button) {
      await userEvent.tab();
    }
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'Only platform admins can add clusters.',
    );
  });

  it('asks an admin without clusters to add the first', async () => {
    renderBerth(new FakeBerthApi(ADMIN, []), '/berth/clusters');
    expect(
      await screen.findByRole(
        'link',
        { name: 'Add the first cluster' },
        FIRST_RENDER,
      ),
    ).toHaveAttribute('href', '/berth/add');
  });

  it('shows a member which groups have no cluster', async () => {
    renderBerth(new FakeBerthApi(MEMBER, []), '/berth/clusters');
    expect(
      await screen.findByText(
        /No cluster is shared with these groups of yours/,
        {},
        FIRST_RENDER,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('team-a')).toBeInTheDocument();
    expect(screen.getByText('engineering')).toBeInTheDocument();
  });

  it('explains to a person without groups that clusters are shared with groups', async () => {
    renderBerth(new FakeBerthApi(LONER, fleet()), '/berth/clusters');
    expect(
      await screen.findByText(/you are in no group/, {}, FIRST_RENDER),
    ).toBeInTheDocument();
  });

  it('distinguishes an unreachable backend from a refusal, and tries again', async () => {
    const api = new FakeBerthApi(ADMIN, fleet());
    const list = jest
      .spyOn(api, 'listClusters')
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockRejectedValueOnce(
        await responseError(403, 'You have no user entity'),
      );
    renderBerth(api, '/berth/clusters');

    const alert = await screen.findByRole('alert', {}, FIRST_RENDER);
    expect(alert).toHaveTextContent('The portal’s backend does not answer');

    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('You have no user entity')).toBeVisible();
    expect(screen.getByText('You do not have permission')).toBeVisible();

    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await rowNames()).toHaveLength(10);
    expect(list).toHaveBeenCalledTimes(3);
  });

  it('keeps the rows when a refresh fails, with a warning', async () => {
    const api = new FakeBerthApi(ADMIN, fleet());
    renderBerth(api, '/berth/clusters');
    expect(await rowNames()).toHaveLength(10);

    jest
      .spyOn(api, 'listClusters')
      .mockRejectedValue(await responseError(503, 'The database is away'));
    await userEvent.click(screen.getByRole('button', { name: 'Refresh' }));

    expect(await screen.findByText('Could not refresh')).toBeVisible();
    expect(screen.getByText(/The database is away/)).toBeVisible();
    expect(await rowNames()).toHaveLength(10);
  });
});
