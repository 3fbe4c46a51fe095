import { createKubeconfig } from '@berth/plugin-berth-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { stringify } from 'yaml';
import {
  ADMIN,
  CA_PEM,
  EXPIRED_CA_PEM,
  FakeBerthApi,
  MEMBER,
  aCluster,
  renderBerth,
  fieldsError,
} from '../../../__testUtils__';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const field = (name: RegExp) =>
  screen.findByRole('textbox', { name }, FIRST_RENDER);

async function fill(name: RegExp, text: string) {
  const input = await field(name);
  await userEvent.click(input);
  await userEvent.paste(text);
}

const submit = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'Add cluster' }));

describe('AddClusterPage', () => {
  it('shows the cleaned name, says at once when it is taken, and does not send it', async () => {
    const api = new FakeBerthApi(ADMIN, [aCluster('prod01')]);
    const create = jest.spyOn(api, 'createCluster');
    renderBerth(api, '/berth/add');

    await fill(/^Name/, 'Prod-01!');
    expect(await screen.findByText('prod01')).toBeVisible();
    expect(
      await screen.findByText(/A cluster with this name exists/),
    ).toBeVisible();

    await submit();
    expect(create).not.toHaveBeenCalled();
  });

  it('shows what is missing and focuses the first wrong field', async () => {
    renderBerth(new FakeBerthApi(ADMIN, []), '/berth/add');
    const name = await field(/^Name/);
    await submit();
    expect(screen.getByText(/Enter at least one letter/)).toBeVisible();
    expect(screen.getByText('Enter the URL of the API server.')).toBeVisible();
    expect(screen.getByText('Enter the CA certificate.')).toBeVisible();
    expect(name).toHaveFocus();
    expect(name).toHaveAccessibleDescription(/Enter at least one letter/);
  });

  it('creates the cluster and goes on to its onboarding', async () => {
    const api = new FakeBerthApi(ADMIN, []);
    const create = jest.spyOn(api, 'createCluster');
    renderBerth(api, '/berth/add');

    await fill(/^Name/, 'Prod 01');
    await fill(/^API server/, 'https://10.0.0.1:6443');
    await fill(/^CA certificate/, CA_PEM);
    await userEvent.click(screen.getByRole('button', { name: /^Advanced/ }));
    await userEvent.click(
      await screen.findByRole('radio', { name: /^Through the portal/ }),
    );
    await submit();

    expect(
      await screen.findByText('Apply the manifest', {}, FIRST_RENDER),
    ).toBeVisible();
    expect(create).toHaveBeenCalledWith({
      name: 'prod01',
      apiServer: 'https://10.0.0.1:6443',
      caData: CA_PEM.trim(),
      connection: 'oidc',
      kubectlVia: 'portal',
    });
  });

  it('takes server and CA from a kubeconfig and drops its credentials', async () => {
    const api = new FakeBerthApi(ADMIN, []);
    const create = jest.spyOn(api, 'createCluster');
    renderBerth(api, '/berth/add');

    await fill(
      /^Paste a kubeconfig/,
      createKubeconfig([
        {
          cluster: 'Edge-1',
          apiServer: 'https://edge.example.com',
          caData: btoa(CA_PEM),
          username: 'root',
          token: 'very-secret',
        },
      ]),
    );
    expect(await field(/^Paste a kubeconfig/)).toHaveValue('');
    expect(await field(/^Name/)).toHaveValue('Edge-1');
    expect(await field(/^API server/)).toHaveValue('https://edge.example.com');
    expect(await field(/^CA certificate/)).toHaveValue(CA_PEM);
    expect(document.body.innerHTML).not.toContain('very-secret');

    await submit();
    await waitFor(() => expect(create).toHaveBeenCalled());
    expect(JSON.stringify(create.mock.calls)).not.toContain('very-secret');
  });

  it('keeps a typed name when a kubeconfig is pasted, and shows that', async () => {
    renderBerth(new FakeBerthApi(ADMIN, []), '/berth/add');
    await fill(/^Name/, 'mine');
    await fill(
      /^Paste a kubeconfig/,
      `${createKubeconfig([
        {
          cluster: 'edge',
          apiServer: 'https://edge.example.com',
          caData: btoa(CA_PEM),
          username: 'root',
          token: 't',
        },
      ])}---\nclusters: []\n`,
    );
    expect(
      await screen.findByText(
        /^API server and CA certificate, as .* name stays/,
      ),
    ).toBeVisible();
    expect(screen.getByText(/Berth reads only the first one/)).toBeVisible();
    expect(await field(/^Name/)).toHaveValue('mine');
  });

  it('offers the contexts of a kubeconfig, and lists its unused parts', async () => {
    const cluster = (server: string) => ({
      server,
      'certificate-authority-data': btoa(CA_PEM),
    });
    renderBerth(new FakeBerthApi(ADMIN, []), '/berth/add');
    await fill(
      /^Paste a kubeconfig/,
      stringify({
        'current-context': 'edge',
        contexts: [
          { name: 'edge', context: { cluster: 'edge1', user: 'root' } },
          { name: 'lab', context: { cluster: 'lab1', user: 'root' } },
        ],
        clusters: [
          { name: 'edge1', cluster: cluster('https://edge:6443') },
          { name: 'lab1', cluster: cluster('https://lab:6443') },
        ],
        users: [{ name: 'root', user: { exec: { command: 'aws' } } }],
      }),
    );
    expect(
      await screen.findByText('Taken from the kubeconfig: edge'),
    ).toBeVisible();
    expect(
      screen.getByText(/^the command that gets credentials for “root”/),
    ).toBeVisible();
    expect(await field(/^Name/)).toHaveValue('edge1');

    await userEvent.click(screen.getByRole('button', { name: /Context/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'lab' }));
    expect(await field(/^API server/)).toHaveValue('https://lab:6443');
    expect(await field(/^Name/)).toHaveValue('lab1');

    await userEvent.type(await field(/^Name/), 'mine');
    await userEvent.click(screen.getByRole('button', { name: /Context/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'edge' }));
    expect(await field(/^Name/)).toHaveValue('lab1mine');
  });

  it('reads the CA from a file', async () => {
    renderBerth(new FakeBerthApi(ADMIN, []), '/berth/add');
    const ca = await field(/^CA certificate/);
    const file = new File([CA_PEM], 'ca.crt', { type: 'text/plain' });
    // jsdom has no Blob.text.
    Object.assign(file, { text: async () => CA_PEM });
    await userEvent.upload(screen.getByTestId('ca-file'), file);
    await waitFor(() => expect(ca).toHaveValue(CA_PEM));
  });

  it('shows the CA while it is typed, and warns of an expired one', async () => {
    renderBerth(new FakeBerthApi(ADMIN, []), '/berth/add');
    await fill(/^CA certificate/, CA_PEM);
    expect(
      await screen.findByText('CN=Harbour cluster CA, O=Harbour Example'),
    ).toBeVisible();
    expect(
      screen.getByText('self-signed · valid until Jan 1, 2046'),
    ).toBeVisible();

    await userEvent.clear(await field(/^CA certificate/));
    await fill(/^CA certificate/, EXPIRED_CA_PEM);
    expect(await screen.findByText('CN=old-ca')).toBeVisible();
    expect(screen.getByText(/^It expired on Jan 1, 2021/)).toBeVisible();
    expect(screen.queryByText(/Harbour cluster CA/)).not.toBeInTheDocument();
  });

  it('warns of a private key before sending anything', async () => {
    renderBerth(new FakeBerthApi(ADMIN, []), '/berth/add');
    await fill(/^CA certificate/, '-----BEGIN PRIVATE KEY-----');
    expect(await screen.findByText(/This holds a private key/)).toBeVisible();
  });

  it('shows a refusal at the field that it names, and keeps all input', async () => {
    const api = new FakeBerthApi(ADMIN, []);
    const message =
      'apiServer "https://169.254.169.254" is refused: it is a metadata address';
    jest
      .spyOn(api, 'createCluster')
      .mockRejectedValueOnce(await fieldsError(400, [message, 'apiServer']));
    renderBerth(api, '/berth/add');

    await fill(/^Name/, 'meta');
    await fill(/^API server/, 'https://169.254.169.254');
    await fill(/^CA certificate/, CA_PEM);
    await submit();

    const apiServer = await field(/^API server/);
    await waitFor(() => expect(apiServer).toBeInvalid());
    expect(apiServer).toHaveAccessibleDescription(new RegExp('metadata'));
    expect(apiServer).toHaveFocus();
    expect(await field(/^Name/)).toHaveValue('meta');
    expect(await field(/^CA certificate/)).toHaveValue(CA_PEM);

    await userEvent.type(apiServer, '/x');
    expect(apiServer).toBeValid();
  });

  it('keeps the form when the backend does not answer', async () => {
    const api = new FakeBerthApi(ADMIN, []);
    jest
      .spyOn(api, 'createCluster')
      .mockRejectedValueOnce(new TypeError('Failed to fetch'));
    renderBerth(api, '/berth/add');

    await fill(/^Name/, 'meta');
    await fill(/^API server/, 'https://10.0.0.1');
    await fill(/^CA certificate/, CA_PEM);
    await submit();

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^The cluster was not added.*Failed to fetch.*Check your connection/,
    );
    expect(await field(/^Name/)).toHaveValue('meta');
  });

  it('is closed to non-admins, with an explanation', async () => {
    renderBerth(new FakeBerthApi(MEMBER, []), '/berth/add');
    expect(
      await screen.findByText(
        'Only platform admins can add clusters.',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });
});
