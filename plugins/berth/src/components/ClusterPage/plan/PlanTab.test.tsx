import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADMIN,
  FakeBerthApi,
  MEMBER,
  aCluster,
  aShare,
  busyPlan,
  renderBerth,
  responseError,
} from '../../../__testUtils__';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const PATH = '/berth/clusters/prod01/plan';

function apiPlanning() {
  const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
  api.plans.set('prod01', busyPlan('prod01'));
  return api;
}

describe('the Plan tab', () => {
  it('shows planned against actual, what cannot be, and foreign bindings', async () => {
    renderBerth(apiPlanning(), PATH);
    const row = within(
      await screen.findByRole(
        'row',
        { name: /RoleBinding team-a\/berth:admin:team-a/ },
        FIRST_RENDER,
      ),
    );
    expect(row.getByText('Delete and make anew')).toBeVisible();
    expect(row.getByText('roleRef')).toBeVisible();
    expect(row.getByText(/^− .*"view"/)).toBeVisible();
    expect(row.getByText(/^\+ .*"admin"/)).toBeVisible();
    expect(row.getByText('− (missing)')).toBeVisible();
    expect(screen.getByText('Terminating in ml-platform')).toBeVisible();

    const foreign = screen.getByRole('row', { name: /team-a\/let-me-in/ });
    expect(foreign).toHaveTextContent('ClusterRole edit');
    expect(foreign).toHaveTextContent('User mallory');
    expect(foreign).toHaveTextContent('ServiceAccount ci/deployer');
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('confirms held deletions only after saying what that does', async () => {
    const api = apiPlanning();
    const confirm = jest.spyOn(api, 'confirmPlan');
    renderBerth(api, PATH);
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'They are meant' },
        FIRST_RENDER,
      ),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Delete 12 objects now?')).toBeVisible();
    expect(confirm).not.toHaveBeenCalled();
    await userEvent.click(dialog.getByRole('button', { name: 'Delete now' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(confirm).toHaveBeenCalledWith('prod01', { held: 'held-1' });
    expect(
      await screen.findByText('The cluster is as it should be'),
    ).toBeVisible();
  });

  it('does not confirm what has become something else meanwhile', async () => {
    const api = apiPlanning();
    renderBerth(api, PATH);
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'They are meant' },
        FIRST_RENDER,
      ),
    );
    const plan = busyPlan('prod01');
    api.plans.set('prod01', { ...plan, held: { ...plan.held!, id: 'held-2' } });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Delete now' }),
    );
    expect(
      await screen.findByText('Other deletions are held now'),
    ).toBeVisible();
    expect(api.plans.has('prod01')).toBe(true);
  });

  it('says so where there is nothing to do, and where the plan cannot be read', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    const { unmount } = renderBerth(api, PATH);
    expect(
      await screen.findByText(
        'The cluster is as it should be',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    unmount();
    jest
      .spyOn(api, 'getPlan')
      .mockRejectedValue(await responseError(503, 'The cluster is away'));
    renderBerth(api, PATH);
    expect(
      await screen.findByText('The cluster is away', {}, FIRST_RENDER),
    ).toBeVisible();
  });

  it('is for admins', async () => {
    const cluster = aCluster('prod01', { shares: [aShare('team-a')] });
    renderBerth(new FakeBerthApi(MEMBER, [cluster]), PATH);
    expect(
      await screen.findByText(
        'Only platform admins can see this',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
  });
});
