import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { QueryClient } from '@tanstack/react-query';
import { accessibilityFindings } from '../../__testUtils__/accessibility';
import {
  FakeBerthApi,
  HIDDEN,
  MEMBER,
  releaseKey,
  renderBerth,
  withReleases,
} from '../../__testUtils__';

const SLOW = { timeout: 30_000 };
const WEB = '/berth/clusters/prod01/namespaces/shop/releases/web';

jest.setTimeout(120_000);

function open(path: string, change: (berth: FakeBerthApi) => void = () => {}) {
  const berth = withReleases(new FakeBerthApi(MEMBER, []));
  change(berth);
  renderBerth(berth, path);
  return berth;
}

const findHeading = (name: string) =>
  screen.findByRole('heading', { name }, SLOW);
const rowOf = (name: RegExp) => within(screen.getByRole('row', { name }));
/** The text of an editor; it is loaded on demand. */
const editorText = async (name: string) =>
  (await screen.findByRole('textbox', { name }, SLOW)).textContent;

describe('ReleasePage', () => {
  it('shows the objects with their health first, then the chart, the hooks and the notes', async () => {
    open(WEB);
    await screen.findByRole('row', { name: /Degraded/ }, SLOW);
    expect(
      screen
        .getAllByRole('rowheader')
        .slice(0, 3)
        .map(({ textContent }) => textContent),
    ).toEqual(['webDeployment', 'web-metricsServiceMonitor', 'web-keysSecret']);
    expect(rowOf(/Degraded/).getByText(/cannot be pulled/)).toBeVisible();
    expect(
      rowOf(/Degraded/).getByRole('link', { name: 'web' }),
    ).toHaveAttribute(
      'href',
      '/berth/clusters/prod01/objects/apps/deployments/shop/web',
    );
    expect(screen.queryByRole('link', { name: 'web-metrics' })).toBeNull();
    expect(screen.getByText('3 objects. 1 has a problem.')).toBeVisible();
    expect(screen.getByText('server-side apply')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'https://charts.example.com/web' }),
    ).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(rowOf(/web-migrate/).getByText('Succeeded')).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Notes of the chart' }),
    ).toHaveTextContent('Open http://web.shop in the cluster.');
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('links no object that the cluster does not have', async () => {
    open(WEB, berth => {
      const release = berth.releases.get(
        releaseKey({ cluster: 'prod01', namespace: 'shop', release: 'web' }),
      )!;
      const [first, ...others] = release.objects!;
      release.objects = [{ ...first, health: 'Missing' }, ...others];
    });
    const row = await screen.findByRole('row', { name: /Missing/ }, SLOW);
    expect(within(row).getByText('web-keys')).toBeVisible();
    expect(within(row).queryByRole('link')).toBeNull();
  });

  it('explains a failed release, a stuck one and one that Flux manages', async () => {
    open('/berth/clusters/prod01/namespaces/cart/releases/cart');
    const alert = await screen.findByText(
      'The last operation failed',
      {},
      SLOW,
    );
    expect(alert).toBeVisible();
    expect(screen.getAllByText(/image: Required value/)[0]).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open History' })).toHaveAttribute(
      'href',
      '/berth/clusters/prod01/namespaces/cart/releases/cart/history',
    );
  });

  it('compares two revisions', async () => {
    open(`${WEB}/history`);
    const row = await screen.findByRole('row', { name: /Superseded/ }, SLOW);
    expect(within(row).getByText('web 1.4.1')).toBeVisible();
    expect(
      await screen.findByRole('region', { name: 'Difference of the values' }),
    ).toHaveTextContent('-replicas: 2 +replicas: 3');
    expect(screen.getByText('Deployment web (changed)')).toBeVisible();
    expect(screen.getByText('Secret web-keys (added)')).toBeVisible();
    expect(screen.getByText('Notes: no difference')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Values of revision 1' }),
    ).toHaveAttribute('href', `${WEB}/values?revision=1`);
    expect(await accessibilityFindings()).toEqual([]);
  });

  it('shows all values on demand', async () => {
    open(`${WEB}/values`);
    expect(await editorText('Values of web')).not.toContain('service:');
    await userEvent.click(screen.getByRole('radio', { name: 'All values' }));
    await waitFor(async () =>
      expect(await editorText('Values of web')).toContain('service:'),
    );
  });

  it('reveals one value, and keeps it nowhere once it is hidden', async () => {
    const cached = jest.spyOn(QueryClient.prototype, 'setQueryData');
    const mounted = jest.spyOn(QueryClient.prototype, 'mount');
    const berth = open(`${WEB}/values`);
    await findHeading('1 hidden value');
    expect(screen.getByText(/records who reveals which value/)).toBeVisible();
    expect(document.body).not.toHaveTextContent(HIDDEN.password);

    await userEvent.click(
      screen.getByRole('button', { name: 'Reveal value of db.password' }),
    );
    expect(
      await screen.findByRole('region', { name: 'Value of db.password' }),
    ).toHaveTextContent(HIDDEN.password);
    expect(berth.reveals.map(({ request }) => request)).toEqual([
      { revision: 2, value: ['db', 'password'] },
    ]);

    await userEvent.click(
      screen.getByRole('button', { name: 'Hide value of db.password' }),
    );
    expect(document.documentElement.outerHTML).not.toContain(HIDDEN.password);
    const clients = mounted.mock.contexts as QueryClient[];
    expect(clients.length).toBeGreaterThan(0);
    const kept = clients.flatMap(client => [
      ...client
        .getQueryCache()
        .getAll()
        .map(({ state }) => state),
      ...client
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    ]);
    // The values with their marks are there, so the search looks at the right place.
    expect(JSON.stringify(kept)).toContain('replicas: 3');
    const everywhere = JSON.stringify([
      kept,
      cached.mock.calls,
      { ...localStorage },
      { ...sessionStorage },
      window.location.href,
      window.history.state,
    ]);
    expect(everywhere).not.toContain(HIDDEN.password);
    jest.restoreAllMocks();
  });

  it('shows the manifest by object, and reveals one key of a Secret', async () => {
    const berth = open(`${WEB}/manifest`);
    expect(await editorText('YAML of Deployment web')).toContain('replicas: 3');
    await userEvent.click(screen.getByRole('button', { name: /^web-keys/ }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reveal value of token' }),
    );
    expect(
      await screen.findByRole('region', { name: 'Value of token' }),
    ).toHaveTextContent(HIDDEN.token);
    expect(berth.reveals.at(-1)?.request).toEqual({
      revision: 2,
      object: { kind: 'Secret', name: 'web-keys' },
      key: 'token',
    });
    // Another object takes its value away.
    await userEvent.click(screen.getByRole('button', { name: /^web Dep/ }));
    expect(document.body).not.toHaveTextContent(HIDDEN.token);
  });

  it('shows how the cluster differs from the manifest', async () => {
    open(`${WEB}/drift`);
    const row = await screen.findByRole('row', { name: /spec.replicas/ }, SLOW);
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['3', '5']);
    expect(
      screen.getByText('The cluster does not have this object.'),
    ).toBeVisible();
    expect(screen.queryByRole('link', { name: 'web-config' })).toBeNull();
    expect(screen.getByText(/Secret web-keys: Your role/)).toBeVisible();
    expect(await accessibilityFindings()).toEqual([]);
  });

  it.each(['history', 'values', 'manifest', 'drift'])(
    'explains on %s why only the objects of a release are known',
    async tab => {
      open(`/berth/clusters/staging/namespaces/guest/releases/blog/${tab}`);
      await findHeading('Only the objects of this release are known');
      expect(screen.getByText(/which does not include Secrets/)).toBeVisible();
      expect(
        screen.getByRole('link', { name: 'Request a role' }),
      ).toHaveAttribute(
        'href',
        '/berth/requests/new?kind=grant&cluster=staging&namespace=guest',
      );
    },
  );

  it.each(['', '/history'])(
    'offers no role where the portal refuses Secrets to everyone, at "%s"',
    async path => {
      const berth = withReleases(new FakeBerthApi(MEMBER, []));
      const address = {
        ...{ cluster: 'staging', namespace: 'guest', release: 'blog' },
      };
      const { views } = berth.releases.get(releaseKey(address))!;
      Object.assign(views[0], {
        roleHelps: false,
        firstDeployedAt: undefined,
        unreadable: 'The portal does not pass on requests for secrets',
      });
      renderBerth(
        berth,
        `/berth/clusters/staging/namespaces/guest/releases/blog${path}`,
      );
      expect(
        await screen.findByText(/does not pass on requests/, {}, SLOW),
      ).toBeVisible();
      expect(screen.queryByText(/request a role/i)).toBeNull();
      // Its objects show nothing of what Helm stored.
      expect(screen.queryByRole('heading', { name: 'Release' })).toBeNull();
    },
  );

  it('shows a hook and an object of the same name, each with its own YAML', async () => {
    const berth = withReleases(new FakeBerthApi(MEMBER, []));
    const address = { cluster: 'prod01', namespace: 'shop', release: 'web' };
    const found = berth.releases.get(releaseKey(address))!;
    const object = found.manifest!.find(({ kind }) => kind === 'Deployment')!;
    found.manifest = [
      object,
      { ...object, hook: true, yaml: 'kind: Hook\n' },
      { ...object, yaml: 'kind: Again\n' },
    ];
    renderBerth(berth, `${WEB}/manifest`);
    expect(await editorText('YAML of Deployment web')).toContain('replicas: 3');
    await userEvent.click(screen.getByRole('button', { name: /^web.*hook/i }));
    expect(await editorText('YAML of Deployment web')).toContain('Hook');
  });

  it('explains that a release is not there', async () => {
    const berth = open('/berth/clusters/prod01/namespaces/shop/releases/none');
    expect(
      await screen.findByText(
        /There is no Helm release none in shop/,
        {},
        SLOW,
      ),
    ).toBeVisible();
    expect(
      berth.releases.has(
        releaseKey({ cluster: 'prod01', namespace: 'shop', release: 'none' }),
      ),
    ).toBe(false);
  });
});
