import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ADMIN, aCluster, aShare } from '../../../__testUtils__';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

describe('the dialog that stops sharing', () => {
  it('shows the group’s title from the catalog', async () => {
    renderTenancy({
      as: ADMIN,
      path: '/berth/clusters/gpulab/access',
      clusters: [aCluster('gpulab', { shares: [aShare('team-b')] })],
      titles: { 'group:default/team-b': 'Team B' },
    });
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Stop sharing with Team B' },
        SLOW,
      ),
    );
    expect(
      await screen.findByText('Stop sharing gpulab with Team B?'),
    ).toBeVisible();
  });
});
