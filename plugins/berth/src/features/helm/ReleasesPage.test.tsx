import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import {
  aCluster,
  ADMIN,
  FakeBerthApi,
  MEMBER,
  renderBerth,
  withReleases,
} from '../../__testUtils__';
import { renderTenancy } from '../../__testUtils__/renderTenancy';
import { aHome } from '../../__testUtils__/namespaces';

const SLOW = { timeout: 30_000 };

jest.setTimeout(120_000);

function open(
  path: string,
  prepare: (berth: FakeBerthApi) => void = withReleases,
) {
  const berth = new FakeBerthApi(MEMBER, []);
  prepare(berth);
  renderBerth(berth, path);
  return berth;
}

const names = () =>
  screen
    .getAllByRole('rowheader')
    .map(header => within(header).getByRole('link').textContent);

describe('ReleasesPage', () => {
  it('lists the releases of all clusters, problems first, each with its cause', async () => {
    const berth = open('/berth/helm');
    const row = await screen.findByRole('row', { name: /cart/ }, SLOW);
    expect(names()).toEqual([
      'cart',
      'queue',
      'blog',
      'proxy',
      'search',
      'web',
    ]);
    expect(within(row).getByText('Failed')).toBeVisible();
    expect(within(row).getByText(/image: Required value/)).toBeVisible();
    expect(within(row).getByText('cart 0.9.0')).toBeVisible();
    const inRow = (name: RegExp) => within(screen.getByRole('row', { name }));
    expect(
      inRow(/queue/).getByText('The installation was not finished'),
    ).toBeVisible();
    expect(inRow(/proxy/).getByText('Upgrading')).toBeVisible();
    expect(inRow(/search/).getByText('Managed by Flux')).toBeVisible();
    expect(inRow(/blog/).getByText('Seen by its objects')).toBeVisible();
    expect(
      inRow(/blog/).getByText(/do not let you read the Secret/),
    ).toBeVisible();
    expect(inRow(/^web/).getByRole('link', { name: 'web' })).toHaveAttribute(
      'href',
      '/berth/clusters/prod01/namespaces/shop/releases/web',
    );
    expect(screen.getByText('6 releases. 2 have a problem.')).toBeVisible();
    expect(screen.getByRole('tab', { name: 'Helm' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(berth.releaseQueries).toEqual([{}]);
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('filters and sorts by the address, and asks only the chosen clusters', async () => {
    const berth = open(
      '/berth/helm?cluster=prod01&status=!&search=required&sort=-name',
    );
    await screen.findByRole('row', { name: /cart/ }, SLOW);
    expect(names()).toEqual(['cart']);
    expect(berth.releaseQueries).toEqual([{ cluster: ['prod01'] }]);
    await userEvent.click(
      screen.getByRole('button', { name: /Filter by status/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /Any status/ }),
    );
    await userEvent.clear(screen.getByRole('searchbox'));
    await waitFor(() => expect(names()).toEqual(['web', 'search', 'cart']));
  });

  it('names the failed clusters in one place, and keeps the others', async () => {
    open('/berth/helm', berth => {
      withReleases(berth);
      berth.helmFailures.push({
        cluster: 'edge17',
        cause: 'Timeout',
        message: 'Nothing within 8 seconds.',
      });
    });
    expect(
      await screen.findByText(
        '1 of 3 clusters did not answer completely',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(
      screen.getByText(/did not answer in time\. Nothing within 8 seconds/),
    ).toBeVisible();
    expect(screen.getByRole('row', { name: /^web/ })).toBeVisible();
  });

  it.each([
    [
      'no place',
      'There is no namespace where you can see releases',
      (_: FakeBerthApi) => {},
    ],
    [
      'no right',
      'Your roles do not let you list Helm releases',
      (berth: FakeBerthApi) =>
        berth.helmFailures.push({
          cluster: 'prod01',
          cause: 'Forbidden',
          message: 'secrets is forbidden',
        }),
    ],
  ])('explains what to do with %s', async (_, title, prepare) => {
    open('/berth/helm', prepare);
    expect(
      await screen.findByRole('heading', { name: title }, SLOW),
    ).toBeVisible();
  });

  it('shows the releases of a namespace on its page with one more list', async () => {
    const { berth } = renderTenancy({
      as: ADMIN,
      path: '/berth/clusters/prod01/namespaces/shop',
      berth: withReleases(
        new FakeBerthApi(ADMIN, [aCluster('prod01')], {
          namespaces: [aHome('prod01', 'shop')],
        }),
      ),
    });
    const section = await screen.findByRole('link', { name: 'search' }, SLOW);
    expect(section).toBeVisible();
    expect(screen.getByText('2 releases.')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Show in Helm' })).toHaveAttribute(
      'href',
      '/berth/helm?cluster=prod01&namespace=shop',
    );
    expect(berth.releaseQueries).toEqual([
      { cluster: ['prod01'], namespace: ['shop'] },
    ]);
  });

  it('summarizes the releases on Mine, and names those with a problem', async () => {
    renderTenancy({
      as: MEMBER,
      path: '/berth/mine',
      berth: withReleases(
        new FakeBerthApi(MEMBER, [aCluster('prod01')], {
          namespaces: [aHome('prod01', 'team-a')],
        }),
      ),
    });
    expect(
      await screen.findByText('6 releases. 2 have a problem.', {}, SLOW),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'cart' })).toBeVisible();
    expect(screen.getByText(/image: Required value/)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'web' })).toBeNull();
  });
});
