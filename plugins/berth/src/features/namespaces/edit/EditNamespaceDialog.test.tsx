import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import {
  ADMIN,
  MEMBER,
  aCluster,
  aShare,
} from '../../../__testUtils__/fixtures';
import { FakeBerthApi } from '../../../__testUtils__/FakeBerthApi';
import {
  aGrant,
  aHome,
  aNamespace,
  aPersonalNamespace,
} from '../../../__testUtils__/namespaces';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';
import {
  fieldsError,
  responseError,
} from '../../../__testUtils__/responseError';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const SHOP = '/berth/clusters/prod01/namespaces/shop';
const shop = aNamespace('prod01', 'shop', {
  owner: 'group:default/payments',
  purpose: 'The shop',
  grants: [aGrant('team-a')],
});

const clusters = [aCluster('prod01', { shares: [aShare('team-a')] })];

function render(options: Partial<Parameters<typeof renderTenancy>[0]> = {}) {
  return renderTenancy({
    as: ADMIN,
    path: SHOP,
    clusters,
    groups: ['payments', 'team-b'],
    systems: ['sales'],
    namespaces: [shop],
    ...options,
  });
}

async function open() {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Edit' }, SLOW),
  );
  return within(await screen.findByRole('dialog'));
}

async function pick(label: string, typed: string, option: RegExp) {
  const field = screen.getByRole('combobox', { name: new RegExp(label) });
  await userEvent.clear(field);
  await userEvent.type(field, typed);
  await userEvent.click(
    await screen.findByRole('option', { name: option }, SLOW),
  );
}

async function retype(text: string) {
  const field = screen.getByRole('textbox', { name: /Purpose/ });
  await userEvent.clear(field);
  if (text) {
    await userEvent.type(field, text);
  }
}

const save = () =>
  userEvent.click(screen.getByRole('button', { name: 'Save' }));
const kept = (berth: FakeBerthApi) => {
  const now = berth.namespaces.get('prod01/shop');
  return [now?.owner, now?.system, now?.purpose];
};

describe('the dialog that edits a namespace', () => {
  it('shows the effects, and saves only changes', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces: [shop] });
    const update = jest.spyOn(berth, 'updateNamespace');
    render({ berth });
    const dialog = await open();
    expect(dialog.getByRole('button', { name: 'Save' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await pick('Owner', 'team-b', /team-b/);
    await pick('System', 'sales', /sales/);
    expect(dialog.getByText(/^team-b becomes responsible/)).toBeVisible();
    expect(
      dialog.getByText(/^payments is no longer responsible/),
    ).toBeVisible();
    expect(
      dialog.getByText(/^The catalog shows the namespace as part of sales/),
    ).toBeVisible();
    expect(dialog.getByText(/Nobody gains or loses a role/)).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);

    await save();
    await waitFor(
      () => expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      SLOW,
    );
    expect(update).toHaveBeenCalledWith(
      { cluster: 'prod01', namespace: 'shop' },
      { owner: 'group:default/team-b', system: 'system:default/sales' },
      { etag: expect.any(String) },
    );
    expect(
      await screen.findByRole('link', { name: 'sales' }, SLOW),
    ).toBeVisible();
  });

  it('removes owner, system and purpose', async () => {
    const part = { ...shop, system: 'system:default/sales' };
    const { berth } = render({ namespaces: [part] });
    const dialog = await open();
    for (const name of ['Remove owner', 'Remove system']) {
      await userEvent.click(dialog.getByRole('button', { name }));
      expect(dialog.getByRole('button', { name })).toHaveAttribute(
        'aria-disabled',
        'true',
      );
    }
    expect(
      dialog.getByText(
        'The catalog no longer shows the namespace as part of sales.',
      ),
    ).toBeVisible();
    expect(dialog.getByRole('combobox', { name: /Owner/ })).toHaveValue('');
    await retype('');
    expect(dialog.getByText(/^No group is responsible/)).toBeVisible();
    await save();
    await waitFor(
      () => expect(kept(berth)).toEqual([undefined, undefined, undefined]),
      SLOW,
    );
  });

  it('shows what another person saved, and applies the edit on top of it', async () => {
    const { berth } = render();
    const dialog = await open();
    await retype('Sells shoes');
    berth.put({ ...shop, owner: undefined, system: 'system:default/sales' });
    await save();
    expect(
      await dialog.findByText(
        'Someone else changed this namespace while you edited it',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(dialog.getByText('Owner: payments → none')).toBeVisible();
    expect(dialog.getByText('System: none → sales')).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Save' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    expect(await accessibilityFindings()).toEqual([]);

    await userEvent.click(
      dialog.getByRole('button', { name: 'Keep my changes and theirs' }),
    );
    await save();
    await waitFor(
      () =>
        expect(kept(berth)).toEqual([
          undefined,
          'system:default/sales',
          'Sells shoes',
        ]),
      SLOW,
    );
  });

  it('loads what another person saved, and drops the edit', async () => {
    const { berth } = render();
    const dialog = await open();
    await retype('Sells shoes');
    berth.put({ ...shop, purpose: 'Theirs' });
    await save();
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Discard my changes' }, SLOW),
    );
    expect(dialog.getByRole('textbox', { name: /Purpose/ })).toHaveValue(
      'Theirs',
    );
    expect(kept(berth)[2]).toBe('Theirs');
  });

  it('shows refusals at their fields, and keeps the input', async () => {
    const berth = new FakeBerthApi(ADMIN, clusters, { namespaces: [shop] });
    const refusal = 'owner group:default/team-b is refused: it is a home';
    jest
      .spyOn(berth, 'updateNamespace')
      .mockRejectedValueOnce(await fieldsError(409, [refusal, 'owner']))
      .mockRejectedValueOnce(
        await fieldsError(400, ['purpose "x" must be one line', 'purpose']),
      )
      .mockRejectedValueOnce(await responseError(403, 'The policy says no'));
    render({ berth });
    const dialog = await open();
    await pick('Owner', 'team-b', /team-b/);
    await save();
    expect(await dialog.findByText(refusal, {}, SLOW)).toBeVisible();
    expect(dialog.getByRole('combobox', { name: /Owner/ })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
    await save();
    expect(
      await dialog.findByText('purpose "x" must be one line', {}, SLOW),
    ).toBeVisible();
    expect(dialog.queryByText(refusal)).not.toBeInTheDocument();
    await retype('y');
    expect(
      dialog.queryByText('purpose "x" must be one line'),
    ).not.toBeInTheDocument();
    await save();
    expect(
      await dialog.findByText(/The policy says no/, {}, SLOW),
    ).toBeVisible();
    expect(dialog.getByRole('combobox', { name: /Owner/ })).toHaveValue(
      'team-b',
    );
  });

  it.each([
    [aHome('prod01', 'team-a'), /^This is the default namespace of team-a/],
    [
      aPersonalNamespace('prod01', 'team-a', 'user:default/bob'),
      /^This is the personal namespace of bob\..*on the Danger tab/,
    ],
  ])('keeps the owner of a home and of a personal one', async (one, why) => {
    render({
      path: '/berth/clusters/prod01/namespaces/team-a',
      namespaces: [one],
    });
    const dialog = await open();
    expect(dialog.getByText(why)).toBeVisible();
    expect(dialog.queryByRole('combobox', { name: /Owner/ })).toBeNull();
    expect(dialog.getByRole('combobox', { name: /System/ })).toBeVisible();
  });

  it('is not available to members', async () => {
    render({ as: MEMBER });
    expect(
      await screen.findByText(
        'You see only your own roles and those of your groups.',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  });
});
