import { createServer, Server } from 'node:http';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { HELM_MASK } from '@berth/plugin-berth-common';
import {
  create,
  TEAM,
  until,
} from '../../resources/objects/__testUtils__/TeamCluster';
import { anArchive, chartEntries } from '../charts/__testUtils__/anArchive';
import { aNewReleaseSecret } from '../__testUtils__/aReleaseSecret';
import { Person, PreviewsUnderTest } from './__testUtils__/PreviewsUnderTest';

const WEB = resolve(__dirname, '../../../../../examples/charts/web');
const START_MS = 180_000;
const PASSWORD = 'planted-old-password';
const NEW_PASSWORD = 'planted-new-password';

jest.setTimeout(60_000);

/** A chart with most of what an uninstallation leaves, and objects of the whole cluster. */
const MUCH = {
  'templates/all.yaml': `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: {{ .Release.Name }}-{{ .Values.role }}}
rules: []
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: kept
  annotations: {helm.sh/resource-policy: keep}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}}
data: {size: {{ .Values.size | quote }}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: db}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`,
  'templates/hook.yaml': `
apiVersion: v1
kind: ConfigMap
metadata:
  name: of-a-hook
  annotations: {helm.sh/hook: pre-install}
`,
  'templates/test.yaml': `
apiVersion: v1
kind: Pod
metadata:
  name: try-it
  annotations: {helm.sh/hook: test}
spec: {containers: [{name: main, image: main}]}
`,
  'crds/x.yaml': `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: xs.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: X, plural: xs}
  versions:
    - name: v1
      served: true
      storage: true
      schema: {openAPIV3Schema: {type: object}}
`,
  'values.yaml': 'size: small\nrole: reader\n',
};

describeWithControlPlane('previews before a real API server', () => {
  let cluster: PreviewsUnderTest;
  let listener: Server;
  const hits: string[] = [];

  beforeAll(async () => {
    cluster = await PreviewsUnderTest.start(
      await ControlPlane.start({ audit: true }),
    );
    listener = createServer((request, response) => {
      hits.push(request.url!);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    await cluster.helm(
      'install',
      'web',
      WEB,
      '--set',
      `database.password=${PASSWORD}`,
    );
    await cluster.install('much', MUCH);
    await cluster.install(
      'remote',
      {
        'templates/a.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: remote}\n',
        'values.schema.json': JSON.stringify({
          $ref: `http://127.0.0.1:${port}/schema`,
        }),
      },
      '--skip-schema-validation',
    );
  }, START_MS);

  afterAll(async () => {
    listener?.close();
    await cluster?.stop();
  }, START_MS);

  const upgrade = (values: string, person?: Person, release = 'web') =>
    cluster.preview(
      { kind: 'upgrade', release, baseRevision: 1, values },
      person,
    );

  it(
    'name the revisions that helm then deletes',
    async () => {
      const kept = async () =>
        JSON.parse(await cluster.helm('history', 'long', '--output=json')).map(
          ({ revision }: { revision: number }) => revision,
        );
      await cluster.install('long', {
        'templates/a.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: long}\n',
      });
      for (let revision = 1; revision < 5; revision += 1) {
        await cluster.helm('rollback', 'long', '1', '--history-max=0');
      }
      expect(await kept()).toEqual([1, 2, 3, 4, 5]);
      const { preview, run } = await cluster.preview(
        { kind: 'upgrade', release: 'long', baseRevision: 5, values: '' },
        'editor',
        3,
      );
      expect(preview.warnings).toContain(
        'Helm keeps 3 revisions: this upgrade deletes revisions 1 to 3',
      );
      expect(preview.rights).toContainEqual(
        expect.objectContaining({ resource: 'secrets', verb: 'delete' }),
      );
      expect(run.command).toMatchObject({ historyMax: 3 });
      const rollback = await cluster.preview(
        { kind: 'rollback', release: 'long', baseRevision: 5, revision: 4 },
        'editor',
        4,
      );
      expect(rollback.preview.warnings).toContain(
        'Helm keeps 4 revisions: this rollback deletes revisions 1 and 2',
      );
      expect(rollback.run.command).toMatchObject({ historyMax: 4 });
      await cluster.helm('rollback', 'long', '4', '--history-max=4');
      expect(await kept()).toEqual([3, 4, 5, 6]);
      const undone = (keeps: number) =>
        cluster.preview(
          {
            ...{ kind: 'upgrade', release: 'long', baseRevision: 6 },
            ...{ values: '', options: { rollbackOnFailure: true } },
          },
          'editor',
          keeps,
        );
      expect((await undone(5)).preview.rights).not.toContainEqual(
        expect.objectContaining({ resource: 'secrets', verb: 'delete' }),
      );
      expect((await undone(4)).preview.warnings).toEqual([
        'Helm keeps 4 revisions: this upgrade deletes revision 3',
      ]);
      await expect(
        cluster.upgrade(
          'long',
          {
            // The cluster refuses the name.
            'templates/a.yaml':
              'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: LONG}\n',
          },
          ...['--rollback-on-failure', '--history-max=4'],
        ),
      ).rejects.toThrow('has been rolled back');
      // Helm stores the undo without a limit.
      expect(await kept()).toEqual([4, 5, 6, 7, 8]);
      const { preview: next } = await cluster.preview(
        { kind: 'upgrade', release: 'long', baseRevision: 8, values: '' },
        'editor',
        4,
      );
      expect(next.warnings).toContain(
        'Helm keeps 4 revisions: this upgrade deletes revisions 4 and 5',
      );
    },
    START_MS,
  );

  it('H17 show what an upgrade changes, without secrets, and write nothing', async () => {
    const values = `database: {password: ${NEW_PASSWORD}}\nreplicas: 3\n`;
    for (const person of ['admin', 'owner', 'editor'] as const) {
      const { preview, run, chart } = await upgrade(values, person);
      expect(preview).toMatchObject({ refusals: [], conflicts: [] });
      expect(chart).toEqual({ name: 'web', version: '1.4.2' });
      expect(preview.changes!.values).toContain('+replicas: 3');
      expect(preview.changes!.values).toContain('(changed)');
      expect(
        preview.changes!.items.map(({ kind, change }) => [kind, change]),
      ).toEqual(
        expect.arrayContaining([
          ['Deployment', 'changed'],
          ['Secret', 'changed'],
        ]),
      );
      expect(preview.rights).toContainEqual({
        ...{ verb: 'patch', group: 'apps', resource: 'deployments' },
        ...{ namespace: TEAM, names: ['web'], allowed: true },
      });
      expect(run.allowed).toEqual([]);
      expect(run.values).toContain(NEW_PASSWORD);
      const shown = JSON.stringify(preview);
      for (const text of [PASSWORD, NEW_PASSWORD]) {
        expect(shown).not.toContain(text);
        expect(shown).not.toContain(Buffer.from(text).toString('base64'));
      }
    }
    expect(await cluster.writes()).toEqual([]);
  });

  it('H17 keep a hidden value, and have a digest that follows the values', async () => {
    const hidden = `database: {password: ${HELM_MASK}}\n`;
    const [same, clear, other] = [
      await upgrade(hidden),
      await upgrade(`database: {password: ${PASSWORD}}\n`),
      await upgrade(`database: {password: ${NEW_PASSWORD}}\n`),
    ];
    expect(same.preview.changes).toMatchObject({ values: '', items: [] });
    expect(same.run.values).toContain(PASSWORD);
    expect(same.preview.digest).toBe(clear.preview.digest);
    expect(same.preview.digest).not.toBe(other.preview.digest);
  });

  it('refuse a person who may not read releases, and a page that is old', async () => {
    await expect(upgrade('', 'viewer')).rejects.toThrow(
      'You may not list the Secrets',
    );
    await expect(
      cluster.preview({ kind: 'test', release: 'web', baseRevision: 7 }),
    ).rejects.toThrow(
      'web changed: its latest revision is 1, and not 7. Load the page again',
    );
  });

  it('name the values that do not fit the schema, and what helm cannot render', async () => {
    expect((await upgrade('replicas: 21\n')).preview.refusals).toEqual([
      'values: replicas must be <= 20',
    ]);
    const { refusals } = (await upgrade('settings: {A: 5}\n')).preview;
    expect(refusals).toHaveLength(1);
    await expect(upgrade('a: [')).rejects.toThrow('values line 1');
  });

  it('H7 fetch no schema, and say so', async () => {
    const { preview, run } = await upgrade('a: 1\n', 'editor', 'remote');
    expect(preview.refusals).toEqual([]);
    expect(preview.warnings).toEqual([
      expect.stringMatching(
        /refers to "http:..127.0.0.1:\d+.schema", which was not fetched/,
      ),
    ]);
    expect(run.command).toMatchObject({ skipSchemaValidation: true });
    expect(hits).toEqual([]);
  });

  const install = (
    chart: string,
    values = '',
    {
      person = 'editor',
      release = chart,
      options,
    }: {
      person?: Person;
      release?: string;
      options?: { skipCrds?: boolean };
    } = {},
  ) =>
    cluster.preview(
      {
        ...{ kind: 'install', release, values, options },
        chart: { repository: 'shop', name: chart, version: '1.0.0' },
      },
      person,
    );

  it('H17 show what an installation creates, without secrets, and write nothing', async () => {
    await cluster.charts.add('fresh', '1.0.0', {
      'values.yaml': 'password: ""\n',
      'templates/a.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: {name: fresh}\nstringData: {password: {{ .Values.password | quote }}}\n',
    });
    const { preview, run, base, chart } = await install(
      'fresh',
      `password: ${NEW_PASSWORD}\n`,
    );
    expect(preview).toMatchObject({
      refusals: [],
      conflicts: [],
      warnings: [],
    });
    expect(base).toBeUndefined();
    expect(chart).toEqual({
      repository: 'shop',
      name: 'fresh',
      version: '1.0.0',
    });
    expect(
      preview.changes!.items.map(({ kind, name, change }) => [
        ...[kind, name, change],
      ]),
    ).toEqual([['Secret', 'fresh', 'added']]);
    expect(preview.rights).toContainEqual({
      ...{ verb: 'create', group: '', resource: 'secrets' },
      ...{ namespace: TEAM, names: ['fresh'], allowed: true },
    });
    expect(JSON.stringify(preview)).not.toContain('planted');
    expect(run.command).toMatchObject({
      kind: 'install',
      labels: {
        'berth.dev/repository': 'shop',
        'berth.dev/chart-version': '1.0.0',
      },
    });
    expect(await cluster.writes()).toEqual([]);
    await expect(install('fresh', '', { person: 'viewer' })).rejects.toThrow(
      'You may not list the Secrets',
    );
    await expect(install('missing')).rejects.toThrow(
      'has no version "1.0.0" of the chart "missing"',
    );
    expect(
      (await install('fresh', '', { release: 'web' })).preview.refusals,
    ).toEqual([
      `${TEAM} has a release web: revision 1 is deployed. Choose another name, or upgrade the release`,
    ]);
  });

  it(
    'name what helps for a release that was uninstalled with its history',
    async () => {
      await cluster.install('gone', {
        'templates/a.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: gone}\n',
      });
      await cluster.helm('uninstall', 'gone', '--keep-history');
      await cluster.charts.add('fresh-gone', '1.0.0', {});
      const gone = { release: 'gone', baseRevision: 1 };
      expect(
        (await install('fresh-gone', '', { release: 'gone' })).preview.refusals,
      ).toEqual([
        `${TEAM} has a release gone: revision 1 is uninstalled. Roll back to one of its revisions, or uninstall it again without the history, or choose another name`,
      ]);
      expect(
        (await cluster.preview({ kind: 'upgrade', ...gone, values: '' }))
          .preview.refusals,
      ).toEqual([
        'gone is uninstalled, and Helm keeps its history. Helm upgrades no release without a deployed revision. Roll back to one of its revisions, or uninstall it again without the history',
      ]);
      // What the advice names is possible.
      for (const request of [
        { kind: 'rollback' as const, ...gone, revision: 1 },
        { kind: 'uninstall' as const, ...gone, keepHistory: false },
      ]) {
        expect((await cluster.preview(request)).preview.refusals).toEqual([]);
      }
      await cluster.helm('rollback', 'gone', '1');
      await cluster.helm('uninstall', 'gone', '--keep-history');
      await cluster.helm('uninstall', 'gone');
    },
    START_MS,
  );

  it('refuse a chart for another version of Kubernetes, and one whose objects exist', async () => {
    await cluster.charts.add('modern', '1.0.0', {
      'Chart.yaml':
        'apiVersion: v2\nname: modern\nversion: 1.0.0\nkubeVersion: ">=1.99.0"\n',
    });
    expect((await install('modern')).preview.refusals).toEqual([
      expect.stringMatching(
        /^The chart needs Kubernetes >=1.99.0, but prod has v1/,
      ),
    ]);
    await cluster.charts.add('double', '1.0.0', {
      'templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: much}\n',
    });
    expect((await install('double')).preview.refusals).toEqual([
      expect.stringContaining('helm cannot install the chart'),
    ]);
  });

  it('H17 have no Secret that a chart makes helm print in what is for logs', async () => {
    await cluster.charts.add('prints', '1.0.0', {
      'templates/a.yaml':
        '{{ fail (get (lookup "v1" "Secret" .Release.Namespace "web-login").data "DATABASE_PASSWORD" | b64dec) }}\n',
    });
    const { preview } = await install('prints');
    expect(preview.refusals.join()).toContain(PASSWORD);
    expect(preview.forLogs!.refusals).toEqual([
      'helm cannot install the chart. The preview in the portal has the words of helm',
    ]);
  });

  it('H7 fetch no schema of a subchart of a repository either', async () => {
    const { port } = listener.address() as AddressInfo;
    await cluster.charts.add('parent', '1.0.0', {
      'Chart.yaml':
        'apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies: [{name: sub, version: 1.2.3, repository: ""}]\n',
      'charts/sub.tgz': await anArchive(
        chartEntries('sub', {
          'Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.2.3\n',
          'values.schema.json': JSON.stringify({
            $ref: `http://127.0.0.1:${port}/of-a-subchart`,
          }),
          'templates/a.yaml':
            'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: of-sub}\n',
        }),
      ),
    });
    const { preview, run } = await install('parent');
    expect(preview.refusals).toEqual([]);
    expect(preview.warnings).toEqual([
      expect.stringContaining('/of-a-subchart", which was not fetched'),
    ]);
    expect(run.command).toMatchObject({ skipSchemaValidation: true });
    expect(hits).toEqual([]);
  });

  it('H6 refuse to install what nobody sees: other kinds in crds, and too many hooks', async () => {
    await cluster.charts.add('unseen', '1.0.0', {
      'crds/x.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: unseen}\n',
    });
    const unseen = await install('unseen', '', { person: 'admin' });
    expect(unseen.preview.refusals).toEqual([
      expect.stringContaining(
        '"crds/x.yaml" of the chart has the kind "Secret"',
      ),
    ]);
    const without = await install('unseen', '', {
      person: 'admin',
      options: { skipCrds: true },
    });
    expect(without.preview.refusals).toEqual([]);
    const hook =
      'metadata: {name: "h{{ . }}", annotations: {helm.sh/hook: test}}';
    await cluster.charts.add('hooked', '1.0.0', {
      'templates/a.yaml': `{{ range until 501 }}---\napiVersion: v1\nkind: ConfigMap\n${hook}\n{{ end }}`,
    });
    const hooked = await install('hooked', '', { person: 'admin' });
    expect(hooked.preview.refusals).toEqual([
      expect.stringContaining('The chart has 501 hooks'),
    ]);
  });

  it('H5 name the custom resource definitions of a chart, or leave them out', async () => {
    await cluster.charts.add('defines', '1.0.0', {
      'crds/y.yaml': MUCH['crds/x.yaml'].replaceAll(/\bxs\b/g, 'ys'),
      'templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: defines}\n',
    });
    const refused = await install('defines', '', { person: 'owner' });
    expect(refused.preview.refusals.join()).toContain(
      'customresourcedefinitions.apiextensions.k8s.io "ys.example.com"',
    );
    const without = await install('defines', '', {
      person: 'owner',
      options: { skipCrds: true },
    });
    expect(without.preview.refusals).toEqual([]);
    expect(without.run.command).toMatchObject({ skipCrds: true });
    const { preview, run } = await install('defines', '', { person: 'admin' });
    expect(preview.refusals).toEqual([]);
    expect(preview.digest).toBe(without.preview.digest);
    expect(run.allowed).toEqual([
      {
        ...{ group: 'apiextensions.k8s.io', name: 'ys.example.com' },
        resource: 'customresourcedefinitions',
      },
    ]);
  });

  it('H17 compare the values of the stored chart with those of another version', async () => {
    const files = (tag: string, more: string) => ({
      'values.yaml': `tag: ${tag}\n${more}`,
      'templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: moves}\ndata: {tag: {{ .Values.tag | quote }}}\n',
    });
    await cluster.install('moves', files('one', 'old: true\n'));
    await cluster.charts.add('moves', '2.0.0', files('two', ''));
    const { preview, run, chart } = await cluster.preview(
      {
        ...{ kind: 'upgrade', release: 'moves', baseRevision: 1 },
        chart: { repository: 'shop', name: 'moves', version: '2.0.0' },
        values: 'old: false\n',
      },
      'editor',
    );
    expect(preview.refusals).toEqual([]);
    expect(preview.defaults).toEqual([
      { path: 'old', change: 'Removed', yours: true, before: 'true' },
      {
        ...{ path: 'tag', change: 'Changed', yours: false },
        ...{ before: '"one"', after: '"two"' },
      },
    ]);
    expect(preview.changes!.items.map(({ name }) => name)).toEqual(['moves']);
    expect(chart).toMatchObject({ repository: 'shop', version: '2.0.0' });
    expect(run.command).toMatchObject({
      labels: { 'berth.dev/repository': 'shop' },
    });
  });

  it('name the rights that are missing, and what is outside the namespace', async () => {
    const values = 'role: writer\n';
    const { preview } = await upgrade(values, 'owner', 'much');
    expect(preview.refusals).toContain(
      'You may not get clusterroles.rbac.authorization.k8s.io "much-writer" on prod. It concerns the whole cluster: a platform admin can do it',
    );
    const { preview: allowed, run } = await upgrade(values, 'admin', 'much');
    expect(allowed.refusals).toEqual([]);
    const role = {
      group: 'rbac.authorization.k8s.io',
      resource: 'clusterroles',
    };
    expect(run.allowed).toEqual([
      { ...role, name: 'much-reader' },
      { ...role, name: 'much-writer' },
    ]);
    expect(allowed.warnings).toEqual([
      expect.stringContaining(
        `outside ${TEAM}: clusterroles.rbac.authorization.k8s.io "much-reader", clusterroles.rbac.authorization.k8s.io "much-writer". Anyone`,
      ),
    ]);
  });

  it('name the fields that others own, and what the portal takes away', async () => {
    await cluster.admin.request({
      method: 'PATCH',
      path: `/api/v1/namespaces/${TEAM}/configmaps/much`,
      query: { fieldManager: 'another-tool', force: 'true' },
      body: {
        contentType: 'application/apply-patch+yaml',
        content: {
          ...{ apiVersion: 'v1', kind: 'ConfigMap' },
          metadata: { name: 'much' },
          data: { size: 'huge' },
        },
      },
    });
    const { preview } = await upgrade('size: medium\n', 'admin', 'much');
    expect(preview.conflicts).toEqual([
      { object: 'ConfigMap much', field: 'data.size', manager: 'another-tool' },
    ]);
    cluster.deny.push('statefulsets.apps');
    try {
      const denied = await upgrade('size: medium\n', 'admin', 'much');
      expect(denied.preview.refusals.join()).toContain('berth.proxy.deny');
    } finally {
      cluster.deny.pop();
    }
  });

  it('name the Secrets outside the namespace that a chart reads', async () => {
    await cluster.install('curious', {
      'templates/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: curious}\ndata: {found: {{ len (lookup "v1" "Secret" "kube-system" "") | quote }}}\n',
    });
    const { preview } = await upgrade('a: 1\n', 'admin', 'curious');
    expect(preview.warnings).toEqual([
      `The chart read Secrets outside ${TEAM}: all in kube-system. Check that the changes do not show them to others`,
    ]);
  });

  it('H5 have another digest when a chart renders other objects, and the same for other passwords', async () => {
    await cluster.install('flipping', {
      'templates/a.yaml': `
apiVersion: v1
kind: Secret
metadata: {name: flipping}
stringData: {password: {{ randAlphaNum 20 | quote }}}
{{- if lookup "v1" "ConfigMap" .Release.Namespace "go" }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: gift}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
subjects: [{kind: ServiceAccount, name: editor, namespace: {{ .Release.Namespace }}}]
{{- end }}
`,
    });
    const digest = async () =>
      (await upgrade('a: 1\n', 'admin', 'flipping')).preview.digest;
    const before = await digest();
    expect(await digest()).toBe(before);
    await create(cluster.admin, `/api/v1/namespaces/${TEAM}/configmaps`, {
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'go' } },
    });
    expect(await digest()).not.toBe(before);
  }, 180_000);

  it('name the objects of hooks outside the namespace, and have the same digest without hooks', async () => {
    await cluster.install('hooked', {
      'templates/a.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: planted, annotations: {helm.sh/hook: pre-delete, helm.sh/hook-delete-policy: hook-succeeded}}\nrules: []\n',
    });
    const previewed = async (options: { noHooks?: boolean }) =>
      (
        await cluster.preview({
          ...{ kind: 'uninstall', release: 'hooked', baseRevision: 1 },
          ...{ keepHistory: false, options },
        })
      ).preview;
    const { digest, hooks, warnings } = await previewed({});
    expect(hooks).toEqual([
      {
        ...{ kind: 'ClusterRole', name: 'planted', events: ['pre-delete'] },
        diff: expect.stringContaining('+rules: []'),
      },
    ]);
    expect(warnings).toEqual([
      expect.stringContaining(
        'clusterroles.rbac.authorization.k8s.io "planted"',
      ),
    ]);
    expect((await previewed({ noHooks: true })).digest).toBe(digest);
  });

  it('have another digest when someone writes the stored release again', async () => {
    const digest = async () => {
      const { preview } = await cluster.preview({
        ...{ kind: 'uninstall', release: 'remote', baseRevision: 1 },
        keepHistory: false,
      });
      return preview.digest;
    };
    const before = await digest();
    expect(await digest()).toBe(before);
    await cluster.admin.request({
      method: 'PATCH',
      path: `/api/v1/namespaces/${TEAM}/secrets/sh.helm.release.v1.remote.v1`,
      body: {
        contentType: 'application/merge-patch+json',
        content: { metadata: { annotations: { written: 'again' } } },
      },
    });
    expect(await digest()).not.toBe(before);
  });

  it('H18 list what an uninstallation deletes, and what stays and why', async () => {
    // The controller of StatefulSets makes the claim.
    await until(() =>
      cluster.admin
        .request({
          method: 'GET',
          path: `/api/v1/namespaces/${TEAM}/persistentvolumeclaims/data-db-0`,
        })
        .then(
          () => true,
          () => false,
        ),
    );
    const { preview, run } = await cluster.preview({
      ...{ kind: 'uninstall', release: 'much', baseRevision: 1 },
      keepHistory: false,
    });
    const names = (items: { kind: string; name: string }[] = []) =>
      items.map(({ kind, name }) => `${kind} ${name}`).sort();
    expect(names(preview.goes)).toEqual([
      'ClusterRole much-reader',
      'ConfigMap much',
      'StatefulSet db',
    ]);
    expect(names(preview.remains)).toEqual([
      'ConfigMap kept',
      'ConfigMap of-a-hook',
      'CustomResourceDefinition xs.example.com',
      `Namespace ${TEAM}`,
      'PersistentVolumeClaim data-db-0',
    ]);
    expect(preview.refusals).toEqual([]);
    expect(run.allowed).toHaveLength(1);
  });

  it('list the hooks that a test runs, or that there are none', async () => {
    const test = (release: string, person: Person) =>
      cluster.preview({ kind: 'test', release, baseRevision: 1 }, person);
    const { preview } = await test('much', 'editor');
    expect(preview).toMatchObject({
      refusals: [],
      hooks: [{ kind: 'Pod', name: 'try-it' }],
    });
    expect((await test('web', 'editor')).preview.refusals).toEqual([
      'The chart of web has no tests: no hook for "test"',
    ]);
  });

  it('compare a rollback with what is stored, and refuse a pending release', async () => {
    await cluster.helm(
      'upgrade',
      'web',
      WEB,
      '--set',
      `database.password=${NEW_PASSWORD}`,
    );
    const rollback = () =>
      cluster.preview(
        { kind: 'rollback', release: 'web', baseRevision: 2, revision: 1 },
        'editor',
      );
    const { preview, run } = await rollback();
    expect(preview.refusals).toEqual([]);
    expect(
      preview.changes!.items.map(({ kind, change }) => [kind, change]),
    ).toEqual([['Secret', 'changed']]);
    expect(run).toEqual({
      allowed: [],
      command: {
        kind: 'rollback',
        namespace: TEAM,
        release: 'web',
        revision: 1,
        historyMax: 10,
      },
      shown: {
        objects: expect.arrayContaining([
          expect.objectContaining({ resource: 'secrets', namespace: TEAM }),
        ]),
        isWhole: true,
        rendered: { next: expect.any(String), undo: expect.any(String) },
      },
    });
    expect(JSON.stringify(preview)).not.toContain('planted');
    await expect(
      cluster.preview({
        kind: 'rollback',
        release: 'web',
        baseRevision: 2,
        revision: 9,
      }),
    ).rejects.toThrow('web has no revision 9');
    await create(
      cluster.admin,
      `/api/v1/namespaces/${TEAM}/secrets`,
      aNewReleaseSecret({
        ...{ name: 'stuck', namespace: TEAM, status: 'pending-upgrade' },
      }),
    );
    const stuck = await upgrade('', 'editor', 'stuck');
    expect(stuck.preview.refusals).toEqual([
      expect.stringMatching(
        /^Revision 1 of stuck is pending-upgrade since .* mark it as failed first$/,
      ),
    ]);
  });
});
