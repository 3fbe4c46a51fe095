import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeBerthApi } from '../../../__testUtils__/FakeBerthApi';
import { accessibilityFindings } from '../../../__testUtils__/accessibility';
import { ADMIN, AUDITOR, aCluster } from '../../../__testUtils__/fixtures';
import { renderTenancy } from '../../../__testUtils__/renderTenancy';
import { fieldsError } from '../../../__testUtils__/responseError';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const PATH = '/berth/namespaces?personal=user%3Aacme%2Falice&cluster=staging';
const TITLE = 'Create a personal namespace';

describe('the form for the personal namespace of another person', () => {
  it('P5 creates it under the name that an admin gives, and shows a refusal at the name', async () => {
    const berth = new FakeBerthApi(ADMIN, [aCluster('staging')]);
    const create = jest
      .spyOn(berth, 'createPersonalNamespace')
      .mockRejectedValueOnce(await fieldsError(409, ['It is kept', 'name']));
    renderTenancy({ as: ADMIN, path: PATH, berth });
    const dialog = within(
      await screen.findByRole('dialog', { name: TITLE }, SLOW),
    );
    expect(dialog.getByRole('combobox', { name: /Person/ })).toHaveValue(
      'alice',
    );
    expect(await accessibilityFindings()).toEqual([]);
    const name = dialog.getByRole('textbox', { name: /Name/ });
    await userEvent.type(name, 'Alice');
    const action = dialog.getByRole('button', { name: 'Create namespace' });
    expect(action).toHaveAttribute('aria-disabled', 'true');
    await userEvent.clear(name);
    await userEvent.type(name, 'alice-acme');
    await userEvent.click(action);
    expect(await dialog.findByText('It is kept', {}, SLOW)).toBeVisible();
    await userEvent.click(action);
    await screen.findByRole('heading', { name: 'alice-acme' }, SLOW);
    expect(create).toHaveBeenLastCalledWith('staging', {
      user: 'user:acme/alice',
      name: 'alice-acme',
    });
  });

  it('is offered where the admin could have a personal namespace, and opens without a person', async () => {
    const berth = new FakeBerthApi(ADMIN, [aCluster('staging')]);
    berth.personal = [
      { cluster: { name: 'staging' }, name: 'ada', state: 'absent' },
    ];
    renderTenancy({ as: ADMIN, path: '/berth/namespaces', berth });
    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: 'Create personal namespace' },
        SLOW,
      ),
    );
    const dialog = within(
      await screen.findByRole('dialog', { name: TITLE }, SLOW),
    );
    const action = dialog.getByRole('button', { name: 'Create namespace' });
    expect(action).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('does not open for an auditor', async () => {
    renderTenancy({
      as: AUDITOR,
      path: PATH,
      berth: new FakeBerthApi(AUDITOR, [aCluster('staging')]),
    });
    await screen.findByRole('heading', { name: 'Namespaces' }, SLOW);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
