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
  it('shows differences, problems and other role bindings', async () => {
    renderBerth(apiPlanning(), PATH);
    const row = within(
      await screen.findByRole(
        'row',
        { name: /RoleBinding team-a\/berth:admin:team-a/ },
        FIRST_RENDER,
      ),
    );
    expect(row.getByText('Recreate')).toBeVisible();
    expect(row.getByText('roleRef')).toBeVisible();
    expect(row.getByText(/^− .*"view"/)).toBeVisible();
    expect(row.getByText(/^\+ .*"admin"/)).toBeVisible();
    expect(row.getByText('− (missing)')).toBeVisible();
    expect(row.getByText('+ (missing)')).toBeVisible();
    expect(screen.getByText('Terminating in ml-platform')).toBeVisible();

    expect(
      screen.getByText(
        'The RoleBinding team-a/berth:view:ledger is deleted again and again',
      ),
    ).toBeVisible();

    const foreign = screen.getByRole('row', { name: /team-a\/let-me-in/ });
    expect(foreign).toHaveTextContent('ClusterRole edit');
    expect(foreign).toHaveTextContent('User mallory');
    expect(foreign).toHaveTextContent('ServiceAccount ci/deployer');
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('counts the problems that the plan does not list', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    api.plans.set('prod01', { ...busyPlan('prod01'), totalProblems: 8 });
    renderBerth(api, PATH);
    expect(
      await screen.findByText('And 7 more problems', {}, FIRST_RENDER),
    ).toBeVisible();
  });

  it('confirms held deletions only after showing the effects', async () => {
    const api = apiPlanning();
    const confirm = jest.spyOn(api, 'confirmPlan');
    renderBerth(api, PATH);
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Confirm deletions' },
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
      await screen.findByText('The cluster matches the portal'),
    ).toBeVisible();
  });

  it('does not confirm deletions that have changed in the meantime', async () => {
    const api = apiPlanning();
    renderBerth(api, PATH);
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Confirm deletions' },
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

  it('P2 lists the pods that would fail, and enforces a level only after a confirmation', async () => {
    const api = apiPlanning();
    api.plans.set('prod01', {
      ...busyPlan('prod01'),
      podSecurity: [
        {
          namespace: 'search',
          level: 'restricted:latest',
          warnings: ['web-0: runAsNonRoot != true'],
          since: '2026-11-29T10:00:00.000Z',
        },
      ],
    });
    const confirm = jest.spyOn(api, 'confirmPodSecurity');
    renderBerth(api, PATH);
    const label = 'Enforce restricted:latest in search';
    const button = await screen.findByRole(
      'button',
      { name: `${label}…` },
      FIRST_RENDER,
    );
    expect(screen.getByText('web-0: runAsNonRoot != true')).toBeVisible();
    await userEvent.click(button);
    expect(confirm).not.toHaveBeenCalled();
    const dialog = within(
      await screen.findByRole('dialog', { name: `${label}?` }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Enforce' }));
    expect(confirm).toHaveBeenCalledWith('prod01', {
      level: 'restricted:latest',
      namespaces: ['search'],
    });
    expect(await screen.findByText('Confirmed')).toBeVisible();
  });

  it('P13 lists the IDs that wait, and uses them only after a confirmation', async () => {
    const api = apiPlanning();
    const found = {
      runAsUser: 2000,
      runAsGroup: 100,
      supplementalGroups: [200, 300],
    };
    api.plans.set('prod01', {
      ...busyPlan('prod01'),
      identities: [
        {
          owner: 'user:default/alice',
          used: { ...found, runAsUser: 1000, supplementalGroups: [] },
          found,
          entityUid: 'uid-of-alice',
          another: true,
          since: '2026-11-29T10:00:00.000Z',
        },
      ],
    });
    const confirm = jest.spyOn(api, 'confirmIdentity');
    renderBerth(api, PATH);
    const label = 'Use the IDs in the catalog for user:default/alice';
    const button = await screen.findByRole(
      'button',
      { name: `${label}…` },
      FIRST_RENDER,
    );
    expect(screen.getByText('User 1000')).toBeVisible();
    expect(screen.getByText('User 2000')).toBeVisible();
    expect(screen.getByText('More groups 200, 300')).toBeVisible();
    await userEvent.click(button);
    expect(confirm).not.toHaveBeenCalled();
    const dialog = within(
      await screen.findByRole('dialog', { name: `${label}?` }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Use the IDs' }));
    expect(confirm).toHaveBeenCalledWith('prod01', {
      owner: 'user:default/alice',
      entityUid: 'uid-of-alice',
      found,
    });
    await waitFor(() =>
      expect(screen.queryByText('User 2000')).not.toBeInTheDocument(),
    );
  });

  it('deletes a doubtful leftover only after a confirmation', async () => {
    const api = apiPlanning();
    const remove = jest.spyOn(api, 'removeLeftovers');
    renderBerth(api, PATH);
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Delete RoleBinding team-a/berth:view:search…' },
        FIRST_RENDER,
      ),
    );
    expect(remove).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await waitFor(() =>
      expect(
        screen.queryByRole('heading', { name: 'Left from before a restore' }),
      ).not.toBeInTheDocument(),
    );
    expect(remove).toHaveBeenCalledWith('prod01', { uids: ['uid-left'] });
  });

  it('takes over the namespaces of a former registration', async () => {
    const api = apiPlanning();
    const takeOver = jest.spyOn(api, 'takeOver');
    renderBerth(api, PATH);
    expect(
      await screen.findByText(
        '2 namespaces belong to “old-prod”, a former registration of this cluster',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Take over…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Namespaces: payments, search')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Take over' }));
    await waitFor(() =>
      expect(screen.queryByText(/former registration/)).not.toBeInTheDocument(),
    );
    expect(takeOver).toHaveBeenCalledWith('prod01', {
      formerId: '01JDKXFORMER00000000000000',
    });
  });

  it('names the cause if the cluster cannot be read, and does not blame the backend', async () => {
    const api = apiPlanning();
    api.plans.set('prod01', {
      ...busyPlan('prod01'),
      failure: { cause: 'TCP', message: 'No connection to 10.0.0.1:6443' },
    });
    renderBerth(api, PATH);
    const alert = await screen.findByRole('alert', {}, FIRST_RENDER);
    expect(alert).toHaveTextContent('Could not read prod01 (TCP)');
    expect(alert).toHaveTextContent('No connection to 10.0.0.1:6443');
    expect(screen.queryByText(/backend/)).not.toBeInTheDocument();
  });

  it('shows a message without changes, and when the plan cannot be loaded', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    const { unmount } = renderBerth(api, PATH);
    expect(
      await screen.findByText(
        'The cluster matches the portal',
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

  it('offers two choices if another cluster answers', async () => {
    const cluster = aCluster('prod01', {
      status: {
        state: 'Untrusted',
        cause: 'AnotherCluster',
        message: 'It is another cluster.',
        foundUid: 'uid-2',
      },
    });
    const api = new FakeBerthApi(ADMIN, [cluster]);
    const confirm = jest.spyOn(api, 'confirmRebuilt');
    renderBerth(api, '/berth/clusters/prod01');
    expect(
      await screen.findByRole(
        'link',
        { name: 'Wrong cluster: change the address' },
        FIRST_RENDER,
      ),
    ).toHaveAttribute('href', '/berth/clusters/prod01/settings');
    await userEvent.click(
      screen.getByRole('button', { name: 'It was rebuilt…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Was prod01 rebuilt?')).toBeVisible();
    expect(confirm).not.toHaveBeenCalled();
    await userEvent.click(
      dialog.getByRole('button', { name: 'It was rebuilt' }),
    );
    await waitFor(() =>
      expect(
        screen.queryByText(/Another cluster answers/),
      ).not.toBeInTheDocument(),
    );
    expect(confirm).toHaveBeenCalledWith('prod01', { kubeSystemUid: 'uid-2' });
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
