import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ADMIN, aCluster, aShare } from '../../../__testUtils__/fixtures';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import { aHome, aNamespace } from '../../../__testUtils__/namespaces';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';
import { responseError } from '../../../__testUtils__/responseError';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const PATH = '/berth/clusters/prod01/namespaces/u-ada/danger';
const TITLE = 'Give this namespace to another owner';

const aUser = (name: string, displayName: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: { profile: { displayName } },
});

function open(owner = 'user:default/ada') {
  return renderTenancy({
    as: ADMIN,
    path: PATH,
    clusters: [aCluster('prod01', { shares: [aShare('team-a')] })],
    namespaces: [aNamespace('prod01', 'u-ada', { owner })],
    groups: ['team-a', 'team-b'],
    entities: [aUser('ada', 'Ada Love'), aUser('bob', 'Bob Bee')],
    titles: {
      'user:default/ada': 'Ada Love',
      'user:default/bob': 'Bob Bee',
    },
  });
}

async function choose(option: string) {
  const field = await screen.findByRole('combobox', { name: /New owner/ });
  await userEvent.click(field);
  await userEvent.type(field, option);
  await userEvent.click(
    await screen.findByRole(
      'option',
      { name: new RegExp(option) },
      { timeout: 30_000 },
    ),
  );
}

describe('the transfer of a namespace', () => {
  it('P8 gives the namespace to another person after a confirmation', async () => {
    const { berth } = open();
    const transfer = jest.spyOn(berth, 'transferNamespace');
    await screen.findByRole('heading', { name: TITLE }, FIRST_RENDER);
    await choose('Bob Bee');
    expect(await accessibilityFindings()).toEqual([]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Give to another owner' }),
    );
    expect(transfer).not.toHaveBeenCalled();
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Give u-ada to Bob Bee?' }),
    );
    expect(
      await dialog.findByText(
        /^Ada Love loses the access that came with owning/,
      ),
    ).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Give' }));
    expect(transfer).toHaveBeenCalledWith(
      { cluster: 'prod01', namespace: 'u-ada' },
      { owner: 'user:default/bob' },
    );
  });

  it('gives it to a group, and shows a refusal', async () => {
    const { berth } = open();
    const transfer = jest
      .spyOn(berth, 'transferNamespace')
      .mockRejectedValue(
        await responseError(409, 'The name is kept for another group'),
      );
    await screen.findByRole('heading', { name: TITLE }, FIRST_RENDER);
    await userEvent.click(screen.getByRole('radio', { name: 'a group' }));
    await choose('team-b');
    await userEvent.click(
      screen.getByRole('button', { name: 'Give to another owner' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(
        /the profile for the new kind of owner applies after the transfer/,
      ),
    ).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Give' }));
    expect(
      await dialog.findByText('The name is kept for another group'),
    ).toBeVisible();
    expect(transfer).toHaveBeenCalledWith(expect.anything(), {
      owner: 'group:default/team-b',
    });
  });

  it('P8 gives it to a person who was created again with the same name', async () => {
    const { berth } = open();
    const transfer = jest.spyOn(berth, 'transferNamespace');
    await screen.findByRole('heading', { name: TITLE }, FIRST_RENDER);
    await choose('Ada Love');
    await userEvent.click(
      screen.getByRole('button', { name: 'Give to another owner' }),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Give u-ada to Ada Love?' }),
    );
    expect(dialog.queryByText(/loses the access/)).not.toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Give' }));
    expect(transfer).toHaveBeenCalledWith(expect.anything(), {
      owner: 'user:default/ada',
    });
  });

  it('P8 warns that a group that was the owner keeps its roles', async () => {
    open('group:default/payments');
    await screen.findByRole('heading', { name: TITLE }, FIRST_RENDER);
    await choose('Bob Bee');
    await userEvent.click(
      screen.getByRole('button', { name: 'Give to another owner' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(/^payments keeps its roles in the namespace/),
    ).toBeVisible();
    expect(dialog.queryByText(/loses the access/)).not.toBeInTheDocument();
  });

  it.each([
    ['user:default/ada', false],
    ['group:default/payments', true],
  ])(
    'from %s says whether a new owner that is a group gets a role',
    async (owner, isWithoutRole) => {
      open(owner);
      await screen.findByRole('heading', { name: TITLE }, FIRST_RENDER);
      await userEvent.click(screen.getByRole('radio', { name: 'a group' }));
      await choose('team-b');
      await userEvent.click(
        screen.getByRole('button', { name: 'Give to another owner' }),
      );
      const dialog = within(await screen.findByRole('dialog'));
      expect(dialog.getByText(/^team-b gets the namespace/)).toBeVisible();
      expect(dialog.queryAllByText(/^team-b gets no new role/)).toHaveLength(
        isWithoutRole ? 1 : 0,
      );
    },
  );

  it.each([
    ['team-a', 0],
    ['team-b', 1],
  ])(
    'to %s warns if the cluster is not shared with it',
    async (group, warnings) => {
      open();
      await screen.findByRole('heading', { name: TITLE }, FIRST_RENDER);
      await userEvent.click(screen.getByRole('radio', { name: 'a group' }));
      await choose(group);
      await userEvent.click(
        screen.getByRole('button', { name: 'Give to another owner' }),
      );
      const dialog = within(await screen.findByRole('dialog'));
      expect(
        dialog.queryAllByText(
          `prod01 is not shared with ${group}: its members get no token for the cluster.`,
        ),
      ).toHaveLength(warnings);
    },
  );

  it('is not offered for the home of a group', async () => {
    renderTenancy({
      as: ADMIN,
      path: '/berth/clusters/prod01/namespaces/team-a/danger',
      clusters: [aCluster('prod01')],
      namespaces: [aHome('prod01', 'team-a')],
    });
    await screen.findByRole(
      'heading',
      { name: 'Delete this namespace' },
      FIRST_RENDER,
    );
    expect(
      screen.queryByRole('heading', { name: TITLE }),
    ).not.toBeInTheDocument();
  });
});
