import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ADMIN, aCluster } from '../../../__testUtils__/fixtures';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import { aHome, aNamespace } from '../../../__testUtils__/namespaces';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';
import { responseError } from '../../../__testUtils__/responseError';

const FIRST_RENDER = { timeout: 20_000 };
jest.setTimeout(60_000);

const PATH = '/berth/clusters/prod01/namespaces/u-ada/danger';
const TITLE = 'Give this namespace to another owner';

const BOB = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'bob', namespace: 'default' },
  spec: { profile: { displayName: 'Bob Bee' } },
};

function open() {
  return renderTenancy({
    as: ADMIN,
    path: PATH,
    clusters: [aCluster('prod01')],
    namespaces: [aNamespace('prod01', 'u-ada', { owner: 'user:default/ada' })],
    groups: ['team-b'],
    entities: [BOB],
    titles: {
      'user:default/ada': 'Ada Love',
      'user:default/bob': 'Bob Bee',
    },
  });
}

async function choose(option: string) {
  const field = await screen.findByRole('combobox', { name: /New owner/ });
  await userEvent.click(field);
  await userEvent.type(field, option.slice(0, 3));
  await userEvent.click(
    await screen.findByRole(
      'option',
      { name: new RegExp(option) },
      { timeout: 10_000 },
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
    await userEvent.click(dialog.getByRole('button', { name: 'Give' }));
    expect(
      await dialog.findByText('The name is kept for another group'),
    ).toBeVisible();
    expect(transfer).toHaveBeenCalledWith(expect.anything(), {
      owner: 'group:default/team-b',
    });
  });

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
