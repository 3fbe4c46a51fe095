import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADMIN,
  FakeBerthApi,
  MEMBER,
  aCluster,
  aShare,
  renderBerth,
} from '../__testUtils__';
import { withObjects } from '../__testUtils__/objects';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

/** Moves the focus with the Tab key until an element has it. */
async function tabTo(target: HTMLElement) {
  const passed = new Set<Element | null>();
  while (document.activeElement !== target) {
    await userEvent.tab();
    if (passed.has(document.activeElement)) {
      throw new Error(`The Tab key does not reach ${target.outerHTML}`);
    }
    passed.add(document.activeElement);
  }
}

/** Moves the focus in the row that has it with the arrows until an element has it. */
async function arrowTo(target: HTMLElement) {
  for (let step = 0; document.activeElement !== target; step++) {
    expect(step).toBeLessThan(20);
    await userEvent.keyboard('{ArrowRight}');
  }
}

/** Presses the Tab key once around a dialog, in a direction, and expects the focus to stay in the dialog. */
async function expectTrapped(dialog: HTMLElement, shift: boolean) {
  const seen = new Set<Element | null>();
  do {
    seen.add(document.activeElement);
    await userEvent.tab({ shift });
    expect(dialog).toContainElement(document.activeElement as HTMLElement);
  } while (!seen.has(document.activeElement));
  expect(seen.size).toBeGreaterThan(1);
}

async function expectClosed() {
  await waitFor(() =>
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
  );
}

const shared = () => aCluster('prod01', { shares: [aShare('team-a')] });

describe('J24 with the keyboard alone', () => {
  it('keeps the focus in a dialog, and returns it to the button', async () => {
    renderBerth(
      new FakeBerthApi(ADMIN, [shared()]),
      '/berth/clusters/prod01/access',
    );
    const name = 'Stop sharing with team-a';
    const opener = await screen.findByRole('button', { name }, FIRST_RENDER);
    await tabTo(opener.closest<HTMLElement>('[role=row]')!);
    await arrowTo(opener);
    for (const close of ['{Escape}', '{Enter}']) {
      await userEvent.keyboard('{Enter}');
      const dialog = await screen.findByRole('dialog');
      await waitFor(() =>
        expect(dialog).toContainElement(document.activeElement as HTMLElement),
      );
      await expectTrapped(dialog, false);
      await expectTrapped(dialog, true);

      if (close === '{Enter}') {
        await tabTo(within(dialog).getByRole('button', { name: 'Cancel' }));
      }
      await userEvent.keyboard(close);
      await expectClosed();
      await waitFor(() => expect(opener).toHaveFocus());
    }
  });

  it('returns the focus to the button of the menu that opened a dialog', async () => {
    renderBerth(
      withObjects(new FakeBerthApi(ADMIN)),
      '/berth/clusters/staging/objects/apps/deployments/shop/shop',
    );
    const opener = await screen.findByRole(
      'button',
      { name: /^Actions for/ },
      FIRST_RENDER,
    );
    await tabTo(opener);
    await userEvent.keyboard('{Enter}');
    const item = await screen.findByRole('menuitem', { name: 'Scale…' });
    while (document.activeElement !== item) {
      await userEvent.keyboard('{ArrowDown}');
    }
    await userEvent.keyboard('{Enter}');
    await expectTrapped(await screen.findByRole('dialog'), false);

    await userEvent.keyboard('{Escape}');
    await expectClosed();
    await waitFor(() => expect(opener).toHaveFocus());
  });

  it('goes through a table with the arrows, and follows a link', async () => {
    renderBerth(
      new FakeBerthApi(ADMIN, [aCluster('alpha'), aCluster('beta')]),
      '/berth/clusters',
    );
    const link = await screen.findByTitle('alpha', {}, FIRST_RENDER);
    const rows = [link, screen.getByTitle('beta')].map(
      one => one.closest<HTMLElement>('[role=row]')!,
    );
    await tabTo(rows[0]);
    await userEvent.keyboard('{ArrowDown}');
    expect(rows[1]).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    expect(rows[0]).toHaveFocus();

    await arrowTo(link);
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByRole('heading', { name: 'alpha' })).toBeVisible();
  });

  it('explains a disabled button that has the focus', async () => {
    renderBerth(new FakeBerthApi(MEMBER, [shared()]), '/berth/clusters');
    const button = await screen.findByRole(
      'button',
      { name: 'Add cluster' },
      FIRST_RENDER,
    );
    await tabTo(button);
    const tooltip = await screen.findByRole('tooltip');
    expect(tooltip).toHaveTextContent('Only platform admins can add clusters.');
    expect(button).toHaveAccessibleDescription(tooltip.textContent!);
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('heading', { name: 'Clusters' })).toBeVisible();
  });
});
