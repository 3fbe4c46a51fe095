import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PersonalNamespace } from '@berth/plugin-berth-common';
import { ADMIN, LONER, MEMBER, aCluster } from '../../__testUtils__/fixtures';
import { FakeBerthApi } from '../../__testUtils__/FakeBerthApi';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import { renderTenancy } from '../../__testUtils__/renderTenancy';
import { responseError } from '../../__testUtils__/responseError';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const PATH = '/berth/mine';
const BUTTON = { name: 'Make my namespace on staging' };

const offer = (change: Partial<PersonalNamespace> = {}): PersonalNamespace => ({
  cluster: { name: 'staging' },
  name: 'u-lone',
  state: 'absent',
  ...change,
});

function berthWith(...offers: PersonalNamespace[]) {
  const berth = new FakeBerthApi(LONER, [aCluster('staging')]);
  berth.personal = offers;
  return berth;
}

describe('personal namespaces under Mine', () => {
  it('makes the namespace of a person without any group, and lists it', async () => {
    const berth = berthWith(offer());
    const create = jest.spyOn(berth, 'createPersonalNamespace');
    renderTenancy({ as: LONER, path: PATH, berth });
    const button = await screen.findByRole('button', BUTTON, FIRST_RENDER);
    expect(screen.getByText('Its name is u-lone.')).toBeVisible();
    expect(create).not.toHaveBeenCalled();
    expect(await accessibilityFindings()).toEqual([]);
    await userEvent.click(button);
    const made = within(
      await screen.findByRole('row', { name: /u-lone/ }, FIRST_RENDER),
    );
    expect(made.getByText(/your own namespace/)).toHaveTextContent(
      'edit, your own namespace',
    );
    expect(create).toHaveBeenCalledTimes(1);
    expect(create).toHaveBeenCalledWith('staging');
    await waitFor(() =>
      expect(screen.queryByRole('button', BUTTON)).not.toBeInTheDocument(),
    );
  });

  it('shows why the namespace was not made, and can try again', async () => {
    const berth = berthWith(offer());
    jest
      .spyOn(berth, 'createPersonalNamespace')
      .mockRejectedValueOnce(
        await responseError(409, 'There is a namespace "u-lone" already'),
      );
    renderTenancy({ as: LONER, path: PATH, berth });
    const button = await screen.findByRole('button', BUTTON, FIRST_RENDER);
    await userEvent.click(button);
    expect(
      await screen.findByText('There is a namespace "u-lone" already'),
    ).toBeVisible();
    await userEvent.click(button);
    expect(
      await screen.findByRole('row', { name: /u-lone/ }, FIRST_RENDER),
    ).toBeVisible();
  });

  it('P5 offers no button where an admin has to give the name, and gives the reason', async () => {
    renderTenancy({
      as: LONER,
      path: PATH,
      berth: berthWith(
        offer({
          name: undefined,
          state: 'needsName',
          problem: 'The name "Lone.Wolf" is not a DNS label',
        }),
        offer({
          cluster: { name: 'prod01', title: 'Production' },
          state: 'refused',
          problem: 'The deletion of your former namespace is not finished',
        }),
      ),
    });
    expect(
      await screen.findByText(
        'A platform admin has to name your namespace on staging',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(
      screen.getByText('The name "Lone.Wolf" is not a DNS label'),
    ).toBeVisible();
    expect(
      screen.getByText(
        'You cannot have a namespace of your own on Production (prod01)',
      ),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /Make my namespace/ }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByText(
        'http://localhost/berth/namespaces?personal=user%3Adefault%2Flone&cluster=staging',
      ),
    ).toBeVisible();
  });

  it('P5 leads an admin to the form that gives the name', async () => {
    const berth = new FakeBerthApi(ADMIN, [aCluster('staging')]);
    berth.personal = [offer({ name: undefined, state: 'needsName' })];
    renderTenancy({ as: ADMIN, path: PATH, berth });
    await userEvent.click(
      await screen.findByRole('link', { name: 'Give it a name' }, FIRST_RENDER),
    );
    expect(
      await screen.findByRole(
        'dialog',
        { name: 'Create a personal namespace' },
        FIRST_RENDER,
      ),
    ).toBeVisible();
  });

  it('shows nothing where no cluster has personal namespaces, or the namespace exists', async () => {
    const berth = new FakeBerthApi(MEMBER, [aCluster('staging')]);
    berth.personal = [offer({ state: 'present', namespace: 'u-lone' })];
    const asked = jest.spyOn(berth, 'listPersonalNamespaces');
    renderTenancy({ as: MEMBER, path: PATH, berth });
    await screen.findByRole(
      'heading',
      { name: 'None of your groups has a namespace yet' },
      FIRST_RENDER,
    );
    await waitFor(() => expect(asked).toHaveBeenCalled());
    expect(screen.queryByText('Your own namespace')).not.toBeInTheDocument();
  });
});
