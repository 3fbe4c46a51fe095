import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import {
  aChart,
  aCluster,
  aShare,
  FakeBerthApi,
  MEMBER,
  releaseKey,
  renderBerth,
  withCharts,
  withReleases,
} from '../../__testUtils__';
import { aGrant, aNamespace } from '../../__testUtils__/namespaces';

const SLOW = { timeout: 30_000 };
jest.setTimeout(120_000);

const PLACE = { cluster: 'prod01', namespace: 'shop' };
const INSTALL = '/berth/helm/charts/shop/web/install';
const WEB = '/berth/clusters/prod01/namespaces/shop/releases/web';

function open(path: string, change: (berth: FakeBerthApi) => void = () => {}) {
  const berth = withReleases(
    new FakeBerthApi(
      MEMBER,
      [aCluster('prod01', { shares: [aShare('team-a')] })],
      {
        namespaces: [
          aNamespace('prod01', 'shop', { grants: [aGrant('team-a')] }),
        ],
      },
    ),
  );
  withCharts(berth);
  change(berth);
  renderBerth(berth, path);
  return berth;
}

const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }, SLOW));

async function select(label: RegExp, option: string | RegExp) {
  await press(label);
  await userEvent.click(
    await screen.findByRole('option', { name: option }, SLOW),
  );
}

async function type(name: string, text: string) {
  const editor = await screen.findByRole('textbox', { name }, SLOW);
  const view = EditorView.findFromDOM(editor)!;
  act(() =>
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
    }),
  );
}

/** Waits until a button is disabled for a reason. A tooltip opens only for a button that was disabled before. */
const expectReason = (button: HTMLElement, reason: RegExp) =>
  waitFor(async () => {
    await userEvent.unhover(button);
    await userEvent.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(reason);
  }, SLOW);

describe('an installation', () => {
  it('takes a place, a name and values, shows what it would create, and starts', async () => {
    const berth = open(`${INSTALL}?version=1.1.0`, one => {
      one.helmPreviews.install = {
        warnings: ['Helm creates the custom resource definitions'],
        changes: {
          values: '',
          notes: '',
          items: [
            { kind: 'Deployment', name: 'front', change: 'added', diff: '+a' },
          ],
        },
      };
    });
    await screen.findByRole('heading', { name: 'Install web' }, SLOW);
    expect(
      (
        await screen.findByRole(
          'textbox',
          { name: 'Values of the chart web 1.1.0' },
          SLOW,
        )
      ).textContent,
    ).toContain('replicas: 2 # 1.1.0');
    const check = await screen.findByRole('button', { name: 'Check' });
    expect(check).toHaveAttribute('aria-disabled', 'true');
    await select(/Cluster/, 'prod01');
    await select(/Namespace/, 'shop');
    const name = screen.getByRole('textbox', { name: /Name of the release/ });
    expect(name).toHaveValue('web');
    await userEvent.clear(name);
    await userEvent.type(name, 'Front');
    expect(check).toHaveAttribute('aria-disabled', 'true');
    await userEvent.clear(name);
    await userEvent.type(name, 'front');
    await type('Your values for web', 'replicas: 3\n');
    expect(await accessibilityFindings()).toEqual([]);
    await press('Check');
    expect(
      await screen.findByRole('heading', {
        name: 'What the installation would create',
      }),
    ).toBeVisible();
    expect(
      screen.getByText('Helm creates the custom resource definitions'),
    ).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Difference of Deployment front' }),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('checkbox', { name: /uninstall if they are not/ }),
    );
    await press('Install');
    expect(
      await screen.findByRole('heading', { name: 'Installation' }, SLOW),
    ).toBeVisible();
    expect([...berth.started.values()]).toEqual([
      {
        ...{ kind: 'install', ...PLACE, release: 'front' },
        chart: { repository: 'shop', name: 'web', version: '1.1.0' },
        values: 'replicas: 3\n',
        previewDigest: 'sha256:preview',
        options: { rollbackOnFailure: true },
      },
    ]);
  });

  it('is checked again without the definitions, and after a change of the place', async () => {
    const berth = open(`${INSTALL}?cluster=prod01&namespace=shop`, one => {
      one.helmPreviews.install = { refusals: ['You may not create the CRD'] };
    });
    await press('Check');
    expect(await screen.findByText('You may not create the CRD')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Install' })).toBeNull();
    berth.helmPreviews.install = {};
    await userEvent.click(
      screen.getByRole('checkbox', { name: /Leave out the custom/ }),
    );
    expect(
      await screen.findByRole('button', { name: 'Install' }, SLOW),
    ).toBeVisible();
    expect(berth.previewed.at(-1)).toMatchObject({
      chart: { version: '1.2.0' },
      options: { skipCrds: true },
    });
    await userEvent.type(
      screen.getByRole('textbox', { name: /Name of the release/ }),
      '2',
    );
    expect(screen.queryByRole('button', { name: 'Install' })).toBeNull();
  });

  it('names the setting that is missing where the portal has no helm', async () => {
    open(`${INSTALL}?cluster=prod01&namespace=shop`, berth => {
      berth.helmWriting = { writable: false, reason: 'Set the binary' };
    });
    expect(await screen.findByText('Set the binary', {}, SLOW)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Check' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });

  it('is not checked where the roles of the person create no Secrets', async () => {
    const berth = open(`${INSTALL}?cluster=prod01&namespace=shop`, one => {
      one.abilities.rules = [];
    });
    const check = await screen.findByRole('button', { name: 'Check' }, SLOW);
    await expectReason(check, /do not allow you to create secrets/);
    await userEvent.click(check);
    expect(berth.previewed).toEqual([]);
  });

  it('opens from the page of the chart, in the version of the page', async () => {
    open('/berth/helm/charts/shop/web?version=1.1.0');
    expect(
      await screen.findByRole('link', { name: 'Install' }, SLOW),
    ).toHaveAttribute('href', `${INSTALL}?version=1.1.0`);
  });
});

describe('a newer version of a chart', () => {
  const from = (repository: string | undefined) => (berth: FakeBerthApi) => {
    const release = berth.releases.get(
      releaseKey({ ...PLACE, release: 'web' }),
    )!;
    const latest = release.views.at(-1)!;
    release.views = [
      ...release.views.slice(0, -1),
      {
        ...latest,
        chart: { ...latest.chart!, version: '1.1.0' },
        ...(repository !== undefined && { origin: { repository } }),
      },
    ];
  };

  it('is offered for a release from a known repository, and only for that', async () => {
    open(WEB, from('shop'));
    expect(
      await screen.findByText(
        'Version 1.2.0 of the chart web is available',
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Upgrade' }, SLOW),
    ).toHaveAttribute('href', `${WEB}/upgrade?repository=shop&version=1.2.0`);
  });

  it('is named to a person whose roles do not allow an upgrade, with the reason', async () => {
    open(WEB, berth => {
      from('shop')(berth);
      berth.abilities.rules = [];
    });
    const upgrade = await screen.findByRole(
      'button',
      { name: 'Upgrade' },
      SLOW,
    );
    expect(upgrade).toHaveAttribute('aria-disabled', 'true');
    await expectReason(upgrade, /do not allow you to create secrets/);
  });

  it('is not offered where nobody knows from which repository the chart came', async () => {
    open(WEB, from(undefined));
    await screen.findByText('A web server', {}, SLOW);
    expect(screen.queryByText(/is available/)).toBeNull();
  });

  it('is upgraded to with the values of the release, and shows defaults that differ', async () => {
    const berth = open(`${WEB}/upgrade?repository=shop&version=1.2.0`, one => {
      from('shop')(one);
      one.helmPreviews.upgrade = {
        defaults: [
          {
            ...{ path: 'db.host', change: 'Removed', yours: true },
            before: '"db"',
          },
          {
            ...{ path: 'image.tag', change: 'Changed', yours: false },
            ...{ before: '"1"', after: '"2"' },
          },
        ],
      };
    });
    expect(
      (
        await screen.findByRole(
          'textbox',
          { name: 'Values of the chart web 1.2.0' },
          SLOW,
        )
      ).textContent,
    ).toContain('replicas: 2 # 1.2.0');
    await press('Check');
    const yours = await screen.findByRole(
      'region',
      { name: 'The new chart has other defaults for values that you set' },
      SLOW,
    );
    expect(
      within(yours).getByRole('row', { name: /db.host Removed "db"/ }),
    ).toBeVisible();
    expect(
      screen.getByText('1 other default of the chart differs'),
    ).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
    await press('Upgrade');
    await screen.findByRole('heading', { name: 'Upgrade' }, SLOW);
    expect([...berth.started.values()]).toMatchObject([
      {
        kind: 'upgrade',
        chart: { repository: 'shop', name: 'web', version: '1.2.0' },
      },
    ]);
  });

  it('and an older one are found among more than a page of versions', async () => {
    const berth = open(WEB, one => {
      from('shop')(one);
      const web = one.charts.find(
        ({ view }) => view.repository === 'shop' && view.name === 'web',
      )!;
      web.versions.unshift(
        ...Array.from({ length: 150 }, (_, n) => ({
          version: `2.0.0-dev.${150 - n}`,
          prerelease: true,
          deprecated: false,
        })),
      );
    });
    await screen.findByText(
      'Version 1.2.0 of the chart web is available',
      {},
      SLOW,
    );
    await userEvent.click(screen.getByRole('link', { name: 'Upgrade' }));
    await select(/Version/, /^1\.0\.0-rc\.1/);
    await press('Check');
    await screen.findByRole('button', { name: 'Upgrade' }, SLOW);
    expect(berth.previewed.at(-1)).toMatchObject({
      chart: { repository: 'shop', version: '1.0.0-rc.1' },
    });
  });

  it('is the latest that is no pre-release where the person chooses none', async () => {
    const berth = open(`${INSTALL}?cluster=prod01&namespace=shop`, one => {
      const web = one.charts.find(
        ({ view }) => view.repository === 'shop' && view.name === 'web',
      )!;
      web.versions.unshift(
        ...Array.from({ length: 100 }, (_, n) => ({
          version: `2.0.0-dev.${100 - n}`,
          prerelease: true,
          deprecated: false,
        })),
      );
    });
    await press('Check');
    await screen.findByRole('button', { name: 'Install' }, SLOW);
    expect(berth.previewed.at(-1)).toMatchObject({
      chart: { version: '1.2.0' },
    });
  });

  it('is found in its repository where more than a page of charts contain its name', async () => {
    open(`${WEB}/upgrade`, one => {
      from(undefined)(one);
      one.charts.unshift(
        ...Array.from({ length: 101 }, (_, n) => aChart(`a${n}-web`)),
      );
    });
    await select(/Chart from/, 'The repository lab');
    expect(
      await screen.findByText('The chart has no values.', {}, SLOW),
    ).toBeVisible();
  });

  it('needs a choice of the repository where the origin is not known', async () => {
    const berth = open(`${WEB}/upgrade`, from(undefined));
    await select(/Chart from/, 'The repository lab');
    // The chart of this repository has no values.yaml.
    await screen.findByText('The chart has no values.', {}, SLOW);
    await press('Check');
    await screen.findByRole('button', { name: 'Upgrade' }, SLOW);
    expect(berth.previewed.at(-1)).toMatchObject({
      chart: { repository: 'lab', name: 'web', version: '1.2.0' },
    });
    await select(/Chart from/, /^The release: web 1.1.0/);
    expect(screen.queryByRole('button', { name: 'Upgrade' })).toBeNull();
    await press('Check');
    await screen.findByRole('button', { name: 'Upgrade' }, SLOW);
    expect(berth.previewed.at(-1)).not.toHaveProperty('chart');
  });
});
