/* eslint-disable jest/no-export -- cases that two test files share */
import { adminKubeconfig } from '@berth/cluster-sandbox';
import { currentHelm } from '@berth/kube-binaries';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  AdministeredCluster,
  Answer,
  create,
  TEAM,
  TeamCluster,
  until,
} from '../../resources/objects/__testUtils__/TeamCluster';
import { aNewReleaseSecret, aReleaseSecret } from './aReleaseSecret';

const CHARTS = resolve(__dirname, '../../../../../examples/charts');
const OLD = 'planted-old-password';
const NEW = 'planted-new-password';
const SECRETS = [OLD, NEW].flatMap(text => [
  text,
  Buffer.from(text).toString('base64'),
]);

type Helm = (args: string[], signal?: AbortSignal) => Promise<unknown>;

/**
 * Describes the routes of releases that the real helm writes. The same cases run against the sandbox and against a real
 * control plane.
 */
export function describeReleases(
  team: () => TeamCluster,
  cluster: () => AdministeredCluster,
): void {
  const release = (
    part: string,
    { name = 'shop', person = 'editor', ...init } = {},
  ): Promise<Answer> =>
    team().fetch(
      `/clusters/prod/namespaces/${TEAM}/releases/${name}${part}`,
      person,
      init,
    );
  const reveal = (body: object, person = 'editor') =>
    release('/reveal', {
      person,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    } as never);
  const list = async (person: string) => {
    const { text } = await team().fetch('/helm/releases', person);
    const lines = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    const items = new Map<string, any>();
    for (const line of lines.filter(({ type }) => type === 'releases')) {
      line.items.forEach((item: any) => items.set(item.name, item));
    }
    return { lines, items: Object.fromEntries(items) };
  };

  describe('Helm releases', () => {
    beforeAll(async () => {
      const home = await mkdtemp(join(tmpdir(), 'helm-'));
      const helm = await helmIn(home, cluster());
      const web = (name: string, ...values: string[]) => [
        ...['upgrade', '--install', name, join(CHARTS, 'web'), '-n', TEAM],
        ...values.flatMap(value => ['--set', value]),
      ];
      await helm(web('shop', `database.password=${OLD}`));
      await helm(web('shop', `database.password=${NEW}`, 'replicas=3'));
      // The values of a ConfigMap must be texts.
      const broken = ['replicas=4', 'settings.RETRIES=5'];
      const upgrade = web('shop', `database.password=${NEW}`, ...broken);
      await helm([...upgrade, '--skip-schema-validation']).catch(() => {});
      const end = new AbortController();
      const values = ['database.password=x', 'migrations.enabled=true'];
      const stuck = helm(web('stuck', ...values), end.signal).catch(() => {});
      await until(async () => (await list('admin')).items.stuck !== undefined);
      end.abort();
      await stuck;
      const inConfigMaps = await helmIn(home, cluster(), {
        HELM_DRIVER: 'configmap',
      });
      await inConfigMaps([
        ...['install', 'sessions', join(CHARTS, 'cache'), '-n', TEAM],
        ...['--labels', 'team=shop'],
      ]);
      await rm(home, { recursive: true });
      await create(
        team().admin,
        `/api/v1/namespaces/${TEAM}/secrets`,
        hostile('bomb', { content: Buffer.alloc(40 * 1024 * 1024) }),
      );
      await create(
        team().admin,
        `/api/v1/namespaces/${TEAM}/secrets`,
        hostile('shop', { revision: 99, labels: { name: 'stuck' } }),
      );
    }, 120_000);

    it.each(['editor', 'admin'])('are listed for %s', async person => {
      const { lines, items } = await list(person);
      expect(items.shop).toMatchObject({
        ...{ cluster: 'prod', namespace: TEAM, source: 'secret' },
        ...{ revision: 3, status: 'failed', labels: {} },
        chart: { name: 'web', version: '1.4.2', appVersion: '2.14.0' },
        description: expect.stringContaining('Upgrade "shop" failed'),
      });
      expect(items.stuck).toMatchObject({
        ...{ revision: 1, status: 'pending-install' },
      });
      expect(items.bomb.problem).toMatch(
        /Secret "sh.helm.release.v1.bomb.v1" .* 32 MiB/,
      );
      expect(lines[0]).toMatchObject({ type: 'start' });
      expect(lines.at(-2)).toEqual({ type: 'done', cluster: 'prod', count: 4 });
      expect(lines.at(-1)).toEqual({ type: 'end' });
    });

    it('H16 show nothing of what others may read to a person who may not list Secrets', async () => {
      await list('editor');
      const { items } = await list('viewer');
      expect(items.shop).toEqual({
        ...{ cluster: 'prod', namespace: TEAM, name: 'shop' },
        ...{ source: 'objects', status: 'unknown', labels: {} },
        chart: { name: 'web', version: '1.4.2', appVersion: '2.14.0' },
      });
      expect(items.bomb).toBeUndefined();
      const view = await release('', { person: 'viewer' });
      expect(view.body).toMatchObject({
        source: 'objects',
        unreadable: expect.stringContaining(`You may not list the Secrets of`),
      });
      expect(view.body).not.toHaveProperty('notes');
      for (const part of ['/history', '/values', '/manifest', '/drift']) {
        const { status, body } = await release(part, { person: 'viewer' });
        expect(status).toBe(403);
        expect(body.error.message).toContain('role edit');
      }
      const { body } = await release('/objects', { person: 'viewer' });
      expect(body.items.map(({ kind }: any) => kind).sort()).toEqual([
        'Deployment',
        'Service',
      ]);
      const { lines } = await list('stranger');
      expect(lines).toContainEqual(
        expect.objectContaining({
          ...{ type: 'failed', namespace: TEAM, cause: 'Forbidden' },
        }),
      );
      expect(await release('', { person: 'stranger' })).toMatchObject({
        status: 403,
      });
    });

    it('are read from ConfigMaps, by people who may not list Secrets, too', async () => {
      for (const person of ['admin', 'editor', 'viewer']) {
        const { items } = await list(person);
        expect(items.sessions).toMatchObject({
          ...{ source: 'configMap', revision: 1, status: 'deployed' },
          ...{ labels: { team: 'shop' }, chart: { name: 'cache' } },
        });
      }
      const of = { name: 'sessions', person: 'viewer' };
      expect((await release('', of)).body.notes).toContain('no password');
      expect((await release('/values', of)).body.yaml).toBe('{}\n');
    });

    it('are seen by their objects while the portal passes on no requests for Secrets', async () => {
      team().deny.push('secrets');
      try {
        const { items } = await list('admin');
        expect(items.shop).toMatchObject({ source: 'objects' });
        expect(await release('/values')).toMatchObject({ status: 403 });
        expect((await release('')).body).toMatchObject({
          unreadable: expect.stringContaining('berth.proxy.deny'),
          roleHelps: false,
        });
      } finally {
        team().deny.pop();
      }
    });

    it('have a view, a history and notes as text', async () => {
      const { body } = await release('');
      expect(body).toMatchObject({
        ...{ revision: 3, latestRevision: 3, status: 'failed' },
        ...{ applyMethod: 'ssa', hooks: [] },
        chart: {
          kubeVersion: '>=1.20.0-0',
          type: 'application',
          home: 'https://example.com/charts/web',
          sources: ['https://example.com/shop/web'],
        },
        notes: expect.stringContaining('with 4 replicas'),
      });
      const older = await release('?revision=2');
      expect(older.body).toMatchObject({ revision: 2, latestRevision: 3 });
      const history = await release('/history');
      expect(
        history.body.items.map(({ revision, status }: any) => [
          revision,
          status,
        ]),
      ).toEqual([
        [3, 'failed'],
        [2, 'deployed'],
        [1, 'superseded'],
      ]);
      const stuck = await release('', { name: 'stuck' });
      expect(stuck.body.hooks).toMatchObject([
        { name: 'stuck-migrations', kind: 'Job', weight: -5 },
      ]);
    });

    it('name the revisions there are, the release and what is broken', async () => {
      const messageOf = async (part: string, name?: string) => {
        const { status, body } = await release(part, { name });
        return [status, body.error.message];
      };
      expect(await messageOf('?revision=9')).toEqual([
        404,
        'shop has no revision 9; it has 3, 2, 1',
      ]);
      expect(await messageOf('', 'none')).toEqual([
        404,
        `There is no Helm release none in ${TEAM} on prod`,
      ]);
      expect(await messageOf('/values', 'bomb')).toEqual([
        502,
        expect.stringContaining('it holds more than 32 MiB'),
      ]);
    });

    it('H17 have values, a manifest and a diff without secrets', async () => {
      const values = await release('/values?revision=2');
      expect(values.body).toEqual({
        yaml: 'database:\n  password: ••••••\nreplicas: 3\n',
        masked: [['database', 'password']],
      });
      const all = await release('/values?revision=2&all=true');
      expect(all.body.yaml).toContain('repository: registry.example.com');
      const defaults = await release('/values?revision=2&defaults=true');
      expect(defaults.body.yaml).toContain('repository: registry.example.com');
      expect(defaults.body.yaml).not.toContain('replicas: 3');
      const { body } = await release('/manifest?revision=2');
      expect(
        body.items.map(({ kind, plural }: any) => [kind, plural]).sort(),
      ).toEqual([
        ['ConfigMap', 'configmaps'],
        ['Deployment', 'deployments'],
        ['Secret', 'secrets'],
        ['Service', 'services'],
      ]);
      const secret = body.items.find(({ kind }: any) => kind === 'Secret');
      expect(secret).toMatchObject({
        name: 'shop-login',
        namespace: TEAM,
        maskedKeys: ['DATABASE_USER', 'DATABASE_PASSWORD'],
      });
      const diff = await release('/diff?from=1&to=2');
      expect(diff.body.values).toContain('+replicas: 3');
      expect(diff.body.values).toContain('(changed)');
      expect(diff.body.notes).toContain('+web 2.14.0 runs with 3 replicas.');
      expect(
        diff.body.items.map(({ kind, change }: any) => [kind, change]).sort(),
      ).toEqual([
        ['Deployment', 'changed'],
        ['Secret', 'changed'],
      ]);
      const answers = team().answers.join('\n');
      SECRETS.forEach(text => expect(answers).not.toContain(text));
    });

    it('H23 record which value a person sees, and never the value', async () => {
      const path = { value: ['database', 'password'] };
      expect((await reveal({ ...path, revision: 1 })).body).toEqual({
        value: OLD,
      });
      const object = { kind: 'Secret', namespace: TEAM, name: 'shop-login' };
      const key = 'DATABASE_PASSWORD';
      expect((await reveal({ revision: 2, object, key })).body).toEqual({
        value: NEW,
      });
      const refused = { ...path, revision: 2 };
      expect(await reveal(refused, 'viewer')).toMatchObject({ status: 403 });
      const shown = { value: ['replicas'], revision: 2 };
      expect(await reveal(shown)).toMatchObject({ status: 404 });
      const subject = { cluster: 'prod', namespace: TEAM, release: 'shop' };
      const jtis = expect.any(Array);
      const events = team().events.filter(
        ({ eventId }) => eventId === 'helm-reveal',
      );
      expect(events).toMatchObject([
        {
          outcome: 'success',
          meta: { ...subject, ...path, revision: 1, jtis },
        },
        {
          outcome: 'success',
          meta: { ...subject, object, key, revision: 2, jtis },
        },
        { outcome: 'fail', meta: { ...subject, ...refused } },
        { outcome: 'fail', meta: { ...subject, ...shown } },
      ]);
      const written = JSON.stringify([team().events, team().logged]);
      SECRETS.forEach(text => expect(written).not.toContain(text));
    });

    it('have objects with their health, and drift', async () => {
      const { body } = await release('/objects');
      expect(
        body.items.map(({ kind, health }: any) => [kind, health]),
      ).toContainEqual(['ConfigMap', 'Healthy']);
      const patch = (path: string, content: object) =>
        team().admin.request({
          method: 'PATCH',
          path,
          body: { contentType: 'application/merge-patch+json', content },
        });
      const driftOf = async (name: string) =>
        (await release('/drift', { name })).body;
      // The release that waits for its migration has no objects yet.
      const stuck = await driftOf('stuck');
      expect(stuck.items).toHaveLength(4);
      expect(stuck.items[0]).toMatchObject({ missing: true, fields: [] });
      const before = await driftOf('shop');
      await patch(`/apis/apps/v1/namespaces/${TEAM}/deployments/shop`, {
        spec: { replicas: 5, template: { metadata: { labels: { x: 'y' } } } },
      });
      await patch(`/api/v1/namespaces/${TEAM}/secrets/shop-login`, {
        data: { DATABASE_PASSWORD: Buffer.from('other').toString('base64') },
      });
      const after = await driftOf('shop');
      expect(before.unreadable).toEqual([]);
      // The failed upgrade wrote some objects, and not the ConfigMap.
      expect(fieldsOf(before, 'Deployment', 'Secret', 'Service')).toEqual(
        before.items.some(({ kind }: any) => kind === 'Deployment')
          ? ['spec.replicas']
          : [],
      );
      expect(fieldsOf(after, 'Deployment', 'Secret', 'Service')).toEqual([
        'data.DATABASE_PASSWORD',
        'spec.replicas',
      ]);
      expect(JSON.stringify(after)).not.toContain('b3RoZXI');
    });
  });
}

function fieldsOf(drift: any, ...kinds: string[]): string[] {
  return drift.items
    .filter(({ kind }: any) => kinds.includes(kind))
    .flatMap(({ fields }: any) => fields.map(({ path }: any) => path))
    .sort();
}

/** A Secret that a person writes by hand. */
function hostile(name: string, parts: Parameters<typeof aReleaseSecret>[0]) {
  return aNewReleaseSecret({ ...parts, name, namespace: TEAM });
}

async function helmIn(
  home: string,
  cluster: AdministeredCluster,
  settings: Record<string, string> = {},
): Promise<Helm> {
  const helm = (await currentHelm())!;
  const kubeconfig = join(home, 'kubeconfig');
  const named = { name: 'prod', ...pick(cluster) };
  await writeFile(kubeconfig, adminKubeconfig([named]), { mode: 0o600 });
  const run: Helm = (args, signal) => {
    const running = promisify(execFile)(helm, args, {
      env: { ...settings, HOME: home, KUBECONFIG: kubeconfig },
    });
    // An option of `execFile` would end helm with SIGTERM, on which helm writes that the release failed.
    signal?.addEventListener('abort', () => running.child.kill('SIGKILL'));
    return running;
  };
  return run;
}

function pick({ apiServer, caPem, adminToken }: AdministeredCluster) {
  return { apiServer, caPem, adminToken };
}
