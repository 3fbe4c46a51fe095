import { describeWithControlPlane } from '@berth/control-plane';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  create,
  until,
} from '../../resources/objects/__testUtils__/TeamCluster';
import { aChart, anObject } from './__testUtils__/aChart';
import { Programs } from './__testUtils__/programs';
import {
  assertSucceeded,
  NAMESPACE,
  OTHER,
  RunnerUnderTest,
} from './__testUtils__/RunnerUnderTest';
import { HelmRunner } from './HelmRunner';
import { HelmLine, HelmRun, UpgradeCommand } from './types';

const SECRET_VALUE = 'planted-password';
const HOOK = {
  annotations: { 'helm.sh/hook': 'pre-upgrade' },
  spec: {
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'main', image: 'main' }],
      },
    },
  },
};
const EXTENSIONS = 'apiextensions.k8s.io';
const DISCOVERY = /^\/(api|apis)(\/[^/]+){0,2}$/;
const ROLE = 'rbac.authorization.k8s.io/v1';

jest.setTimeout(60_000);

describeWithControlPlane('helm through the runner to a real API server', () => {
  let cluster: RunnerUnderTest;
  let programs: Programs;
  let runner: HelmRunner;

  beforeAll(async () => {
    cluster = await RunnerUnderTest.start();
    programs = await Programs.create();
    runner = await cluster.runner();
    await cluster.install('web');
  });

  afterAll(async () => {
    await cluster?.stop();
    await programs?.remove();
  });

  const upgrade = (release = 'web'): UpgradeCommand => ({
    kind: 'upgrade',
    namespace: NAMESPACE,
    release,
  });
  const chartOf = (...objects: string[]) =>
    aChart({ 'templates/all.yaml': objects.join('\n---\n') });
  const waiting = (release: string) =>
    chartOf(
      anObject('v1', 'ConfigMap', release, { data: { changed: 'yes' } }),
      anObject('batch/v1', 'Job', `${release}-hook`, HOOK),
    );

  /** Starts an upgrade that waits for a hook, and returns once it does. */
  async function startWaiting(release: string, more: Partial<HelmRun> = {}) {
    await cluster.install(release);
    const end = new AbortController();
    const lines: HelmLine[] = [];
    const running = runner.run(
      cluster.aRun({
        command: upgrade(release),
        chart: await waiting(release),
        values: `password: ${SECRET_VALUE}\n`,
        signal: end.signal,
        onLine: line => lines.push(line),
        ...more,
      }),
    );
    await until(async () => lines.some(({ text }) => text.includes(' Job ')));
    return { end, lines, running };
  }

  it('upgrades with values, reports the writes, rolls back, tests and uninstalls', async () => {
    const lines: HelmLine[] = [];
    const chart = await chartOf(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {size: {{ .Values.size | quote }}}`,
    );
    const run = {
      chart,
      values: 'size: large\n',
      onLine: lines.push.bind(lines),
    };
    const result = await runner.run(
      cluster.aRun({ command: { ...upgrade(), description: 'More' }, ...run }),
    );
    assertSucceeded(result);
    expect(
      result.writes.map(({ verb, resource }) => `${verb} ${resource}`),
    ).toEqual([
      'create secrets',
      'patch configmaps',
      'update secrets',
      'update secrets',
    ]);
    expect(lines[1]).toEqual({
      level: 'info',
      source: 'portal',
      text: 'Changed ConfigMap web in shop',
    });
    expect(
      await cluster.admin.request({
        method: 'GET',
        path: `/api/v1/namespaces/${NAMESPACE}/configmaps/web`,
      }),
    ).toMatchObject({
      data: { size: 'large' },
      metadata: { managedFields: [{ manager: 'helm' }] },
    });
    const of = { namespace: NAMESPACE, release: 'web' };
    for (const command of [
      { kind: 'rollback', revision: 1, ...of },
      { kind: 'test', ...of },
      { kind: 'uninstall', keepHistory: true, ...of },
    ] as const) {
      assertSucceeded(await runner.run(cluster.aRun({ command })));
    }
    expect(await cluster.latest('web')).toMatchObject({
      revision: 3,
      status: 'uninstalled',
    });
  });

  it('H1 helm has no token and no file with values, in its arguments, environment and folder', async () => {
    const { end, running } = await startWaiting('no-secret');
    const seen = await spyOnHelm();
    end.abort();
    await running;
    expect(seen.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cmdline', 'environ', 'kubeconfig', 'chart.tgz']),
    );
    for (const { content } of seen) {
      expect(content).not.toContain(cluster.token);
      expect(content).not.toContain(SECRET_VALUE);
      expect(content).not.toMatch(/eyJ|Bearer/);
    }
  });

  it('H3 the address of the relay ends with the run, and the release is marked as failed', async () => {
    const { end, running } = await startWaiting('cancelled');
    const [, url] = /server: (\S+)/.exec(
      (await spyOnHelm()).find(({ name }) => name === 'kubeconfig')!.content,
    )!;
    expect((await fetch(`${url}/version`)).status).toBe(200);
    end.abort();
    expect(await running).toMatchObject({ ended: 'cancelled' });
    expect((await fetch(`${url}/version`)).status).toBe(404);
    expect(await cluster.latest('cancelled')).toMatchObject({
      revision: 2,
      status: 'failed',
    });
    expect(await spyOnHelm()).toEqual([]);
  });

  it('H4 a preview writes nothing, even if helm does not simulate', async () => {
    await cluster.install('previewed');
    const careless = await programs.add(
      'careless-helm',
      `for a do shift; case $a in --dry-run*) ;; *) set -- "$@" "$a";; esac; done
exec ${cluster.helm} "$@"`,
    );
    const other = await cluster.runner({ binary: careless });
    const before = await cluster.writes();
    const of = { namespace: NAMESPACE, release: 'previewed' };
    const chart = await chartOf(anObject('v1', 'ConfigMap', 'second'));
    for (const command of [
      upgrade('previewed'),
      { kind: 'rollback', revision: 1, ...of },
      { kind: 'uninstall', ...of },
    ] as const) {
      const run = cluster.aRun({ command, chart, mode: 'preview' });
      const result = await other.run(run);
      expect(result.exitCode).toBe(1);
      expect(result.blocked[0]).toContain('A preview writes nothing');
      const simulated = await runner.run(run);
      assertSucceeded(simulated);
      expect(simulated.writes).toEqual([]);
    }
    expect(await cluster.writes()).toEqual(before);
    expect(await cluster.latest('previewed')).toMatchObject({ revision: 1 });
  });

  it('H5 an operation writes outside its namespace only what the preview showed', async () => {
    await cluster.install('wide');
    const chart = await chartOf(
      anObject('v1', 'ConfigMap', 'foreign', { namespace: OTHER }),
      anObject(ROLE, 'ClusterRole', 'wide', { rules: [] }),
    );
    const run = cluster.aRun({ command: upgrade('wide'), chart });
    const role = {
      group: ROLE.split('/')[0],
      resource: 'clusterroles',
      name: 'wide',
    };
    const map = {
      group: '',
      resource: 'configmaps',
      namespace: OTHER,
      name: 'foreign',
    };
    for (const allowed of [
      [],
      [role],
      [map],
      [map, { ...role, name: 'other' }],
    ]) {
      const { exitCode, blocked } = await runner.run({ ...run, allowed });
      expect(exitCode).toBe(1);
      expect(blocked[0]).toContain(
        'The preview did not show this write outside shop',
      );
    }
    assertSucceeded(await runner.run({ ...run, allowed: [map, role] }));
  });

  it('H8 the other traffic of helm is refused and reported', async () => {
    await cluster.install('remote');
    const { fetched } = await runner.run(
      cluster.aRun({
        command: upgrade('remote'),
        mode: 'preview',
        chart: await aChart({
          'values.schema.json': JSON.stringify({
            $schema: 'http://json-schema.org/draft-07/schema#',
            $ref: 'http://schemas.example.com/web.json?token=planted',
          }),
        }),
      }),
    );
    expect(fetched).toEqual(['http://schemas.example.com/web.json']);
    const { fetched: hosts } = await runner.run(
      cluster.aRun({
        command: upgrade('remote'),
        mode: 'preview',
        chart: await aChart({
          'values.schema.json':
            '{"$ref": "https://schemas.example.com/web.json"}',
        }),
      }),
    );
    expect(hosts).toEqual(['schemas.example.com:443']);
  });

  it.each([
    [
      'processor time',
      '{{ range until 10000000 }}{{ range until 1000 }}{{ end }}{{ end }}',
    ],
    ['memory', '{{ $a := until 100000000 }}'],
  ])(
    'H9 a bomb of %s ends helm, and the portal goes on',
    async (_, template) => {
      const bounded = await cluster.runner({ limits: { cpuSeconds: 1 } });
      await cluster.install('bomb').catch(() => {});
      let turns = 0;
      const timer = setInterval(() => {
        turns += 1;
      }, 1);
      const result = await bounded.run(
        cluster.aRun({
          command: upgrade('bomb'),
          mode: 'preview',
          chart: await aChart({ 'templates/bomb.yaml': template }),
        }),
      );
      clearInterval(timer);
      expect(result.ended).toBe('killed');
      expect(turns).toBeGreaterThan(10);
    },
  );

  describe('with the kinds that the portal keeps', () => {
    let fresh: HelmRunner;

    beforeEach(async () => {
      fresh = await cluster.runner();
    });

    /** Installs a release, and returns how often the API server was asked for its kinds. */
    async function installAsked(
      release: string,
      files: Record<string, string>,
      person = 'user:default/ann',
    ): Promise<number> {
      cluster.asked.length = 0;
      const result = await fresh.run(
        cluster.aRun({
          command: { kind: 'install', namespace: NAMESPACE, release },
          chart: await aChart(files),
          person,
          allowed: [
            {
              group: EXTENSIONS,
              resource: 'customresourcedefinitions',
              name: 'boats.example.com',
            },
          ],
        }),
      );
      assertSucceeded(result);
      return cluster.asked.filter(path => DISCOVERY.test(path)).length;
    }
    const map = (name: string) => ({
      'templates/map.yaml': anObject('v1', 'ConfigMap', name),
    });
    const objectOf = (kind: string) => ({
      'templates/object.yaml': anObject('example.com/v1', kind, 'first'),
    });

    it('asks for the kinds once for each person', async () => {
      const first = await installAsked('first', map('first'));
      expect(first).toBeGreaterThan(10);
      expect(await installAsked('second', map('second'))).toBe(0);
      expect(
        await installAsked('third', map('third'), 'user:default/bob'),
      ).toBe(first);
    });

    it('has the kinds that a chart has just defined', async () => {
      await installAsked('known', map('known'));
      await installAsked('defines', {
        'crds/boats.yaml': JSON.stringify(definitionOf('Boat')),
      });
      expect(await installAsked('boat', objectOf('Boat'))).toBeGreaterThan(10);
    });

    it('runs helm again if helm misses a kind that someone else has defined', async () => {
      await installAsked('before', map('before'));
      await create(
        cluster.admin,
        `/apis/${EXTENSIONS}/v1/customresourcedefinitions`,
        definitionOf('Ship'),
      );
      expect(await installAsked('ship', objectOf('Ship'))).toBeGreaterThan(10);
    });
  });

  it('reports what the API server refused', async () => {
    const result = await runner.run(
      cluster.aRun({
        command: { kind: 'uninstall', namespace: NAMESPACE, release: 'web' },
        token: async () => ({
          token: 'not-a-token',
          expiresAt: new Date(Date.now() + 60_000),
        }),
      }),
    );
    expect(result).toMatchObject({ ended: 'exited', exitCode: 1 });
    expect(result.refused[0]).toMatchObject({
      status: 401,
      message: 'Unauthorized',
    });
  });
});

/** Defines a kind in the group `example.com`. */
function definitionOf(kind: string) {
  const singular = kind.toLowerCase();
  return {
    apiVersion: `${EXTENSIONS}/v1`,
    kind: 'CustomResourceDefinition',
    metadata: { name: `${singular}s.example.com` },
    spec: {
      group: 'example.com',
      names: { kind, plural: `${singular}s`, singular },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              'x-kubernetes-preserve-unknown-fields': true,
            },
          },
        },
      ],
    },
  };
}

/** Reads what other users of the computer could see of a helm that this process runs. */
async function spyOnHelm(): Promise<{ name: string; content: string }[]> {
  const seen: { name: string; content: string }[] = [];
  for (const id of await readdir('/proc')) {
    const environ = await read(join('/proc', id, 'environ'));
    const status = await read(join('/proc', id, 'status'));
    if (!status.includes(`PPid:\t${process.pid}\n`)) {
      continue;
    }
    const [, folder] = /\0?HOME=([^\0]*berth-helm-[^\0]*)/.exec(environ) ?? [];
    if (folder !== undefined) {
      const cmdline = await read(join('/proc', id, 'cmdline'));
      seen.push(
        { name: 'environ', content: environ },
        { name: 'cmdline', content: cmdline },
      );
      for (const name of await readdir(folder, { recursive: true })) {
        seen.push({ name, content: await read(join(folder, name)) });
      }
    }
  }
  return seen;
}

/** @returns nothing for what has gone, and for a folder */
async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1');
  } catch {
    return '';
  }
}
