import { AccessSummary } from '@berth/plugin-berth-common';
import { screen } from '@testing-library/react';
import {
  ADMIN,
  FakeBerthApi,
  LONER,
  MEMBER,
  renderBerth,
  responseError,
} from '../../__testUtils__';
import { renderLegacyApp } from '../../__testUtils__/legacyApp';

const FIRST_RENDER = { timeout: 30_000 };
const ADDITION = { name: 'Addition to app-config.yaml' };
const NO_ADMINS = 'This portal has no platform admins yet';
jest.setTimeout(120_000);

class RefusingApi extends FakeBerthApi {
  async getAccess(): Promise<never> {
    throw await responseError(403, 'the user is not in the catalog');
  }
}

function renderFor(access: AccessSummary) {
  renderBerth(new FakeBerthApi(access, []), '/berth/clusters');
}

describe('SetupHints', () => {
  it('shows the value for berth.admins, with the groups of the person', async () => {
    renderFor({
      ...MEMBER,
      groups: ['group:default/guests'],
      noAdmins: true,
    });
    expect(await screen.findByText(NO_ADMINS, {}, FIRST_RENDER)).toBeVisible();
    expect(screen.getByRole('region', ADDITION).textContent).toBe(
      'berth:\n  admins:\n    - group:default/guests\n',
    );
    expect(screen.getByRole('button', { name: 'Copy' })).toBeVisible();
    expect(
      await screen.findByRole('heading', { name: 'Clusters' }, FIRST_RENDER),
    ).toBeVisible();
  });

  it('asks to choose among several groups', async () => {
    renderFor({ ...MEMBER, noAdmins: true });
    const addition = await screen.findByRole('region', ADDITION, FIRST_RENDER);
    expect(addition.textContent).toBe(
      [
        '# Keep only the groups whose members may administer every cluster.',
        'berth:',
        '  admins:',
        '    - group:default/engineering',
        '    - group:default/team-a',
        '',
      ].join('\n'),
    );
  });

  it('asks people without a group to join one', async () => {
    renderFor({ ...LONER, noAdmins: true });
    expect(
      await screen.findByText(
        /name that group under berth.admins/,
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('region', ADDITION)).not.toBeInTheDocument();
  });

  it('shows nothing once there are admins', async () => {
    renderFor(ADMIN);
    await screen.findByRole('heading', { name: 'Clusters' }, FIRST_RENDER);
    expect(screen.queryByText(NO_ADMINS)).not.toBeInTheDocument();
  });

  it('names the setting that makes the stock guest a catalog user', async () => {
    renderBerth(new RefusingApi(MEMBER, []), '/berth/clusters', {
      signedInAs: 'user:development/guest',
    });
    expect(
      await screen.findByText(
        'The guest is not a user in the catalog',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(screen.getByRole('region', ADDITION).textContent).toBe(
      [
        'auth:',
        '  providers:',
        '    guest:',
        '      userEntityRef: user:default/guest',
        '',
      ].join('\n'),
    );
  });

  it('leaves the backend’s message to other people', async () => {
    renderBerth(new RefusingApi(MEMBER, []), '/berth/mine', {
      signedInAs: 'user:default/alice',
    });
    expect(
      await screen.findByText(
        'the user is not in the catalog',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('region', ADDITION)).not.toBeInTheDocument();
  });

  it('works in a legacy app', async () => {
    renderLegacyApp('/berth', {
      '/access/me': { ...MEMBER, noAdmins: true },
      '/clusters': { items: [], totalItems: 0 },
      '/namespaces': { items: [], totalItems: 0 },
    });
    expect(await screen.findByText(NO_ADMINS, {}, FIRST_RENDER)).toBeVisible();
  });
});
