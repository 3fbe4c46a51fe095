import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ADMIN,
  FakeBerthApi,
  MEMBER,
  aCluster,
  aDevice,
  aShare,
  minutesAgo,
  responseError,
} from '../../__testUtils__';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import { aHome } from '../../__testUtils__/namespaces';
import { renderTenancy } from '../../__testUtils__/renderTenancy';

const FIRST_RENDER = { timeout: 30_000 };
jest.setTimeout(120_000);

const CLUSTERS = ['prod01', 'gpu01', 'edge17'].map(name =>
  aCluster(name, {
    shares: [aShare('team-a')],
    ...(name === 'edge17' && { status: { state: 'Untrusted' } }),
  }),
);

function open(as = MEMBER, path = '/berth/kubectl') {
  const berth = new FakeBerthApi(as, CLUSTERS, {
    namespaces: CLUSTERS.map(({ name }) => aHome(name, 'team-a')),
  });
  berth.connected(
    aDevice('laptop-x', {
      lastUsedAt: minutesAgo(5),
      lastAddress: '10.1.2.3',
    }),
    aDevice('old-vm', {
      state: 'Ended',
      createdAt: minutesAgo(3_000),
      endedWhy: 'The sign-in lasted 12 hours.',
    }),
    aDevice('desk', { user: 'user:default/ada', createdAt: minutesAgo(10) }),
  );
  return { berth, show: () => renderTenancy({ as, path, berth }) };
}

const row = async (name: RegExp) =>
  within(await screen.findByRole('row', { name }, FIRST_RENDER));

const command = (name: string) =>
  screen.findByRole('region', { name }, FIRST_RENDER);

function platformIs(value: string) {
  jest.spyOn(navigator, 'platform', 'get').mockReturnValue(value);
}

afterEach(() => jest.restoreAllMocks());

describe('Set up kubectl', () => {
  it('is one click from Mine, and offers three ways, the best one first', async () => {
    const { show } = open(MEMBER, '/berth/mine');
    show();
    await userEvent.click(
      await screen.findByRole('link', { name: 'Set up kubectl' }, FIRST_RENDER),
    );
    expect(await command('Command to install kubectl-berth')).toHaveTextContent(
      'curl -fsSL https://portal.example.com/api/berth/kubectl/cli/install.sh | sh',
    );
    expect(await command('Command to sign in')).toHaveTextContent(
      'kubectl berth login https://portal.example.com',
    );
    await waitFor(async () =>
      expect(await command('Command to try')).toHaveTextContent(
        /^kubectl --context \w+ get pods$/,
      ),
    );
    expect(screen.getByText(/One sign-in lasts 12 hours/)).toBeVisible();
    const titles = screen
      .getAllByRole('heading', { level: 3 })
      .map(({ textContent }) => textContent);
    expect(titles).toEqual([
      'Sign in with kubectl',
      'Kubeconfig without a secret',
      'Token for ten minutes',
      'Your devices',
    ]);
    expect(screen.getByRole('tab', { name: 'Mine' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await row(/laptop-x/);
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('shows the commands of the computer’s system, and of the other one on demand', async () => {
    platformIs('Win32');
    open().show();
    expect(await command('Command to install kubectl-berth')).toHaveTextContent(
      'irm https://portal.example.com/api/berth/kubectl/cli/install.ps1 | iex',
    );
    await userEvent.click(
      screen.getByRole('radio', { name: 'macOS or Linux' }),
    );
    expect(await command('Command to install kubectl-berth')).toHaveTextContent(
      /install\.sh/,
    );
  });

  it('saves a kubeconfig, and explains why it cannot', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = jest.fn((blob: Blob) => {
      saved.push(blob);
      return 'blob:x';
    });
    URL.revokeObjectURL = jest.fn();
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    const { berth, show } = open();
    jest
      .spyOn(berth, 'getKubeconfig')
      .mockRejectedValueOnce(await responseError(503, 'The catalog is away'));
    show();
    const download = await screen.findByRole(
      'button',
      { name: 'Download kubeconfig' },
      FIRST_RENDER,
    );
    await userEvent.click(download);
    expect(await screen.findByText('The catalog is away')).toBeVisible();
    await userEvent.click(download);
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(await saved[0].text()).toContain('kind: Config');
    expect(screen.queryByText('The catalog is away')).not.toBeInTheDocument();
  });

  it('gives a file with a token for every accessible cluster, only on demand', async () => {
    const { berth, show } = open();
    const createToken = jest.spyOn(berth, 'createToken');
    show();
    const button = await screen.findByRole(
      'button',
      { name: 'Get a token' },
      FIRST_RENDER,
    );
    expect(createToken).not.toHaveBeenCalled();
    await userEvent.click(button);
    const dialog = within(await screen.findByRole('dialog'));
    const file = /berth-\d{4}-\d\d-\d\d-\d{6}\.kubeconfig/;
    const [name] = file.exec(
      (await dialog.findByText(/^export KUBECONFIG=/)).textContent ?? '',
    )!;
    expect(
      dialog.getByRole('region', { name: 'Command for Linux and macOS' }),
    ).toHaveTextContent(`/${name}:\${KUBECONFIG:-$HOME/.kube/config}`);
    expect(
      dialog.getByRole('region', { name: 'Command for Windows PowerShell' }),
    ).toHaveTextContent(`\\${name};`);
    expect(createToken.mock.calls.flat().sort()).toEqual(['gpu01', 'prod01']);
    expect(dialog.getByText('One cluster is left out: edge17')).toBeVisible();
  });

  it('lists the devices of the person, and ends one after a question', async () => {
    const { berth, show } = open();
    show();
    const laptop = await row(/laptop-x/);
    expect(laptop.getByText('linux, kubectl-berth 0.1.0')).toBeVisible();
    expect(laptop.getByText('Signed in')).toBeVisible();
    expect(laptop.getByText('from 10.1.2.3')).toBeVisible();
    const old = await row(/old-vm/);
    expect(old.getByText('The sign-in lasted 12 hours.')).toBeVisible();
    expect(old.queryByRole('button')).not.toBeInTheDocument();
    expect(screen.queryByText('desk')).not.toBeInTheDocument();
    expect(screen.queryByRole('search')).not.toBeInTheDocument();

    const endDevice = jest
      .spyOn(berth, 'endDevice')
      .mockRejectedValueOnce(await responseError(503, 'Database away'));
    await userEvent.click(
      laptop.getByRole('button', { name: 'End the sign-in on laptop-x' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(endDevice).not.toHaveBeenCalled();
    const end = dialog.getByRole('button', { name: 'End sign-in' });
    await userEvent.click(end);
    expect(await dialog.findByText('Database away')).toBeVisible();
    await userEvent.click(end);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    const after = await row(/laptop-x/);
    expect(await after.findByText('Ended')).toBeVisible();
    expect(berth.devicesById.get('01KBDEVICEDESK')?.state).toBe('Active');
  });

  it('shows an admin the devices of everyone, and ends all of one person', async () => {
    const { berth, show } = open(ADMIN);
    berth.connected(
      aDevice('tower', { user: 'user:default/ada', state: 'Pending' }),
    );
    show();
    await row(/desk/);
    const tower = await row(/tower/);
    expect(tower.getByText('Not finished')).toBeVisible();
    expect(tower.getByText('code not entered')).toBeVisible();
    expect(screen.queryByText('laptop-x')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Everyone' }));
    await row(/laptop-x/);
    expect(
      screen.getByRole('heading', { name: 'Devices of everyone' }),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'End all' }),
    ).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole('radio', { name: 'Mine' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'End all' }, FIRST_RENDER),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/^kubectl on 2 computers/)).toBeVisible();
    await userEvent.click(
      dialog.getByRole('button', { name: 'End all sign-ins' }),
    );
    await waitFor(() =>
      expect(
        [...berth.devicesById.values()].map(({ user, state }) => [user, state]),
      ).toEqual([
        ['user:default/alice', 'Active'],
        ['user:default/alice', 'Ended'],
        ['user:default/ada', 'Ended'],
        ['user:default/ada', 'Ended'],
      ]),
    );
  });

  it('shows the devices of the person in the address', async () => {
    open(ADMIN, '/berth/kubectl?user=user:default/alice').show();
    await row(/laptop-x/);
    expect(
      screen.getByRole('heading', { name: 'Devices of alice' }),
    ).toBeVisible();
  });

  it('explains an empty list and a failed one', async () => {
    const { berth, show } = open();
    berth.devicesById.clear();
    jest
      .spyOn(berth, 'listDevices')
      .mockRejectedValueOnce(await responseError(503, 'Database away'));
    show();
    expect(
      await screen.findByText('Database away', {}, FIRST_RENDER),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('No computer is signed in with kubectl'),
    ).toBeVisible();
  });

  it('explains that sign-in is turned off, and offers a token', async () => {
    const { berth, show } = open();
    berth.kubectlEnabled = false;
    show();
    expect(
      await screen.findByText(
        'Sign-in with kubectl is turned off in this portal',
        {},
        FIRST_RENDER,
      ),
    ).toBeVisible();
    expect(screen.queryByText(/^Sign in once/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Get a token' }));
    expect(
      await within(await screen.findByRole('dialog')).findByText(
        /^export KUBECONFIG=/,
      ),
    ).toBeVisible();
  });
});
