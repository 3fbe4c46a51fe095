import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADMIN,
  AUDITOR,
  FakeBerthApi,
  ISSUER,
  MEMBER,
  aCluster,
  aShare,
  renderBerth,
  fieldsError,
  responseError,
} from '../__testUtils__';
import { aGrant, aHome, aNamespace, aQuota } from '../__testUtils__/namespaces';
import { renderTenancy } from '../__testUtils__/renderTenancy';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const findText = (text: string | RegExp) =>
  screen.findByText(text, {}, FIRST_RENDER);

describe('ClusterPage', () => {
  it('shows the problem of a cluster, its cause, and where to fix it', async () => {
    const cluster = aCluster('prod01', {
      status: {
        state: 'Unauthorized',
        cause: 'Unauthorized',
        message: 'The API server does not know the issuer.',
      },
    });
    renderBerth(new FakeBerthApi(ADMIN, [cluster]), '/berth/clusters/prod01');

    expect(
      await findText('The API server refuses the portal’s token'),
    ).toBeVisible();
    expect(
      screen.getByText('The API server does not know the issuer.'),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Open Onboarding' }),
    ).toHaveAttribute('href', '/berth/clusters/prod01/onboarding');
    expect(screen.getByText(/These figures are from/)).toBeVisible();
    expect(screen.getByText(cluster.id)).toBeVisible();
  });

  it('shows the over-commit and the shares that are not in effect yet', async () => {
    renderTenancy({
      as: ADMIN,
      path: '/berth/clusters/prod01',
      clusters: [
        aCluster('prod01', {
          shares: [aShare('team-a'), aShare('team-b', { state: 'Pending' })],
        }),
      ],
      namespaces: [aNamespace('prod01', 'shop', { quota: aQuota() })],
    });
    expect(await findText('Committed on prod01')).toBeVisible();
    expect(screen.getByText(/1 of 2 groups have access/)).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'See what is pending' }),
    ).toHaveAttribute('href', '/berth/clusters/prod01/plan');
  });

  it('links to its namespaces and quotas', async () => {
    renderTenancy({
      as: ADMIN,
      path: '/berth/clusters/prod01/namespaces',
      clusters: [aCluster('prod01'), aCluster('edge17')],
      namespaces: [aNamespace('prod01', 'shop'), aNamespace('edge17', 'till')],
    });
    const row = within(
      await screen.findByRole('row', { name: /shop/ }, FIRST_RENDER),
    );
    expect(row.getByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      '/berth/clusters/prod01/namespaces/shop',
    );
    expect(screen.queryByText('till')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('link', { name: 'Quotas' }));
    expect(await findText('No quota')).toBeVisible();
  });

  it('shows members their own namespaces, and no quotas of others', async () => {
    renderTenancy({
      as: MEMBER,
      path: '/berth/clusters/prod01/namespaces',
      clusters: [aCluster('prod01', { shares: [aShare('team-a')] })],
      namespaces: [
        aHome('prod01', 'team-a'),
        aNamespace('prod01', 'theirs', { grants: [aGrant('payments')] }),
      ],
    });
    expect(
      await screen.findByRole('rowheader', { name: /team-a/ }, FIRST_RENDER),
    ).toBeVisible();
    expect(screen.queryByText('theirs')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Create namespace' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Quotas' }),
    ).not.toBeInTheDocument();
  });

  it('shows auditors what admins see, and lets auditors change nothing', async () => {
    renderTenancy({
      as: AUDITOR,
      path: '/berth/clusters/prod01/namespaces',
      clusters: [aCluster('prod01', { shares: [aShare('team-a')] })],
      namespaces: [
        aNamespace('prod01', 'theirs', { grants: [aGrant('payments')] }),
      ],
    });
    expect(
      await screen.findByRole('row', { name: /theirs/ }, FIRST_RENDER),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Create namespace' }),
    ).toHaveAttribute('aria-disabled', 'true');
    expect(
      screen.queryByRole('link', { name: 'Settings' }),
    ).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('link', { name: 'Quotas' }));
    expect(
      await screen.findByRole('button', { name: /theirs/ }, FIRST_RENDER),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('greys checks that are older than the state of the cluster', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    await api.runChecks('prod01');
    const since = new Date(Date.now() + 60_000).toISOString();
    api.clusters.set(
      'prod01',
      aCluster('prod01', {
        status: { state: 'Unreachable', cause: 'TCP', message: 'Gone.', since },
      }),
    );
    renderBerth(api, '/berth/clusters/prod01');
    expect(
      await findText(/^The state of the cluster has changed/),
    ).toBeVisible();
    expect(screen.getByText('Host name').closest('ul')).toHaveAttribute(
      'data-outdated',
      'true',
    );
  });

  it('shows a cluster that was never connected as being set up', async () => {
    const cluster = aCluster('prod01', {
      status: {
        state: 'Unauthorized',
        cause: 'Unauthorized',
        message: 'Do step 2.',
        lastSeenAt: undefined,
      },
    });
    renderBerth(new FakeBerthApi(ADMIN, [cluster]), '/berth/clusters/prod01');
    expect(
      (await screen.findAllByText('Setting up', {}, FIRST_RENDER))[0],
    ).toBeVisible();
    expect(screen.queryByText('Unauthorized')).not.toBeInTheDocument();
  });

  it('distinguishes a missing cluster from one that cannot be read', async () => {
    const { unmount } = renderBerth(
      new FakeBerthApi(ADMIN, []),
      '/berth/clusters/nope',
    );
    expect(await findText('There is no cluster "nope"')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Back to the clusters' }),
    ).toHaveAttribute('href', '/berth/clusters');
    unmount();

    const api = new FakeBerthApi(ADMIN, []);
    jest
      .spyOn(api, 'getCluster')
      .mockRejectedValue(await responseError(503, 'Database away'));
    renderBerth(api, '/berth/clusters/nope');
    expect(await findText('Not available right now')).toBeVisible();
  });

  it('shows members the tabs that they can use, and why the others are closed', async () => {
    const cluster = aCluster('prod01', { shares: [aShare('team-a')] });
    renderBerth(
      new FakeBerthApi(MEMBER, [cluster]),
      '/berth/clusters/prod01/settings',
    );
    expect(await findText('Only platform admins can see this')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Access' })).toBeVisible();
    expect(
      screen.queryByRole('link', { name: 'Onboarding' }),
    ).not.toBeInTheDocument();
  });
});

describe('the Access tab', () => {
  const cluster = aCluster('prod01', {
    shares: [
      aShare('team-a'),
      aShare('zeta', {
        state: 'Failed',
        cause: 'Terminating',
        message: 'The namespace is being deleted.',
        // Long enough that the number of hours stays the same during the test.
        nextTryAt: new Date(Date.now() + 2.5 * 3_600_000).toISOString(),
      }),
    ],
  });

  it('shows the shares, failed ones first with their cause', async () => {
    renderBerth(
      new FakeBerthApi(ADMIN, [cluster]),
      '/berth/clusters/prod01/access',
    );
    expect(await findText('The namespace is being deleted.')).toBeVisible();
    expect(screen.getByText(/^Next try/)).toHaveTextContent('in 2 hours');
    const headers = screen.getAllByRole('rowheader');
    expect(headers.map(header => header.textContent)).toEqual([
      'zeta',
      'team-a',
    ]);
  });

  it('shares with a group of the catalog and follows it until it is ready', async () => {
    const api = new FakeBerthApi(ADMIN, [cluster]);
    const addShare = jest.spyOn(api, 'addShare');
    renderBerth(api, '/berth/clusters/prod01/access', {
      groups: ['team-a', 'team-b'],
    });

    const input = await screen.findByRole(
      'combobox',
      { name: 'Group' },
      FIRST_RENDER,
    );
    await userEvent.type(input, 'team-b');
    await userEvent.click(
      await screen.findByRole('option', { name: /team-b/ }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Share cluster' }),
    );

    const row = within(await screen.findByRole('row', { name: /team-b/ }));
    expect(row.getByText('Pending')).toBeVisible();
    expect(addShare).toHaveBeenCalledWith('prod01', {
      group: 'group:default/team-b',
    });

    const pending = api.clusters.get('prod01')!;
    api.clusters.set('prod01', {
      ...pending,
      shares: pending.shares.map(share => ({ ...share, state: 'Ready' })),
    });
    await waitFor(
      () =>
        expect(
          within(screen.getByRole('row', { name: /team-b/ })).getByText(
            'Ready',
          ),
        ).toBeVisible(),
      { timeout: 30_000 },
    );
  });

  it('asks for a Kubernetes name if the group’s own name cannot be used', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    const addShare = jest.spyOn(api, 'addShare');
    renderBerth(api, '/berth/clusters/prod01/access', {
      groups: ['data_science'],
    });

    const input = await screen.findByRole(
      'combobox',
      { name: 'Group' },
      FIRST_RENDER,
    );
    await userEvent.type(input, 'data');
    await userEvent.click(
      await screen.findByRole('option', { name: /data_science/ }),
    );
    await userEvent.type(
      await screen.findByRole('textbox', { name: 'Kubernetes name' }),
      'data-science',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Share cluster' }),
    );
    await waitFor(() =>
      expect(addShare).toHaveBeenCalledWith('prod01', {
        group: 'group:default/data_science',
        name: 'data-science',
      }),
    );
  });

  it('takes over all groups that were created again in the catalog, in one step', async () => {
    const shares = ['team-a', 'team-b', 'team-c'].map(name => ({
      ...aShare(name),
      groupUid: name === 'team-c' ? 'uid-team-c' : 'uid-of-the-former',
    }));
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01', { shares })]);
    const setShares = jest.spyOn(api, 'setShares');
    renderBerth(api, '/berth/clusters/prod01/access', {
      groups: ['team-a', 'team-b', 'team-c'],
    });
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Take over 2 groups…' },
        FIRST_RENDER,
      ),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('team-a, team-b')).toBeVisible();
    expect(setShares).not.toHaveBeenCalled();
    await userEvent.click(dialog.getByRole('button', { name: 'Take over' }));
    await waitFor(() =>
      expect(setShares).toHaveBeenCalledWith(
        'prod01',
        {
          groups: shares.map(({ group }) => group),
          takeOver: ['group:default/team-a', 'group:default/team-b'],
        },
        { etag: expect.any(String) },
      ),
    );
  });

  it('lets a group that was created again take over only if the admin chooses so', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    const addShare = jest.spyOn(api, 'addShare').mockRejectedValueOnce(
      await responseError(409, 'group:default/team-b was made again', [
        {
          path: ['takeOver'],
          message: 'group:default/team-b was made again',
        },
      ]),
    );
    renderBerth(api, '/berth/clusters/prod01/access', { groups: ['team-b'] });
    const input = await screen.findByRole(
      'combobox',
      { name: 'Group' },
      FIRST_RENDER,
    );
    await userEvent.type(input, 'team-b');
    await userEvent.click(
      await screen.findByRole('option', { name: /team-b/ }),
    );
    const share = screen.getByRole('button', { name: 'Share cluster' });
    await userEvent.click(share);
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /of the former group/ }),
    );
    expect(
      screen.queryByRole('textbox', { name: 'Kubernetes name' }),
    ).not.toBeInTheDocument();
    await userEvent.click(share);
    await waitFor(() =>
      expect(addShare).toHaveBeenLastCalledWith('prod01', {
        group: 'group:default/team-b',
        takeOver: true,
      }),
    );
  });

  it('removes a share only after showing the effects, and keeps new shares of others', async () => {
    const api = new FakeBerthApi(ADMIN, [cluster]);
    renderBerth(api, '/berth/clusters/prod01/access');
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Stop sharing with team-a' },
        FIRST_RENDER,
      ),
    );

    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(
        'Berth deletes the RoleBinding. The namespace team-a and everything in it stays.',
      ),
    ).toBeVisible();
    expect(
      dialog.getByText('Tokens already issued work for at most 10 minutes.'),
    ).toBeVisible();

    const shares = [...cluster.shares, aShare('added-meanwhile')];
    api.clusters.set('prod01', { ...cluster, shares });
    await userEvent.click(dialog.getByRole('button', { name: 'Stop sharing' }));

    await waitFor(() =>
      expect(
        api.clusters.get('prod01')?.shares.map(({ group }) => group),
      ).toEqual(['group:default/zeta', 'group:default/added-meanwhile']),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('is read-only for members', async () => {
    renderBerth(
      new FakeBerthApi(MEMBER, [cluster]),
      '/berth/clusters/prod01/access',
    );
    expect(
      await findText('You see the shares of your groups only.'),
    ).toBeVisible();
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /^Stop sharing/ }),
    ).not.toBeInTheDocument();
  });
});

describe('the Onboarding tab', () => {
  const at = (path: string) => `/berth/clusters/prod01/onboarding${path}`;
  const REFUSED = {
    state: 'Unauthorized',
    cause: 'Unauthorized',
    message: 'The API server does not know the issuer.',
  } as const;

  it('shows the steps for the guessed distribution, with this cluster’s id, and the manifest', async () => {
    const cluster = aCluster('prod01', {
      status: { ...REFUSED, version: 'v1.34.0+k3s1' },
    });
    renderBerth(new FakeBerthApi(ADMIN, [cluster]), at(''));
    const flags = await screen.findByRole(
      'region',
      { name: 'Start the API server with these flags (k3s)' },
      FIRST_RENDER,
    );
    expect(flags).toHaveTextContent(`--oidc-issuer-url=${ISSUER}`);
    expect(flags).toHaveTextContent(`--oidc-client-id=${cluster.id}`);
    expect(screen.getByText(/They name the issuer and the id/)).toBeVisible();
    expect(
      await screen.findByRole('region', { name: 'berth-prod01.yaml' }),
    ).toHaveTextContent('kind: ClusterRole');
    expect(
      screen.getByText('kubectl apply -f berth-prod01.yaml'),
    ).toBeVisible();
  });

  it('keeps the chosen distribution in the address, with its notes', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01', { status: REFUSED }),
    ]);
    const { unmount } = renderBerth(api, at('?distribution=eks'));
    expect(
      await findText('EKS takes one identity provider for each cluster.'),
    ).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: /What runs the cluster/ }),
    );
    await userEvent.click(await screen.findByRole('option', { name: 'RKE2' }));
    expect(
      await screen.findByRole('region', { name: /\(rke2\)/ }),
    ).toBeVisible();
    unmount();

    renderBerth(api, at('?distribution=nonsense'));
    expect(
      await screen.findByRole(
        'region',
        { name: /\(authentication-config\)/ },
        FIRST_RENDER,
      ),
    ).toBeVisible();
  });

  it('shows one manifest in a guide for another connection, and how to change it', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01', { status: REFUSED }),
    ]);
    renderBerth(api, at('?distribution=gke'));
    expect(
      await findText(
        'Google Kubernetes Engine needs another connection than this cluster has',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Change the connection' }),
    ).toHaveAttribute('href', '/berth/clusters/prod01/settings');
    expect(
      screen
        .getAllByRole('region')
        .map(region => region.getAttribute('aria-label'))
        .filter(label => !label?.includes('notifications')),
    ).toEqual([
      'berth-prod01.yaml',
      'Apply it as an admin of the cluster',
      'Create a first token',
    ]);
    expect(screen.getByText('Step 2 includes the manifest.')).toBeVisible();
  });

  it('guesses by the version that the portal read, and keeps the guess', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01', { status: { ...REFUSED, version: undefined } }),
    ]);
    const guide = await api.getOnboarding('prod01', 'manifest');
    jest
      .spyOn(api, 'getOnboarding')
      .mockResolvedValueOnce({ ...guide, version: 'v1.33.1' });
    renderBerth(api, at(''));
    const steps = { name: /\(authentication-config\)/ };
    expect(
      await screen.findByRole('region', steps, FIRST_RENDER),
    ).toBeVisible();
    api.clusters.set(
      'prod01',
      aCluster('prod01', { status: { version: 'v1.33.1+k3s1' } }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
    expect(await findText('This cluster trusts the portal')).toBeVisible();
    expect(await screen.findByRole('region', steps)).toBeVisible();
  });

  it('passes automatically as soon as the cluster is fixed', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01', { status: REFUSED }),
    ]);
    const run = jest.spyOn(api, 'runChecks');
    renderBerth(api, at(''));
    expect(await findText('1 of 12 checks failed')).toBeVisible();
    const failed = screen.getByText(/^Fix:/).closest('li')!;
    expect(failed).toHaveTextContent(
      'The API server does not know the issuer.',
    );
    expect(screen.getAllByText('Not checked')).toHaveLength(6);

    api.clusters.set('prod01', aCluster('prod01'));
    expect(
      await screen.findByText('All 12 checks passed', {}, { timeout: 30_000 }),
    ).toBeVisible();
    expect(run).toHaveBeenCalledTimes(2);
    expect(screen.getByText('This cluster trusts the portal')).toBeVisible();
    expect(screen.getByText('One earlier run')).toBeVisible();
  });

  it('refreshes on request, and not automatically if all checks pass', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    const run = jest.spyOn(api, 'runChecks');
    renderBerth(api, at(''));
    expect(await findText('Not checked yet.')).toBeVisible();
    expect(run).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
    expect(await findText('All 12 checks passed')).toBeVisible();
  });

  it('collapses earlier runs, until a person opens them', async () => {
    renderBerth(new FakeBerthApi(ADMIN, [aCluster('prod01')]), at(''));
    const show = await screen.findByRole(
      'button',
      { name: 'Show the step “Apply the manifest”' },
      FIRST_RENDER,
    );
    expect(
      screen.queryByRole('region', { name: 'berth-prod01.yaml' }),
    ).not.toBeInTheDocument();
    await userEvent.click(show);
    expect(
      await screen.findByRole('region', { name: 'berth-prod01.yaml' }),
    ).toBeVisible();
  });

  it('adds the policy pack to the manifest on request', async () => {
    renderBerth(new FakeBerthApi(ADMIN, [aCluster('prod01')]), at(''));
    const show = await screen.findByRole(
      'button',
      { name: 'Show the step “Apply the manifest”' },
      FIRST_RENDER,
    );
    await userEvent.click(show);
    const manifest = { name: 'berth-prod01.yaml' };
    expect(await screen.findByRole('region', manifest)).not.toHaveTextContent(
      'identity.berth.dev',
    );
    const pack = () => screen.findByRole('checkbox', { name: /^Policy pack/ });
    await userEvent.click(await pack());
    expect(await findText(/identity.berth.dev/)).toBeVisible();
    expect(await pack()).toBeChecked();
    await userEvent.click(await pack());
    expect(await screen.findByRole('region', manifest)).not.toHaveTextContent(
      'identity.berth.dev',
    );
  });

  it('shows why the checks could not run, and keeps the earlier results', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    await api.runChecks('prod01');
    jest
      .spyOn(api, 'runChecks')
      .mockRejectedValue(await responseError(503, 'The database is away'));
    renderBerth(api, at(''));
    await findText('All 12 checks passed');
    await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
    expect(await findText('Could not check the cluster')).toBeVisible();
    expect(screen.getByText('The database is away')).toBeVisible();
    expect(screen.getByText('All 12 checks passed')).toBeVisible();
  });

  it('shows an error when the steps cannot be read, and reads them again', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01', { status: REFUSED }),
    ]);
    jest
      .spyOn(api, 'getOnboarding')
      .mockRejectedValueOnce(await responseError(503, 'Not now'))
      .mockRejectedValueOnce(await responseError(503, 'Not now'));
    renderBerth(api, at(''));
    expect(await findText('Could not load the steps')).toBeVisible();
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Try again' })[0],
    );
    expect(
      await screen.findByRole('region', { name: /Start the API server/ }),
    ).toBeVisible();
  });

  it('links to the settings while the cluster cannot be reached', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01', {
        status: { state: 'Unreachable', cause: 'DNS', message: 'No address.' },
      }),
    ]);
    renderBerth(api, at(''));
    const where = await screen.findByRole(
      'heading',
      { name: 'Address of the cluster (current step)' },
      FIRST_RENDER,
    );
    expect(where).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Change settings' }),
    ).toHaveAttribute('href', '/berth/clusters/prod01/settings');
  });
});

describe('the Settings tab', () => {
  it('sends only changes', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    const update = jest.spyOn(api, 'updateCluster');
    renderBerth(api, '/berth/clusters/prod01/settings');

    const save = await screen.findByRole(
      'button',
      { name: 'Save settings' },
      FIRST_RENDER,
    );
    expect(save).toHaveAttribute('aria-disabled', 'true');
    await userEvent.type(
      screen.getByRole('textbox', { name: /^Title/ }),
      'Production',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Save settings' }),
    );
    await waitFor(() =>
      expect(update).toHaveBeenCalledWith(
        'prod01',
        { title: 'Production' },
        { etag: '"1"' },
      ),
    );
    expect(await findText('Settings saved')).toBeInTheDocument();
  });

  it('shows what another admin saved in the meantime, and keeps the changes of both', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01', { title: 'Old' })]);
    renderBerth(api, '/berth/clusters/prod01/settings');
    const title = await screen.findByRole(
      'textbox',
      { name: /^Title/ },
      FIRST_RENDER,
    );
    await userEvent.clear(title);
    await userEvent.type(title, 'Mine');
    await api.updateCluster('prod01', {
      title: 'Theirs',
      labels: { stage: 'production' },
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Save settings' }),
    );

    expect(await findText('Someone else changed these settings')).toBeVisible();
    expect(
      screen.getByText('Title: from “Old” to “Theirs”. You typed “Mine”.'),
    ).toBeVisible();
    expect(
      screen.getByText('Labels: from nothing to “stage=production”.'),
    ).toBeVisible();
    expect(title).toHaveValue('Mine');
    expect(api.clusters.get('prod01')?.title).toBe('Theirs');

    await userEvent.click(
      screen.getByRole('button', { name: 'Save settings' }),
    );
    await waitFor(() =>
      expect(api.clusters.get('prod01')).toMatchObject({
        title: 'Mine',
        labels: { stage: 'production' },
      }),
    );
  });

  it('shows a refusal without a field above the form', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    const message =
      'The portal cannot check whether the cluster at https://127.0.0.1:1 is the same as "prod01": nothing listens on that port';
    jest
      .spyOn(api, 'updateCluster')
      .mockRejectedValueOnce(await responseError(409, message));
    renderBerth(api, '/berth/clusters/prod01/settings');
    const title = await screen.findByRole(
      'textbox',
      { name: /^Title/ },
      FIRST_RENDER,
    );
    await userEvent.type(title, 'Moved');
    await userEvent.click(
      screen.getByRole('button', { name: 'Save settings' }),
    );
    const alert = await screen.findByRole('alert');
    expect(
      within(alert).getByText('The settings were not saved'),
    ).toBeVisible();
    expect(within(alert).getByText(message)).toBeVisible();
    expect(
      // eslint-disable-next-line no-bitwise
      alert.compareDocumentPosition(title) & Node.DOCUMENT_POSITION_FOLLOWING,
    ).toBeTruthy();
    expect(title).toHaveValue('Moved');
  });

  it('shows the refusal of a nested setting at its field, and opens it', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    jest
      .spyOn(api, 'updateCluster')
      .mockRejectedValueOnce(
        await fieldsError(400, [
          'nodePlacement["tolerations"][0]["effect"] "Never" must be "NoSchedule"',
          'nodePlacement',
          'tolerations',
          0,
          'effect',
        ]),
      );
    renderBerth(api, '/berth/clusters/prod01/settings');
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: /Workload defaults/ },
        FIRST_RENDER,
      ),
    );
    await userEvent.click(
      screen.getByRole('textbox', { name: /^Tolerations/ }),
    );
    await userEvent.paste('- key: a\n  operator: Exists\n  effect: Never');
    await userEvent.click(
      screen.getByRole('button', { name: /Workload defaults/ }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Save settings' }),
    );
    const tolerations = await screen.findByRole('textbox', {
      name: /^Tolerations/,
    });
    await waitFor(() => expect(tolerations).toHaveFocus());
    expect(tolerations).toHaveAccessibleDescription(/"Never" must be/);
  });

  it('shows where to change a cluster of the configuration, and offers no change', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01', { owner: 'config', namespacePrefix: 'team-' }),
    ]);
    renderBerth(api, '/berth/clusters/prod01/settings');
    expect(
      await findText('These settings are in the portal’s configuration'),
    ).toBeVisible();
    expect(
      screen.getByText(/under berth.clusters, at the entry prod01/),
    ).toBeVisible();
    expect(screen.getByText('team-')).toBeVisible();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Remove cluster' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('lists the objects that stay on the cluster, and cleans up on request', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01', { shares: [aShare('team-a')] }),
    ]);
    const remove = jest.spyOn(api, 'deleteCluster');
    renderBerth(api, '/berth/clusters/prod01/settings');
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Remove cluster' },
        FIRST_RENDER,
      ),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText('RoleBinding team-a/berth:admin:team-a'),
    ).toBeVisible();
    expect(dialog.getByText('Namespace team-a')).toBeVisible();
    await userEvent.click(dialog.getByRole('checkbox'));
    await userEvent.type(dialog.getByRole('textbox'), 'prod01');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Clean up and remove cluster' }),
    );
    await waitFor(() =>
      expect(remove).toHaveBeenCalledWith('prod01', { cleanUp: true }),
    );
  });

  it('offers no clean-up on an unreachable cluster', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01', {
        shares: [aShare('team-a')],
        status: { state: 'Unreachable', cause: 'TCP', message: 'No route.' },
      }),
    ]);
    renderBerth(api, '/berth/clusters/prod01/settings');
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Remove cluster' },
        FIRST_RENDER,
      ),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('No route.')).toBeVisible();
    expect(dialog.getByRole('checkbox')).toBeDisabled();
  });

  it('removes the cluster only after its name was typed', async () => {
    const api = new FakeBerthApi(ADMIN, [
      aCluster('prod01'),
      aCluster('other'),
    ]);
    renderBerth(api, '/berth/clusters/prod01/settings');
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Remove cluster' },
        FIRST_RENDER,
      ),
    );

    const dialog = within(await screen.findByRole('dialog'));
    const confirm = () =>
      dialog.getByRole('button', { name: 'Remove cluster' });
    await userEvent.type(dialog.getByRole('textbox'), 'prod0');
    expect(confirm()).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(confirm());
    expect(api.clusters.has('prod01')).toBe(true);

    await userEvent.type(dialog.getByRole('textbox'), '1');
    await userEvent.click(confirm());
    expect(
      await screen.findByRole('rowheader', { name: 'other' }, FIRST_RENDER),
    ).toBeVisible();
    expect(api.clusters.has('prod01')).toBe(false);
  });
});
