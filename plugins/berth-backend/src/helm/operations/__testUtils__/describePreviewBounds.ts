/* eslint-disable jest/no-export -- cases of one test file, by subject */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HelmOperation, HelmPreview } from '@berth/plugin-berth-common';
import { ulid } from 'ulid';
import { create } from '../../../resources/objects/__testUtils__/TeamCluster';
import { HelmRunner } from '../../runner';
import { aChart, anObject } from '../../runner/__testUtils__/aChart';
import { OTHER } from '../../runner/__testUtils__/RunnerUnderTest';
import { NAMESPACE, OperationsOnCluster, WAITING } from './OperationsOnCluster';

/** Does something else once a colleague has created the ConfigMap `go-<release>`. */
const FLIPPING = `
{{- $go := lookup "v1" "ConfigMap" .Release.Namespace (printf "go-%s" .Release.Name) }}
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}}
data:
  size: {{ .Values.size | quote }}
{{- if and $go (eq .Values.flips "secret") }}
  stolen: {{ (lookup "v1" "Secret" "${OTHER}" "crown").data | toJson | quote }}
{{- end }}
{{- if or (eq .Values.flips "rights") (and $go (eq .Values.flips "objects")) }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: gift-{{ .Release.Name }}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {{ if $go }}admin{{ else }}view{{ end }}}
subjects: [{kind: ServiceAccount, name: editor, namespace: {{ .Release.Namespace }}}]
{{- end }}
`;

/** Differs at each rendering, in contents that give no rights. */
const CHANGING = `
apiVersion: v1
kind: Secret
metadata:
  name: {{ .Release.Name }}
  annotations: {made-at: {{ now | date "2006-01-02T15:04:05.000000000" | quote }}}
stringData:
  password: {{ randAlphaNum 20 | quote }}
  ca: {{ (genCA "ca" 30).Cert | quote }}
  crown: {{ (lookup "v1" "Secret" "${OTHER}" "crown").data.a | quote }}
  absent: {{ (lookup "v1" "Secret" "${OTHER}" "absent").data | toJson | quote }}
  own: {{ (lookup "v1" "Secret" .Release.Namespace .Release.Name).data | toJson | quote }}
`;

/** Makes other names at each rendering. Once the ConfigMap `go-<release>` exists, it makes a chosen name, or an object more. */
const NAMING = `
{{- $go := lookup "v1" "ConfigMap" .Release.Namespace (printf "go-%s" .Release.Name) }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-{{ if and $go (eq .Values.flips "name") }}victim{{ else }}{{ randAlphaNum 8 | lower }}{{ end }}
  annotations: {helm.sh/hook: pre-upgrade}
---
apiVersion: batch/v1
kind: Job
metadata: {name: {{ .Release.Name }}-{{ now | unixEpoch }}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: main}]}}}
{{- if and $go (eq .Values.flips "number") }}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}-more}
{{- end }}
`;

/** Tests with the real helm that an operation does nothing that its preview did not show. */
export function describePreviewBounds(on: OperationsOnCluster): void {
  const install = async (
    release: string,
    template: string,
    ...args: string[]
  ) => {
    const folder = await mkdtemp(join(tmpdir(), 'bounds-'));
    const chart = join(folder, 'chart.tgz');
    const archive = await aChart({
      'templates/all.yaml': template,
      'values.yaml': 'flips: none\nsize: small\n',
    });
    await writeFile(chart, archive);
    await on.cluster.direct('install', release, chart, ...args);
    await rm(folder, { recursive: true });
  };
  const get = async (path: string): Promise<unknown> =>
    on.cluster.admin.request({ method: 'GET', path }).catch(() => undefined);
  const mapOf = (release: string) =>
    get(`/api/v1/namespaces/${NAMESPACE}/configmaps/${release}`);
  const flip = (release: string) =>
    create(on.cluster.admin, `/api/v1/namespaces/${NAMESPACE}/configmaps`, {
      ...{ apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name: `go-${release}` },
    });
  /** Calls something when helm would begin, after the operation has waited for its turn. */
  const beforeHelm = (action: () => Promise<unknown>) => {
    const { run } = HelmRunner.prototype;
    return jest
      .spyOn(HelmRunner.prototype, 'run')
      .mockImplementation(async function act(this: HelmRunner, asked) {
        if (asked.mode === 'apply') {
          await action();
        }
        return run.call(this, asked);
      });
  };

  beforeAll(() =>
    create(on.cluster.admin, `/api/v1/namespaces/${OTHER}/secrets`, {
      ...{ apiVersion: 'v1', kind: 'Secret' },
      ...{ metadata: { name: 'crown' }, stringData: { a: 'planted-crown' } },
    }),
  );

  afterEach(() => jest.restoreAllMocks());

  it.each(['objects', 'rights', 'secret'])(
    'H5 does not start an upgrade whose chart does other things than for the preview: %s',
    async flips => {
      const release = `early-${flips}`;
      await install(release, FLIPPING, `--set=flips=${flips}`);
      const request = {
        ...{ kind: 'upgrade', cluster: 'prod', namespace: NAMESPACE, release },
        ...{ baseRevision: 1, values: `flips: ${flips}\nsize: large\n` },
      };
      const preview = await on.call<HelmPreview>(
        'POST',
        '/helm/previews',
        request,
      );
      await flip(release);
      const started = await on.call('PUT', `/helm/operations/${ulid()}`, {
        ...request,
        previewDigest: preview.body.digest,
      });
      expect(started).toMatchObject({
        status: 409,
        body: {
          error: { message: expect.stringContaining('Look at the preview') },
        },
      });
    },
  );

  it.each([
    ['objects', 'The chart renders other objects now'],
    ['rights', 'The chart renders other objects now'],
    ['secret', 'The chart would have read Secrets'],
  ])(
    'H5 ends an upgrade whose chart does other things when helm runs: %s',
    async (flips, message) => {
      const release = `late-${flips}`;
      await install(release, FLIPPING, `--set=flips=${flips}`);
      beforeHelm(() => flip(release));
      const { path } = await on.run({
        ...{ kind: 'upgrade', release, baseRevision: 1 },
        values: `flips: ${flips}\nsize: large\n`,
      });
      const ended = await on.ended(path, 'Failed');
      expect(ended.message).toContain(message);
      expect(ended.advice).toBe(`${release} is unchanged at revision 1`);
      expect(await mapOf(release)).toMatchObject({ data: { size: 'small' } });
      const binding = (await get(
        `/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}/rolebindings/gift-${release}`,
      )) as { roleRef: { name: string } } | undefined;
      expect(binding?.roleRef.name).toBe(
        flips === 'rights' ? 'view' : undefined,
      );
    },
  );

  it('H5 upgrades with a chart that makes other passwords each time, and names the Secrets that it reads', async () => {
    await install('changing', CHANGING);
    const { path, preview } = await on.run({
      ...{ kind: 'upgrade', release: 'changing', baseRevision: 1 },
      ...{ values: 'size: large\n', options: { rollbackOnFailure: true } },
    });
    expect(preview.warnings.join()).toContain(`crown in ${OTHER}`);
    await on.ended(path);
    const lines = await on.linesOf(path);
    expect(lines).toContain(`The chart read Secrets: crown in ${OTHER}`);
    expect(lines).toContain(
      `Created Secret sh.helm.release.v1.changing.v2 in ${NAMESPACE}`,
    );
    expect(lines.join()).not.toMatch(/planted|cGxhbnRlZ/);
  });

  it('H5 upgrades with a chart that makes other names each time', async () => {
    const jobs = async () =>
      (
        (await get(`/apis/batch/v1/namespaces/${NAMESPACE}/jobs`)) as {
          items: { metadata: { name: string } }[];
        }
      ).items
        .map(({ metadata: { name } }) => name)
        .filter(name => name.startsWith('naming-'));
    await install('naming', NAMING);
    const [first] = await jobs();
    const { path, preview } = await on.run({
      ...{ kind: 'upgrade', release: 'naming', baseRevision: 1 },
      ...{ values: 'size: large\n' },
    });
    expect(preview.warnings).toEqual(
      expect.arrayContaining([
        'The name of ConfigMap "naming-..." differs at each rendering of the chart',
        'The name of Job "naming-..." differs at each rendering of the chart',
      ]),
    );
    await on.ended(path);
    expect(await jobs()).toEqual([expect.stringMatching(/^naming-\d+$/)]);
    expect(await jobs()).not.toContain(first);
    expect((await on.linesOf(path)).join('\n')).toMatch(
      /Created ConfigMap naming-[a-z0-9]{8} in/,
    );
  });

  it.each([
    ['name', 'an object that the preview did not show'],
    ['number', 'The chart renders other objects now'],
  ])(
    'H5 ends an upgrade whose chart makes another %s of objects than at each rendering before',
    async (flips, message) => {
      const release = `naming-${flips}`;
      await install(release, NAMING, `--set=flips=${flips}`);
      await create(
        on.cluster.admin,
        `/api/v1/namespaces/${NAMESPACE}/configmaps`,
        {
          ...{ apiVersion: 'v1', kind: 'ConfigMap', data: { of: 'bob' } },
          metadata: { name: `${release}-victim` },
        },
      );
      beforeHelm(() => flip(release));
      const { path } = await on.run({
        ...{ kind: 'upgrade', release, baseRevision: 1 },
        values: `flips: ${flips}\n`,
      });
      const ended = await on.ended(path, 'Failed');
      expect(ended.message).toContain(message);
      expect(await mapOf(`${release}-victim`)).toMatchObject({
        data: { of: 'bob' },
      });
      expect(await mapOf(`${release}-more`)).toBeUndefined();
    },
  );

  it('H19 marks the revision as failed that helm made to undo a cancelled upgrade', async () => {
    const job = anObject('batch/v1', 'Job', 'undo', {
      ...WAITING,
      annotations: { 'helm.sh/hook': 'pre-upgrade,pre-rollback' },
    });
    await install('undo', job);
    const { path } = await on.run({
      ...{ kind: 'upgrade', release: 'undo', baseRevision: 1, values: '{}' },
      options: { rollbackOnFailure: true },
    });
    await on.reaches(path, 'Created Job ');
    await on.call<HelmOperation>('DELETE', path);
    expect(await on.ended(path, 'Cancelled')).toMatchObject({ revision: 2 });
    expect(await on.linesOf(path)).toContain('Revision 3 is marked as failed');
    expect(await on.cluster.latest('undo')).toMatchObject({
      ...{ revision: 3, status: 'failed' },
    });
  });
}
