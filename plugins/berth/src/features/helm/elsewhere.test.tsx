import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { HELM_MASK, HelmPreview } from '@berth/plugin-berth-common';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import {
  aCluster,
  aRelease,
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

const ORIGINAL = { cluster: 'prod01', namespace: 'shop', release: 'web' };
const PAGE = '/berth/clusters/prod01/namespaces/shop/releases/web';
const DIGEST = '0123456789abcdef'.repeat(4).slice(0, 63);
const CHART = { repository: 'shop', name: 'web', version: '1.4.2' };

/** The release `web` on prod01, and three other clusters with a namespace. */
function open(path: string, change: (berth: FakeBerthApi) => void = () => {}) {
  const names = ['prod01', 'eu', 'us', 'asia'];
  const berth = withReleases(
    new FakeBerthApi(
      MEMBER,
      names.map(name =>
        aCluster(name, {
          shares: [aShare('team-a')],
          ...(name === 'us' && { defaultStorageClass: 'standard' }),
        }),
      ),
      {
        namespaces: names.map(name =>
          aNamespace(name, 'shop', { grants: [aGrant('team-a')] }),
        ),
      },
    ),
  );
  withCharts(berth);
  const web = berth.releases.get(releaseKey(ORIGINAL))!;
  web.views = web.views.map(view => ({
    ...view,
    origin: { repository: 'shop', digest: DIGEST },
  }));
  web.values = {
    yaml: `db:\n  password: ${HELM_MASK}\nstorageClass: fast\n`,
    masked: [['db', 'password']],
  };
  change(berth);
  renderBerth(berth, path);
  return berth;
}

const press = async (name: string | RegExp, scope = screen as never) =>
  userEvent.click(
    await (scope as typeof screen).findByRole('button', { name }, SLOW),
  );

async function choose(target: HTMLElement, label: RegExp, option: string) {
  await userEvent.click(within(target).getByRole('button', { name: label }));
  await userEvent.click(
    await screen.findByRole('option', { name: option }, SLOW),
  );
}

/** Chooses the place of the target that has none yet. */
async function addTarget(cluster: string) {
  const target = await screen.findByRole(
    'region',
    { name: /^Target \d$/ },
    SLOW,
  );
  await choose(target, /Cluster/, cluster);
  const placed = await screen.findByRole('region', { name: cluster }, SLOW);
  await choose(placed, /Namespace/, 'shop');
  return screen.findByRole('region', { name: `${cluster} / shop` }, SLOW);
}

function editorIn(target: HTMLElement): EditorView {
  return EditorView.findFromDOM(
    within(target).getByRole('textbox', { name: /^Values for/ }),
  )!;
}

const same: Partial<HelmPreview> = {
  chartDigest: `${DIGEST}f`,
  sameChart: 'Same',
};

describe('a release on other clusters', () => {
  it('is installed and upgraded with values of each target, and one target that fails stays alone', async () => {
    const berth = open(PAGE, one => {
      one.helmPreviews.install = same;
      one.helmPreviews.upgrade = {
        ...same,
        promotedFrom: [{ ...ORIGINAL, revision: 2 }],
      };
      one.helmPreviewProblems.set(
        'asia/shop/web',
        'You may not create Secrets',
      );
      one.addRelease({
        views: [aRelease({ cluster: 'eu', revision: 7 })],
        values: { yaml: 'size: small\n', masked: [] },
      });
    });
    await press('Actions for the release web');
    await userEvent.click(
      await screen.findByRole('menuitem', {
        name: 'Install on other clusters',
      }),
    );
    await screen.findByRole(
      'heading',
      { name: 'Install on other clusters' },
      SLOW,
    );
    expect(await screen.findByText('sha256:0123456789ab')).toBeVisible();
    const check = screen.getByRole('button', { name: 'Check' });
    expect(check).toHaveAttribute('aria-disabled', 'true');

    const eu = await addTarget('eu');
    await press('Add target');
    const us = await addTarget('us');
    await press('Add target');
    const asia = await addTarget('asia');
    expect(await accessibilityFindings()).toEqual([]);

    // A suggestion changes nothing before the person takes it.
    expect(editorIn(us).state.doc.toString()).toContain('fast');
    await press('Use standard for storageClass', within(us) as never);
    expect(editorIn(us).state.doc.toString()).toContain(
      'storageClass: standard',
    );
    await userEvent.click(
      within(us).getByRole('checkbox', { name: /Copy the hidden values/ }),
    );
    const typed = editorIn(eu);
    act(() =>
      typed.dispatch({
        changes: { from: 0, to: typed.state.doc.length, insert: 'size: 2\n' },
      }),
    );
    await press('Check');
    expect(
      await within(eu).findByText(/has a release web with the chart web 1.4.2/),
    ).toBeVisible();
    expect(within(eu).getByText(/promotion rule accepts/)).toBeVisible();
    expect(await within(us).findByText(/has no release web/)).toBeVisible();
    expect(within(us).getByText(/^The same chart as web/)).toBeVisible();
    expect(
      await within(asia).findByText('You may not create Secrets'),
    ).toBeVisible();
    expect(screen.getByText(/^1 target is not ready/)).toBeVisible();

    await press('Install on 2 clusters');
    expect(await within(eu).findByText('Waiting')).toBeVisible();
    expect(await within(us).findByText('Waiting')).toBeVisible();
    const copyOf = { ...ORIGINAL, revision: 2 };
    const started = [...berth.started.values()].sort((a, b) =>
      a.cluster < b.cluster ? -1 : 1,
    );
    expect(started).toEqual([
      {
        ...{ kind: 'upgrade', cluster: 'eu', namespace: 'shop' },
        ...{ release: 'web', baseRevision: 7, chart: CHART, copyOf },
        ...{ values: 'size: 2\n', previewDigest: 'sha256:preview' },
        options: {},
      },
      {
        ...{ kind: 'install', cluster: 'us', namespace: 'shop' },
        ...{ release: 'web', chart: CHART },
        copyOf: { ...copyOf, hiddenValues: true },
        values: `db:\n  password: ${HELM_MASK}\nstorageClass: standard\n`,
        ...{ previewDigest: 'sha256:preview', options: {} },
      },
    ]);
    const links = within(us).getAllByRole('link');
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      expect.stringContaining('/clusters/us/namespaces/shop/releases/web/op'),
      expect.stringMatching(/\/clusters\/us\/namespaces\/shop\/releases\/web$/),
    ]);
    expect(within(asia).getByRole('button', { name: /Cluster/ })).toBeVisible();
  });

  it('waits until the portal has room for more operations, or until the person stops it', async () => {
    const berth = open(`${PAGE}/elsewhere`, one => {
      one.helmPreviews.install = same;
      one.helmRoom = 1;
    });
    await addTarget('eu');
    await press('Add target');
    await addTarget('us');
    await press('Add target');
    await addTarget('asia');
    await press('Check');
    await press('Install on 3 clusters');
    const startedOn = () =>
      [...berth.started.values()].map(({ cluster }) => cluster);
    const [reason] = await screen.findAllByText('1 operations wait', {}, SLOW);
    expect(reason).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
    expect(startedOn()).toHaveLength(1);
    // The first one runs, so that there is room for the next.
    berth.advanceOperation(berth.operations[0].id, { state: 'Running' });
    await waitFor(() => expect(startedOn()).toHaveLength(2), SLOW);
    await press('Stop waiting');
    const left = ['eu', 'us', 'asia'].find(
      name => !startedOn().includes(name),
    )!;
    const target = screen.getByRole('region', { name: `${left} / shop` });
    expect(within(target).queryByText(/waits for its turn/)).toBeNull();
    berth.helmRoom = Infinity;
    await press('Install on 1 cluster');
    await waitFor(() => expect(startedOn()).toHaveLength(3), SLOW);
    expect(startedOn()).toContain(left);
    expect(screen.queryByText(/waits for its turn/)).toBeNull();
  });

  it('takes the values of the release that is there, and shows a refusal', async () => {
    const berth = open(`${PAGE}/elsewhere`, one => {
      one.helmPreviews.upgrade = {
        refusals: ['eu takes web 1.4.2 only after it is deployed on sandbox'],
      };
      one.addRelease({
        views: [aRelease({ cluster: 'eu', revision: 7 })],
        values: { yaml: 'size: small\n', masked: [] },
      });
    });
    const eu = await addTarget('eu');
    await press('Check');
    expect(await within(eu).findByText(/only after/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Install' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await press('Start from its values', within(eu) as never);
    expect(await within(eu).findByText('size')).toBeVisible();
    expect(editorIn(eu).state.doc.toString()).toBe('size: small\n');
    expect(within(eu).queryByText(/only after/)).toBeNull();
    expect(berth.started.size).toBe(0);
  });

  it('does not call a name free that an uninstalled release has', async () => {
    open(`${PAGE}/elsewhere`, one => {
      one.helmPreviews.install = { refusals: ['Uninstall it again'] };
      one.addRelease({
        views: [
          aRelease({ cluster: 'eu', revision: 7, status: 'uninstalled' }),
        ],
        values: { yaml: '', masked: [] },
      });
    });
    const eu = await addTarget('eu');
    await press('Check');
    expect(await within(eu).findByText('Uninstall it again')).toBeVisible();
    expect(within(eu).queryByText(/has no release/)).toBeNull();
  });

  it('asks for a repository where the origin is not known', async () => {
    const berth = open(`${PAGE}/elsewhere`, one => {
      const web = one.releases.get(releaseKey(ORIGINAL))!;
      web.views = web.views.map(({ origin: _, ...view }) => view);
      one.helmPreviews.install = {
        sameChart: 'Unknown',
        warnings: ['The portal did not record the archive'],
      };
    });
    const us = await addTarget('us');
    expect(
      screen.getByText(/does not know from which repository/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Check' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await press(/Repository/);
    await userEvent.click(await screen.findByRole('option', { name: 'shop' }));
    await press('Check');
    expect(
      await within(us).findByText('The portal did not record the archive'),
    ).toBeVisible();
    expect(within(us).queryByText(/^The same chart as/)).toBeNull();
    expect(berth.previewed.at(-1)).toMatchObject({ chart: CHART });
  });
});
