import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parse } from 'yaml';
import {
  ADMIN,
  FakeBerthApi,
  MEMBER,
  aCluster,
  aShare,
  renderBerth,
  responseError,
} from '../../__testUtils__';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const CLUSTER = aCluster('prod01', {
  shares: [aShare('engineering'), aShare('team-a'), aShare('team-b')],
});

const TOKEN = 'header.payload.signature';

function apiFor(access = MEMBER, expiresIn = 600_000) {
  const api = new FakeBerthApi(access, [CLUSTER]);
  const createToken = jest
    .spyOn(api, 'createToken')
    .mockImplementation(async () => ({
      token: TOKEN,
      expiresAt: new Date(Date.now() + expiresIn).toISOString(),
      expiresIn: Math.floor(expiresIn / 1000),
    }));
  return { api, createToken };
}

async function openDialog() {
  const button = () =>
    screen.getByRole('button', { name: 'Kubeconfig for prod01' });
  // The button is disabled until the person's access is known.
  await waitFor(
    () => expect(button()).not.toHaveAttribute('aria-disabled', 'true'),
    FIRST_RENDER,
  );
  await userEvent.click(button());
  return within(await screen.findByRole('dialog'));
}

async function openToken() {
  const dialog = await openDialog();
  await userEvent.click(
    await dialog.findByRole('button', { name: 'Get a token' }),
  );
  return dialog;
}

describe('KubeconfigDialog', () => {
  it('offers the sign-in first, and requests no token before a person asks for one', async () => {
    const { api, createToken } = apiFor();
    const getKubeconfig = jest.spyOn(api, 'getKubeconfig');
    renderBerth(api, '/berth/clusters');
    const dialog = await openDialog();
    expect(
      await dialog.findByRole('region', { name: 'Command to sign in' }),
    ).toHaveTextContent('kubectl berth login https://portal.example.com');
    expect(
      dialog.getAllByRole('heading', { level: 3 }).map(one => one.textContent),
    ).toEqual([
      'Sign in with kubectl',
      'Kubeconfig without a secret',
      'Token for ten minutes',
    ]);

    const user = userEvent.setup();
    await user.click(
      dialog.getByRole('button', { name: /Namespace to work in/ }),
    );
    await user.click(await screen.findByRole('option', { name: 'team-a' }));
    await waitFor(() =>
      expect(
        dialog.getByRole('region', { name: 'Command to try' }),
      ).toHaveTextContent(
        'kubectl --context prod01 --namespace team-a get pods',
      ),
    );
    URL.createObjectURL = jest.fn(() => 'blob:x');
    URL.revokeObjectURL = jest.fn();
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    await user.click(
      dialog.getByRole('button', { name: 'Download kubeconfig' }),
    );
    await waitFor(() => expect(click).toHaveBeenCalled());
    expect(getKubeconfig).toHaveBeenCalledWith({
      cluster: 'prod01',
      namespace: 'team-a',
    });
    expect(createToken).not.toHaveBeenCalled();
    click.mockRestore();
  });

  it('names the portal in the kubeconfig of a cluster that kubectl reaches through it', async () => {
    const { api } = apiFor();
    api.clusters.set('prod01', { ...CLUSTER, kubectlVia: 'portal' });
    renderBerth(api, '/berth/clusters');
    const dialog = await openToken();
    const file = await dialog.findByRole('region', {
      name: 'Kubeconfig for prod01',
    });
    expect(file).toHaveTextContent('/api/berth/clusters/prod01/proxy');
    expect(file).not.toHaveTextContent(CLUSTER.apiServer);
    expect(
      dialog.getByText(/kubectl reaches prod01 through this portal/),
    ).toBeVisible();
  });

  it('gives a token at once where sign-in with kubectl is turned off', async () => {
    const { api } = apiFor();
    api.kubectlEnabled = false;
    renderBerth(api, '/berth/clusters');
    const dialog = await openDialog();
    expect(await dialog.findByRole('button', { name: 'Copy' })).toBeVisible();
  });

  it('gives a kubeconfig in two clicks, with the chosen namespace', async () => {
    const user = userEvent.setup();
    const { api, createToken } = apiFor();
    renderBerth(api, '/berth/clusters');

    const dialog = await openToken();
    await userEvent.click(await dialog.findByRole('button', { name: 'Copy' }));
    expect(await dialog.findByText('Copied')).toBeVisible();

    await userEvent.click(
      dialog.getByRole('button', { name: /Namespace to work in/ }),
    );
    await user.click(await screen.findByRole('option', { name: 'team-a' }));
    await waitFor(() =>
      expect(
        dialog.getByRole('region', { name: 'Kubeconfig for prod01' }),
      ).toHaveTextContent('namespace: team-a'),
    );
    expect(createToken).toHaveBeenCalledTimes(1);
    expect(createToken).toHaveBeenCalledWith('prod01');
  });

  it('does not show the token on screen, but saves it in the file', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = jest.fn((blob: Blob) => {
      saved.push(blob);
      return 'blob:x';
    });
    URL.revokeObjectURL = jest.fn();
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    renderBerth(apiFor().api, '/berth/clusters/prod01');

    const dialog = await openToken();
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Download' }),
    );

    expect(document.body.innerHTML).not.toContain(TOKEN);
    expect(click.mock.contexts[0]).toMatchObject({
      download: expect.stringMatching(
        /^prod01-\d{4}-\d\d-\d\d-\d{6}\.kubeconfig$/,
      ),
    });
    expect(parse(await saved[0].text())).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'prod01',
      clusters: [
        {
          name: 'prod01',
          cluster: {
            server: CLUSTER.apiServer,
            'certificate-authority-data': CLUSTER.caData,
          },
        },
      ],
      users: [{ name: 'user:alice@prod01', user: { token: TOKEN } }],
      contexts: [
        {
          name: 'prod01',
          context: {
            cluster: 'prod01',
            user: 'user:alice@prod01',
            namespace: 'engineering',
          },
        },
      ],
    });
    click.mockRestore();
  });

  it('shows the expiry, and offers a new token after it', async () => {
    const { api, createToken } = apiFor(MEMBER, 3_000);
    renderBerth(api, '/berth/clusters');
    const dialog = await openToken();

    expect(await dialog.findByText(/^Valid until \d\d:\d\d/)).toBeVisible();
    expect(dialog.getByRole('timer')).toHaveTextContent(/^0:0[123]$/);
    expect(dialog.getByText(/short-lived personal token/)).toBeVisible();

    const renew = await dialog.findByRole(
      'button',
      { name: 'Get a new one' },
      { timeout: 30_000 },
    );
    expect(
      dialog.queryByRole('button', { name: 'Copy' }),
    ).not.toBeInTheDocument();
    await userEvent.click(renew);
    expect(await dialog.findByRole('button', { name: 'Copy' })).toBeVisible();
    expect(createToken).toHaveBeenCalledTimes(2);
  });

  it('shows why there is no token, and tries again', async () => {
    const { api, createToken } = apiFor();
    createToken.mockRejectedValueOnce(
      await responseError(503, 'The catalog does not answer'),
    );
    renderBerth(api, '/berth/clusters');
    const dialog = await openToken();

    expect(
      await dialog.findByText('The catalog does not answer'),
    ).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Try again' }));
    expect(await dialog.findByRole('button', { name: 'Copy' })).toBeVisible();
  });

  it('informs an admin without a group that kubectl works in default', async () => {
    renderBerth(apiFor(ADMIN).api, '/berth/clusters');
    const dialog = await openToken();
    expect(
      await dialog.findByText(/None of your groups has a namespace here/),
    ).toBeVisible();
  });

  it('is disabled with a reason for people without access', async () => {
    const { api } = apiFor();
    jest.spyOn(api, 'getCluster').mockResolvedValue({ ...CLUSTER, shares: [] });
    renderBerth(api, '/berth/clusters/prod01');
    const button = await screen.findByRole(
      'button',
      { name: 'Kubeconfig for prod01' },
      FIRST_RENDER,
    );
    await waitFor(() =>
      expect(button).toHaveAttribute('aria-disabled', 'true'),
    );
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
