import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeBerthApi } from '../../../__testUtils__/FakeBerthApi';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import {
  ADMIN,
  LONER,
  MEMBER,
  aCluster,
} from '../../../__testUtils__/fixtures';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';
import { inTray } from '../../../__testUtils__/requests';
import { responseError } from '../../../__testUtils__/responseError';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const path = '/berth/requests';
const clusters = [aCluster('prod01'), aCluster('gpu01')];

describe('the requests', () => {
  it('shows the caller’s requests, their state, and since when', async () => {
    renderTenancy({
      as: MEMBER,
      path,
      clusters,
      requests: inTray(),
    });
    await screen.findByText('Denied', { selector: 'span' }, SLOW);
    const denied = within(
      screen
        .getAllByRole('row')
        .find(row => row.textContent?.includes('Denied'))!,
    );
    expect(
      denied.getByRole('link', { name: 'edit in payments' }),
    ).toHaveAttribute('href', '/berth/requests/01K9ZB4N7Q2M8R000000000003');
    expect(denied.getByText('prod01')).toBeVisible();
    expect(denied.getByRole('link', { name: 'team-a' })).toBeVisible();
    expect(denied.getByText('1 hr. ago')).toHaveAttribute('title');
    expect(
      screen.queryByRole('columnheader', { name: 'Who' }),
    ).not.toBeInTheDocument();
    expect(screen.queryByRole('radio', { name: 'All' })).toBeNull();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('counts the requests that wait for a decider, and asks for the query of the address', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { requests: inTray() });
    const list = jest.spyOn(berth, 'listRequests');
    renderTenancy({
      as: ADMIN,
      path: `${path}?section=all&state=open&kind=quota&cluster=prod01`,
      berth,
    });
    const row = within(
      await screen.findByRole('row', { name: /Quota of team-a/ }, SLOW),
    );
    expect(row.getByRole('link', { name: 'alice' })).toBeVisible();
    expect(list).toHaveBeenCalledWith({
      scope: 'all',
      state: ['Submitted', 'AutoApproved', 'Approved', 'Provisioning'],
      kind: 'quota',
      cluster: 'prod01',
      limit: 20,
    });
    await userEvent.click(
      await screen.findByRole('radio', { name: 'To decide (2)' }, SLOW),
    );
    expect(
      await screen.findByRole('row', { name: /Namespace shop/ }, SLOW),
    ).toBeVisible();
    expect(list).toHaveBeenLastCalledWith({
      scope: 'inbox',
      limit: 20,
    });
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('explains what to do without requests, and without matches', async () => {
    renderTenancy({ as: LONER, path: `${path}?state=Failed`, clusters });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear filters' }, SLOW),
    );
    expect(
      await screen.findByText('You have no requests yet', {}, SLOW),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Request a namespace' }),
    ).toHaveAttribute('href', '/berth/requests/new');
    await userEvent.click(screen.getByRole('radio', { name: 'To decide' }));
    expect(
      await screen.findByText('Nothing to decide', {}, SLOW),
    ).toBeVisible();
  });

  it('shows why the requests cannot be read, and tries again', async () => {
    const berth = new FakeBerthApi(MEMBER, clusters, { requests: inTray() });
    const list = jest
      .spyOn(berth, 'listRequests')
      .mockRejectedValue(await responseError(503, 'The database is away'));
    renderTenancy({ as: MEMBER, path, berth });
    expect(
      await screen.findByText('The database is away', {}, SLOW),
    ).toBeVisible();
    list.mockRestore();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Quota of team-a' }, SLOW),
    ).toBeVisible();
  });
});
