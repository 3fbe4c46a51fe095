import {
  mockCredentials,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { validate } from 'jsonschema';
import { setImmediate } from 'node:timers/promises';
import { parse } from 'yaml';
import { createHelmInstallAction } from '.';
import { FakeHelm, options, runAction } from '../__testUtils__';

const helm = new FakeHelm();
registerMswTestHooks(helm.server);

const action = createHelmInstallAction(options);

const chart = { repository: 'platform', name: 'web', version: '1.4.2' };
const shop = {
  cluster: 'staging',
  namespace: 'shop',
  release: 'shop',
  chart,
  values: { replicas: 3, database: { password: 'planted' } },
};
const URL = '/berth/clusters/staging/namespaces/shop/releases/shop';
const task = { task: { id: 'task-1' }, step: { id: 'install' } };

const installed = {
  name: 'shop',
  revision: 4,
  status: 'deployed' as const,
  chart: { name: 'web', version: '1.4.2' },
  origin: { repository: 'platform' },
};
const noChanges = { values: '', notes: '', items: [] };

const started = () => helm.calls.filter(call => call.startsWith('PUT'));

describe('berth:helm:install', () => {
  beforeEach(() => helm.reset());

  it('previews, installs with the digest, and logs the lines until the end', async () => {
    helm.reset({
      preview: {
        warnings: ['A quota would not suffice: zz-secret'],
        forLogs: { refusals: [], warnings: ['A quota would not suffice'] },
      },
      lines: [
        { level: 'Info', text: 'helm begins: install' },
        { level: 'Change', text: 'create deployments.apps/shop' },
        { level: 'Output', text: 'NOTES: planted' },
        { level: 'Warning', text: 'helm was slow' },
      ],
    });
    const { error, log, output } = await runAction(action, {
      ...shop,
      description: 'By a template',
      rollbackOnFailure: true,
    });
    expect(error).toBeUndefined();
    const id = output.operationId;
    expect(output).toEqual({
      ...{ cluster: 'staging', namespace: 'shop', release: 'shop' },
      ...{ revision: 1, state: 'Succeeded', operationId: id },
      releaseUrl: URL,
      operationUrl: `${URL}/operations/${id}`,
    });
    const request = {
      ...{ kind: 'install', cluster: 'staging', namespace: 'shop' },
      ...{ release: 'shop', chart },
      values: 'replicas: 3\ndatabase:\n  password: planted\n',
      options: { description: 'By a template', rollbackOnFailure: true },
    };
    expect(helm.bodies).toEqual([
      request,
      { ...request, previewDigest: 'seen' },
    ]);
    expect([...helm.tokens]).toEqual([
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user('user:default/alice'),
        targetPluginId: 'berth',
      }),
    ]);
    expect(log).toEqual([
      'Preview: install of the release shop in shop on staging, with the chart web 1.4.2 of platform',
      'Objects added: Deployment shop',
      'A quota would not suffice',
      `Started the install of the release shop in shop on staging. Follow it at ${URL}/operations/${id}`,
      'helm begins: install',
      'create deployments.apps/shop',
      'helm was slow',
    ]);
  });

  it('takes values as YAML', async () => {
    await runAction(action, { ...shop, values: '# three\nreplicas: 3\n' });
    expect(helm.bodies[0].values).toBe('# three\nreplicas: 3\n');
  });

  it('installs nothing twice when the task runs again', async () => {
    const first = await runAction(action, { ...shop, wait: false }, task);
    expect(first.output.state).toBe('Queued');
    expect(first.output.operationId).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    const again = await runAction(action, shop, task);
    expect(again.output).toMatchObject({
      operationId: first.output.operationId,
      state: 'Succeeded',
    });
    expect(again.log[0]).toMatch(/^Found the install of the release shop/);
    expect(started()).toHaveLength(1);
    await runAction(action, { ...shop, release: 'other' }, task);
    await runAction(action, shop, { ...task, task: { id: 'task-2' } });
    expect(new Set(started()).size).toBe(3);
  });

  it('reports why an operation failed, and tries again when the task runs again', async () => {
    helm.states = ['Failed'];
    helm.end = { message: 'A hook failed', advice: 'Uninstall the release' };
    const { error } = await runAction(action, shop, task);
    expect(error?.message).toMatch(
      /^The install is Failed: A hook failed\. Uninstall the release\. See .*operations/,
    );
    helm.states = ['Succeeded'];
    const again = await runAction(action, shop, task);
    expect(again.output.state).toBe('Succeeded');
    expect(new Set(started()).size).toBe(2);
  });

  it('H17 names each refusal without the words of helm, and starts nothing', async () => {
    helm.preview = {
      refusals: [
        'You may not create secrets',
        'helm cannot install the chart: zz-secret',
      ],
      forLogs: {
        refusals: [
          'You may not create secrets',
          'helm cannot install the chart',
        ],
        warnings: [],
      },
      conflicts: [
        { object: 'Service shop', field: 'spec.type', manager: 'kubectl' },
      ],
    };
    const { error } = await runAction(action, shop);
    expect(error?.message).toBe(
      'Berth would not install the release shop in shop on staging: You may not create secrets; helm cannot install the chart; kubectl manages spec.type of Service shop, so Helm would stop there',
    );
    expect(started()).toEqual([]);
  });

  it('H17 logs the warnings without the words of helm', async () => {
    helm.preview = {
      warnings: ['ConfigMap a: zz-secret'],
      forLogs: { refusals: [], warnings: ['The cluster warns of ConfigMap a'] },
    };
    const { log } = await runAction(action, shop);
    expect(log).toContain('The cluster warns of ConfigMap a');
    expect(log.join()).not.toContain('zz-secret');
  });

  it('succeeds without a revision if the release has the chart and the values', async () => {
    helm.reset({
      release: {
        ...installed,
        origin: { repository: 'platform', digest: 'a'.repeat(63) },
      },
      preview: { changes: noChanges, chartDigest: 'a'.repeat(64) },
    });
    const { log, output } = await runAction(action, shop);
    expect(helm.bodies).toEqual([
      expect.objectContaining({ kind: 'upgrade', baseRevision: 4 }),
    ]);
    expect(output).toMatchObject({ revision: 4, state: 'Succeeded' });
    expect(output).not.toHaveProperty('operationId');
    expect(log).toEqual([
      'shop has the chart web 1.4.2 of platform and these values already, as revision 4. Nothing is to do',
    ]);
  });

  it.each([
    [{}, {}, 'deployed, with other values'],
    [
      { chart: { name: 'web', version: '1.3.0' } },
      { changes: noChanges },
      'deployed, with the chart web 1.3.0 of platform',
    ],
    [
      { origin: undefined },
      { changes: noChanges },
      'deployed, with the chart web 1.4.2 of an unknown repository',
    ],
    [
      { origin: { repository: 'platform', digest: 'a'.repeat(63) } },
      { changes: noChanges, chartDigest: 'b'.repeat(64) },
      'deployed, with another archive of the chart web 1.4.2 of platform',
    ],
    [
      { status: 'failed' as const },
      { changes: noChanges },
      'failed, with the same chart',
    ],
  ])(
    'changes another release only with `upgrade`: %j, %j',
    async (release, preview, words) => {
      helm.reset({ release: { ...installed, ...release }, preview });
      const { error } = await runAction(action, shop);
      expect(error?.message).toBe(
        `The release shop in shop on staging exists: revision 4 is ${words}. Choose another name, or set \`upgrade: true\` to let the step change the release`,
      );
      expect(started()).toEqual([]);
      const { output } = await runAction(action, { ...shop, upgrade: true });
      expect(output.state).toBe('Succeeded');
      expect(helm.bodies.at(-1)).toMatchObject({
        ...{ kind: 'upgrade', baseRevision: 4, chart, previewDigest: 'seen' },
      });
    },
  );

  it('H17 has no words of a preview that does not say which belong in a log', async () => {
    helm.reset({
      release: installed,
      preview: { refusals: ['zz-secret'], warnings: ['zz-secret'] },
    });
    const { error } = await runAction(action, shop);
    expect(error?.message).toBe(
      'Berth would not upgrade the release shop in shop on staging: The preview in the portal has the words',
    );
  });

  it('does not touch a release that the person sees by its objects', async () => {
    helm.release = { name: 'shop', unreadable: 'Your role is view' };
    const { error } = await runAction(action, { ...shop, upgrade: true });
    expect(error?.message).toBe(
      'The release shop exists, but it cannot be changed: Your role is view',
    );
  });

  it('only previews in a dry run, if the namespace exists', async () => {
    const dry = await runAction(action, shop, { isDryRun: true });
    expect(dry.output).toEqual({
      ...{ cluster: 'staging', namespace: 'shop', release: 'shop' },
      ...{ releaseUrl: URL, state: 'dry-run' },
    });
    expect(dry.log).toContain('Objects added: Deployment shop');
    expect(started()).toEqual([]);
    helm.reset({ namespaceExists: false });
    const early = await runAction(action, shop, { isDryRun: true });
    expect(early.error).toBeUndefined();
    expect(early.log[0]).toMatch(/^Dry run: shop on staging does not exist/);
    expect(helm.calls).toEqual(['GET /clusters/staging/namespaces/shop']);
  });

  it('cancels the operation with the task', async () => {
    helm.states = ['Running'];
    const stop = new AbortController();
    helm.onLook = () => stop.abort();
    const { error, log } = await runAction(action, shop, {
      signal: stop.signal,
    });
    expect(error?.name).toBe('AbortError');
    const [id] = helm.operations.keys();
    expect(helm.calls.at(-1)).toBe(`DELETE /helm/operations/${id}`);
    expect(log.at(-1)).toMatch(/^The task was cancelled, so the operation is/);
  });

  it('ends only the wait for the objects with the task, once helm has ended', async () => {
    helm.states = ['Observing'];
    const stop = new AbortController();
    helm.onLook = () => stop.abort();
    const { log } = await runAction(action, shop, { signal: stop.signal });
    expect(log.at(-1)).toMatch(/no longer waits for the objects.*stays/);
  });

  it.each([{ wait: true }, { wait: false }])(
    'cancels an operation whose start was on its way when the task was cancelled: %j',
    async ({ wait }) => {
      const stop = new AbortController();
      helm.onStart = async () => {
        stop.abort();
        // Whatever the step does now, it does before the operation exists.
        for (let turn = 0; turn < 20; turn++) {
          await setImmediate();
        }
      };
      const { error, log, output } = await runAction(
        action,
        { ...shop, wait },
        { signal: stop.signal },
      );
      expect(error?.name).toBe('AbortError');
      expect(output).not.toHaveProperty('operationId');
      const [id] = helm.operations.keys();
      expect(helm.calls.slice(-2)).toEqual([
        `PUT /helm/operations/${id}`,
        `DELETE /helm/operations/${id}`,
      ]);
      expect(log.at(-1)).toMatch(/^The task was cancelled, so the operation/);
    },
  );

  it('finds its operation after a crash that came before the answer to its start', async () => {
    helm.losesAnswer = true;
    const crashed = await runAction(action, shop, task);
    expect(crashed.error?.message).toMatch(/^Berth refused to install/);
    helm.losesAnswer = false;
    const again = await runAction(action, shop, task);
    expect(again.output.state).toBe('Succeeded');
    expect(new Set(started()).size).toBe(1);
  });

  it('stops waiting when its time is over', async () => {
    helm.states = ['Running'];
    const { error } = await runAction(action, {
      ...shop,
      timeoutMinutes: 0.0001,
    });
    expect(error?.message).toMatch(
      /has not ended after 0.0001 min. It goes on: .*Run the task again/,
    );
  });

  it('H15 starts nothing for the credentials of a service', async () => {
    for (const isDryRun of [false, true]) {
      const { error } = await runAction(action, shop, {
        isDryRun,
        getInitiatorCredentials: async () =>
          mockCredentials.service('plugin:scheduler'),
      });
      expect(error?.name).toBe('NotAllowedError');
    }
    expect(helm.calls).toEqual([]);
  });

  it('has a schema that accepts its examples', () => {
    for (const { example } of action.examples!) {
      const [{ action: id, input }] = parse(example).steps;
      expect(id).toBe(action.id);
      // The scaffolder renders a reference to a parameter as its value.
      const rendered =
        typeof input.chart === 'string' ? { ...input, chart } : input;
      expect(validate(rendered, action.schema!.input!).errors).toEqual([]);
    }
    const { errors } = validate(
      { ...shop, chart: { ...chart, url: 'https://elsewhere' }, values: 3 },
      action.schema!.input!,
    );
    expect(errors.join()).toMatch(/chart.*url.*values/s);
  });
});
