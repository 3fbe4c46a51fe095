import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ADMIN, MEMBER, aCluster } from '../../__testUtils__/fixtures';
import { FakeBerthApi } from '../../__testUtils__/FakeBerthApi';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import { aHome, aQuota } from '../../__testUtils__/namespaces';
import { renderTenancy } from '../../__testUtils__/renderTenancy';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const clusters = [aCluster('prod01'), aCluster('gpu01')];
const namespaces = [
  aHome('prod01', 'calm', {
    quota: aQuota({
      hard: { 'requests.cpu': '50' },
      used: { 'requests.cpu': '1' },
    }),
  }),
  aHome('prod01', 'tight', {
    quota: aQuota({
      hard: { 'requests.cpu': '10' },
      used: { 'requests.cpu': '10' },
    }),
  }),
  aHome('prod01', 'free'),
];

describe('the quotas', () => {
  it('shows promised amounts, over-commit, and unbounded namespaces first', async () => {
    renderTenancy({
      as: ADMIN,
      path: '/berth/quotas?cluster=prod01',
      clusters,
      namespaces,
    });
    const cpu = within(await screen.findByRole('row', { name: /^CPU/ }, SLOW));
    expect(cpu.getAllByRole('cell').map(cell => cell.textContent)).toEqual([
      '40 vCPU',
      '60 vCPU',
      '11 vCPU',
      '1.50×',
    ]);
    const memory = within(screen.getByRole('row', { name: /^Memory/ }));
    expect(memory.getAllByRole('cell').map(cell => cell.textContent)).toEqual([
      '160 GiB',
      'no quota',
      'no quota',
      'no quota',
    ]);
    expect(screen.getByText(/One namespace has no quota/)).toBeVisible();
    const names = within(screen.getByRole('grid')).getAllByRole('rowheader');
    expect(names.map(name => name.textContent)).toEqual([
      'free',
      'tight',
      'calm',
    ]);
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('edits next to the list, which keeps its place', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces });
    renderTenancy({
      as: ADMIN,
      path: '/berth/quotas?cluster=prod01',
      berth,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Edit quota of calm' }, SLOW),
    );
    const panel = within(
      await screen.findByRole('dialog', { name: 'Quota of calm' }, SLOW),
    );
    const field = await panel.findByRole(
      'textbox',
      { name: 'CPU requests' },
      SLOW,
    );
    await userEvent.clear(field);
    await userEvent.type(field, '20');
    expect(panel.getByText(/over-commit 1.50× → 0.75×/)).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
    await userEvent.click(panel.getByRole('button', { name: 'Save quota' }));
    await waitFor(
      () =>
        expect(
          berth.namespaces.get('prod01/calm')?.quota?.hard['requests.cpu'],
        ).toBe('20'),
      SLOW,
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), SLOW);
    expect(
      screen.getByRole('button', { name: 'Edit quota of calm' }),
    ).toBeVisible();
  });

  it('opens the quota that the address names, and asks before dropping a change', async () => {
    const confirm = jest.spyOn(window, 'confirm').mockReturnValue(false);
    renderTenancy({
      as: ADMIN,
      path: '/berth/quotas?cluster=prod01&edit=calm',
      clusters,
      namespaces,
    });
    const panel = within(
      await screen.findByRole('dialog', { name: 'Quota of calm' }, SLOW),
    );
    await userEvent.type(
      await panel.findByRole('textbox', { name: 'CPU requests' }, SLOW),
      '0',
    );
    await userEvent.keyboard('{Escape}');
    expect(confirm).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('dialog')).toBeVisible();
    confirm.mockReturnValue(true);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), SLOW);
    confirm.mockRestore();
  });

  it('is for platform admins', async () => {
    renderTenancy({ as: MEMBER, path: '/berth/quotas', clusters });
    expect(
      await screen.findByText('Only platform admins can see this', {}, SLOW),
    ).toBeVisible();
  });

  it('asks for a cluster if there is none', async () => {
    renderTenancy({ as: ADMIN, path: '/berth/quotas' });
    expect(await screen.findByText('No clusters yet', {}, SLOW)).toBeVisible();
  });
});
