import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aChart,
  ADMIN,
  aRepository,
  FakeBerthApi,
  MEMBER,
  renderBerth,
  withCharts,
} from '../../__testUtils__';
import { accessibilityFindings } from '../../__testUtils__/accessibility';

const SLOW = { timeout: 30_000 };

jest.setTimeout(120_000);

function open(
  path: string,
  prepare: (berth: FakeBerthApi) => void = withCharts,
  access = MEMBER,
) {
  const berth = new FakeBerthApi(access, []);
  prepare(berth);
  renderBerth(berth, path);
  return berth;
}

const rows = () =>
  screen
    .getAllByRole('rowheader')
    .map(header => within(header).getByRole('link').getAttribute('href'));

describe('charts', () => {
  it('lists the charts of all repositories, searches them and filters them', async () => {
    open('/berth/helm/charts');
    await screen.findByRole('link', { name: 'cache' }, SLOW);
    expect(rows()).toEqual([
      '/berth/helm/charts/shop/cache',
      '/berth/helm/charts/shop/web',
      '/berth/helm/charts/lab/web',
    ]);
    expect(screen.getByRole('link', { name: 'Charts' })).toHaveAttribute(
      'href',
      '/berth/helm/charts',
    );
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search charts' }),
      'another',
    );
    await waitFor(
      () => expect(rows()).toEqual(['/berth/helm/charts/lab/web']),
      SLOW,
    );
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('offers to clear a search without matches', async () => {
    open('/berth/helm/charts?search=nothing&repository=shop');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear the search' }, SLOW),
    );
    expect(
      await screen.findByRole('link', { name: 'cache' }, SLOW),
    ).toBeVisible();
  });

  it('explains why there are no charts', async () => {
    open('/berth/helm/charts', () => {});
    expect(
      await screen.findByText(/There is no chart repository/, {}, SLOW),
    ).toBeVisible();
  });

  it('shows a chart with its README, values and versions', async () => {
    open('/berth/helm/charts/shop/web');
    await screen.findByText('Version 1.2.0 of the chart.', {}, SLOW);
    expect(
      screen.getByRole('link', { name: /example.com\/src/ }),
    ).toHaveAttribute('rel', 'noopener noreferrer');
    expect(await accessibilityFindings()).toEqual([]);
    await userEvent.click(screen.getByRole('link', { name: 'Versions' }));
    await userEvent.click(
      await screen.findByRole('link', { name: '1.1.0' }, SLOW),
    );
    await screen.findByText('Version 1.1.0 of the chart.', {}, SLOW);
    expect(screen.getByText('This version is deprecated')).toBeVisible();
    expect(screen.getByText('ab'.repeat(32))).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: 'Schema' }));
    await screen.findByText(/Helm accepts any values/, {}, SLOW);
  });

  it('gives the reason for an archive that cannot be read', async () => {
    open('/berth/helm/charts/shop/web', berth => {
      withCharts(berth);
      berth.chartFileProblem = 'The archive of the chart is refused';
    });
    await screen.findByText('The README could not be loaded', {}, SLOW);
    expect(
      screen.getByText(/The archive of the chart is refused/),
    ).toBeVisible();
  });

  it('shows the repositories: as of when, and why one failed', async () => {
    open('/berth/helm/repositories');
    await screen.findByText(
      /does not have this \(404\)\. The charts are those of the last success/,
      {},
      SLOW,
    );
    expect(screen.getByText('not read yet')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Show charts of shop' }),
    ).toHaveAttribute('href', '/berth/helm/charts?repository=shop');
    expect(
      screen.getByRole('button', { name: 'Refresh shop' }),
    ).toHaveAttribute('aria-disabled', 'true');
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('lets platform admins refresh a repository', async () => {
    const berth = open('/berth/helm/repositories', withCharts, ADMIN);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refresh lab' }, SLOW),
    );
    await waitFor(() => expect(berth.refreshed).toEqual(['lab']), SLOW);
    await waitFor(
      () => expect(screen.queryByText(/does not have this/)).toBeNull(),
      SLOW,
    );
  });
});

describe('repositories that platform admins add', () => {
  const withOwn = (berth: FakeBerthApi) => {
    withCharts(berth);
    berth.repositories.push(
      aRepository('own', {
        source: 'Portal',
        hasCredential: true,
        hasCa: true,
        hasKeyring: true,
        only: ['web', 'cache-*'],
      }),
    );
  };
  const openAs = async (access: typeof MEMBER) => {
    const berth = open('/berth/helm/repositories', withOwn, access);
    await screen.findByRole('button', { name: 'Refresh own' }, SLOW);
    return berth;
  };
  const press = (name: string | RegExp) =>
    userEvent.click(screen.getByRole('button', { name }));
  const type = async (label: string | RegExp, text: string) => {
    const selector = 'input:not([type=radio]), textarea';
    await userEvent.click(screen.getByLabelText(label, { selector }));
    await userEvent.paste(text);
  };

  it('are added with a credential, and read at once', async () => {
    const berth = await openAs(ADMIN);
    await press('Add repository');
    await screen.findByRole('dialog', { name: 'Add a chart repository' });
    await type(/^Name/, 'team');
    await type(/^Address/, 'ftp://registry.example.com/charts');
    await type(/^Charts/, 'web, cache');
    await userEvent.click(
      screen.getByRole('radio', { name: 'User name and password' }),
    );
    await type(/^User name/, 'reader');
    await type(/^Password/, 'secret');
    expect(await accessibilityFindings()).toEqual([]);
    await press('Add');
    await screen.findByText('url must be an https:// address', {}, SLOW);
    const address = screen.getByLabelText(/^Address/);
    await userEvent.clear(address);
    await userEvent.type(address, 'oci://registry.example.com/charts');
    await press('Add');
    await waitFor(() => expect(berth.refreshed).toEqual(['team']), SLOW);
    expect(berth.created).toEqual([
      {
        name: 'team',
        url: 'oci://registry.example.com/charts',
        charts: ['web', 'cache'],
        credential: { username: 'reader', password: 'secret' },
      },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are changed, and keep their credential unless it is replaced', async () => {
    const berth = await openAs(ADMIN);
    await press('Edit own');
    const address = await screen.findByLabelText(/^Address/, {}, SLOW);
    await userEvent.type(address, 'moved/');
    await press('Save');
    await waitFor(
      () =>
        expect(berth.updated).toEqual([
          { url: 'https://charts.example.com/own/moved/' },
        ]),
      SLOW,
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), SLOW);
    await press('Edit own');
    await userEvent.click(
      await screen.findByRole('radio', { name: 'None' }, SLOW),
    );
    await userEvent.click(
      screen.getByRole('checkbox', { name: /Trust the public CAs/ }),
    );
    await type(/^Keyring/, 'other keys');
    await userEvent.clear(screen.getByLabelText(/^Charts/));
    await press('Save');
    await waitFor(
      () =>
        expect(berth.updated[1]).toEqual({
          credential: null,
          caData: null,
          keyringData: 'other keys',
          charts: null,
        }),
      SLOW,
    );
  });

  it('are removed after a question', async () => {
    const berth = await openAs(ADMIN);
    await press('Remove own');
    await screen.findByText(/Releases stay as they are/, {}, SLOW);
    await press('Remove the repository');
    await waitFor(
      () =>
        expect(berth.repositories.map(({ name }) => name)).not.toContain('own'),
      SLOW,
    );
  });

  it('are read-only for members, as are those of the configuration for admins', async () => {
    await openAs(MEMBER);
    for (const name of ['Add repository', 'Edit own', 'Remove own']) {
      expect(screen.getByRole('button', { name })).toHaveAttribute(
        'aria-disabled',
        'true',
      );
    }
    expect(screen.queryByRole('button', { name: 'Edit shop' })).toBeNull();
    expect(screen.getByText('web, cache-*')).toBeVisible();
    expect(
      screen.getAllByText(/in the configuration of the portal/),
    ).toHaveLength(3);
  });
});

describe('a README that nobody has checked', () => {
  const HOSTILE = [
    '<script>window.planted = 1</script>',
    '<img src=x onerror="window.planted = 1">',
    '![photo](https://tracker.example.com/pixel.png)',
    '![svg](data:image/svg+xml;base64,PHN2Zz4=)',
    '<iframe src="https://evil.example.com"></iframe>',
    '<style>body { display: none }</style>',
    '<a href="javascript:window.planted=1">html</a>',
    '[script](javascript:window.planted=1)',
    '[coded](java&#9;script:window.planted=1)',
    '[spaced](<java\nscript:window.planted=1>)',
    '[data](data:text/html,<script>1</script>)',
    '[file](file:///etc/passwd)',
    '[relative](/api/berth/clusters)',
    '[protocol](//evil.example.com)',
    '[vb](vbscript:1)',
    '<javascript:window.planted=1>',
    '[ref]\n\n[ref]: javascript:window.planted=1',
    '| a |\n| - |\n| <svg onload="window.planted=1"> |',
  ].join('\n\n');

  it('is shown as plain text if its parts nest too much', async () => {
    const readme = `${'- '.repeat(1_000)}a`;
    open('/berth/helm/charts/shop/deep', berth =>
      berth.charts.push(aChart('deep', {}, { readme })),
    );
    const region = await screen.findByRole(
      'region',
      { name: 'README as plain text' },
      SLOW,
    );
    expect(region).toHaveTextContent('- - - a');
    expect(screen.getByText(/does not show its format/)).toBeVisible();
    expect(within(region).queryByRole('list')).not.toBeInTheDocument();
  });

  it('H20 becomes text without HTML, images, scripts and links into the portal', async () => {
    open('/berth/helm/charts/shop/bad', berth =>
      berth.charts.push(
        aChart(
          'bad',
          {},
          {
            readme: `${HOSTILE}\n\n[good](https://example.com/docs)\n\nThe end.`,
          },
        ),
      ),
    );
    const end = await screen.findByText('The end.', {}, SLOW);
    const readme = end.parentElement!;
    expect(
      readme.querySelectorAll(
        'script, img, iframe, style, svg, object, embed, form, input, link',
      ),
    ).toHaveLength(0);
    expect(
      [...readme.querySelectorAll('a')].map(link => link.getAttribute('href')),
    ).toEqual(['https://example.com/docs']);
    expect(
      [...readme.querySelectorAll('*')].flatMap(element =>
        element.getAttributeNames().filter(name => /^on|^src|style/.test(name)),
      ),
    ).toEqual([]);
    expect(within(readme).getByText('Image: photo')).toBeVisible();
    expect(window).not.toHaveProperty('planted');
  });
});
