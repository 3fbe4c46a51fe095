import { screen, within } from '@testing-library/react';
import {
  ADMIN,
  FakeBerthApi,
  aCluster,
  anEntry,
  renderBerth,
} from '../../__testUtils__';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);
jest.mock('react-use/esm/useMeasure', () => ({
  __esModule: true,
  default: () => [() => {}, { width: 350 }],
}));

describe('the activity on a phone', () => {
  it('shows the time and the person in the cell of the event', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    api.activity.push(
      anEntry({ actor: 'user:default/alice', event: 'cluster-update' }),
    );
    renderBerth(api, '/berth/clusters/prod01/activity');
    const event = await screen.findByRole(
      'rowheader',
      { name: /Cluster settings changed/ },
      FIRST_RENDER,
    );
    expect(within(event).getByRole('link', { name: /alice/ })).toBeVisible();
    expect(within(event).getByText('5 minutes ago')).toBeVisible();
    expect(screen.getAllByRole('columnheader')).toHaveLength(2);
  });
});
