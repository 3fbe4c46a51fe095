import { screen, waitFor } from '@testing-library/react';
import {
  ADMIN,
  aCluster,
  aProfile,
  FakeBerthApi,
  renderBerth,
} from '../../__testUtils__';
import { aNamespace, aPersonalNamespace } from '../../__testUtils__/namespaces';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const TITLE = 'The cluster does not support one field of the profile';
const NAMESPACE = '/berth/clusters/prod01/namespaces';

function berthWithProfile() {
  const api = new FakeBerthApi(ADMIN, [aCluster('prod01')], {
    namespaces: [
      aNamespace('prod01', 'shop', { owner: 'group:default/team-a' }),
      aPersonalNamespace('prod01', 'u-ada', 'user:default/ada'),
      aNamespace('prod01', 'legacy', { adopted: true }),
    ],
  });
  api.profiles.set('prod01', aProfile('prod01'));
  return api;
}

describe('P19 what a cluster cannot do', () => {
  it.each([['/berth/clusters/prod01/plan'], [`${NAMESPACE}/shop`]])(
    'is shown at %s, with the reason',
    async path => {
      renderBerth(berthWithProfile(), path);
      expect(await screen.findByText(TITLE, {}, FIRST_RENDER)).toBeVisible();
      expect(
        screen.getByText(/^Egress: flannel does not enforce/),
      ).toBeVisible();
    },
  );

  it('is not shown in namespaces of another kind', async () => {
    const api = berthWithProfile();
    const asked = jest.spyOn(api, 'getClusterProfile');
    renderBerth(api, `${NAMESPACE}/u-ada`);
    await waitFor(() => expect(asked).toHaveBeenCalled(), FIRST_RENDER);
    await asked.mock.results[0].value;
    expect(
      await screen.findByText('Namespace of one person', {}, FIRST_RENDER),
    ).toBeVisible();
    expect(screen.queryByText(TITLE)).not.toBeInTheDocument();
  });

  it('is not asked for a namespace that was taken over', async () => {
    const api = berthWithProfile();
    const asked = jest.spyOn(api, 'getClusterProfile');
    renderBerth(api, `${NAMESPACE}/legacy`);
    expect(
      await screen.findByText('Created in the portal', {}, FIRST_RENDER),
    ).toBeVisible();
    expect(asked).not.toHaveBeenCalled();
  });
});
