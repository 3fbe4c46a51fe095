import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADMIN,
  aCluster,
  aProfile,
  AUDITOR,
  FakeBerthApi,
  renderBerth,
  responseError,
} from '../../../__testUtils__';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const PATH = '/berth/clusters/prod01/profile';

function apiWithProfiles(access = ADMIN) {
  const api = new FakeBerthApi(access, [aCluster('prod01')]);
  api.profiles.set('prod01', aProfile('prod01'));
  api.configuredProfiles = [
    {
      name: 'isolated',
      for: 'all',
      clusters: [{ name: 'prod01', kinds: ['group'] }],
      fields: ['podSecurity'],
      written: { name: 'isolated', podSecurity: { enforce: 'baseline' } },
    },
  ];
  return api;
}

describe('the Profile tab', () => {
  it('P19 shows for each field whether the cluster supports it, and why not', async () => {
    renderBerth(apiWithProfiles(), PATH);
    const egress = await screen.findByText('Egress', {}, FIRST_RENDER);
    const line = within(egress.closest('li')!);
    expect(line.getByText('Not supported')).toBeVisible();
    expect(line.getByText(/^flannel does not enforce/)).toBeVisible();
    expect(screen.getByText('isolated')).toBeVisible();
    expect(screen.getByText('people')).toBeVisible();
    expect(
      screen.getByText(/^dev01 gets higher levels of Pod Security now/),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'See what is pending' }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/\/clusters\/prod01\/plan$/),
    );
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('previews the profiles that an admin writes, with the pods that would fail', async () => {
    const api = apiWithProfiles();
    const preview = jest.spyOn(api, 'previewProfile').mockResolvedValue({
      cluster: 'prod01',
      kinds: aProfile('prod01').kinds,
      items: [
        {
          action: 'create',
          object: {
            kind: 'NetworkPolicy',
            namespace: 'search',
            name: 'berth-egress',
          },
          groups: [],
          differences: [],
          held: false,
        },
      ],
      totalItems: 1,
      problems: [
        {
          groups: [],
          namespace: 'billing',
          cause: 'IdentityUnknown',
          message: 'group:default/billing has no IDs',
        },
      ],
      totalProblems: 4,
      podSecurity: [
        {
          namespace: 'search',
          level: 'baseline:latest',
          warnings: ['web-0: hostNetwork=true'],
          since: '2026-11-30T09:00:00.000Z',
        },
      ],
      untried: 3,
      refusedPods: [
        {
          namespace: 'billing',
          item: 'placement',
          pods: [
            { name: 'web-0', why: 'spec.nodeSelector must have pool=gpu' },
          ],
          totalPods: 6,
        },
      ],
      unreadPods: { namespaces: 2, reason: 'pods is forbidden' },
    });
    renderBerth(api, PATH);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Preview' }, FIRST_RENDER),
    );
    expect(
      await screen.findByText('Pods in one namespace would fail'),
    ).toBeVisible();
    expect(
      screen.getByText('search (baseline:latest): web-0: hostNetwork=true'),
    ).toBeVisible();
    expect(screen.getByText(/^3 more namespaces get a higher/)).toBeVisible();
    expect(screen.getByText('group:default/billing has no IDs')).toBeVisible();
    expect(screen.getByText('And 3 more problems')).toBeVisible();
    expect(
      screen.getByText('web-0: spec.nodeSelector must have pool=gpu'),
    ).toBeVisible();
    expect(screen.getByText('5 more pods')).toBeVisible();
    expect(
      screen.getByText('The pods of 2 namespaces could not be read'),
    ).toBeVisible();
    expect(
      screen.getByRole('row', { name: /NetworkPolicy search\/berth-egress/ }),
    ).toBeVisible();
    expect(preview).toHaveBeenCalledWith('prod01', {
      profiles: [{ name: 'isolated', podSecurity: { enforce: 'baseline' } }],
    });
  });

  it('shows the problem of profiles that the backend refuses', async () => {
    const api = apiWithProfiles();
    const message =
      'berth.profiles[0].podSecurity.enforce "high" must be "privileged", "baseline" or "restricted"';
    jest
      .spyOn(api, 'previewProfile')
      .mockRejectedValue(await responseError(400, message));
    renderBerth(api, PATH);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Preview' }, FIRST_RENDER),
    );
    expect(await screen.findByText(message)).toBeVisible();
  });

  it('shows auditors everything but the preview', async () => {
    renderBerth(apiWithProfiles(AUDITOR), PATH);
    expect(await screen.findByText('Egress', {}, FIRST_RENDER)).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Preview' }),
    ).not.toBeInTheDocument();
  });
});
