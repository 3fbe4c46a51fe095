import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  scaffolderActionsExtensionPoint,
  TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { currentHelm } from '@berth/kube-binaries';
import scaffolderModuleBerth from '@berth/plugin-scaffolder-backend-module-berth';
import { Knex } from 'knex';
import { AddressPolicy, DefaultKubeClientFactory } from '../../kube';
import { ResourcesUnderTest } from '../../resources/__testUtils__/ResourcesUnderTest';
import { until } from '../../resources/objects/__testUtils__/TeamCluster';
import { ServedCharts } from '../charts/__testUtils__/ServedCharts';
import { HelmOperations } from '../createHelmOperations';
import { anObject } from '../runner/__testUtils__/aChart';
import { WAITING } from './__testUtils__/OperationsOnCluster';
import {
  registerClusters,
  startOperations,
} from './__testUtils__/startOperations';

const START_MS = 180_000;
/** A pod gets no further than its first step. */
const NEVER_MS = 3_600_000;
const RELEASE = '{{ .Release.Name }}';
const SECRETS = '/api/v1/namespaces/shop/secrets';

jest.setTimeout(180_000);

describe('berth:helm:install before the routes of operations and the sandbox', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  const charts = new ServedCharts();
  const clients = DefaultKubeClientFactory.create({
    policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    fieldManager: 'berth',
  });
  let action: TemplateAction<any, any>;
  let backend: TestBackend;
  let cluster: SandboxCluster;
  let database: Knex;
  let operations: HelmOperations;
  let portal: ResourcesUnderTest;

  const restart = async () => {
    operations = await startOperations(portal, {
      charts,
      database,
      helm: { binary: (await currentHelm())! },
    });
  };

  beforeAll(async () => {
    cluster = await SandboxCluster.start({ name: 'prod', podStepMs: NEVER_MS });
    cluster.seed([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    ] as never);
    const { apiServer, caPem, adminToken } = cluster;
    const alice = { token: adminToken, namespaces: ['shop'] };
    portal = await ResourcesUnderTest.start({
      prod: { ...{ apiServer, caPem }, people: { alice } },
    });
    database = await databases.init('SQLITE_3');
    await registerClusters(database, { prod: { apiServer, caPem } });
    await restart();
    await charts.add('shop', '1.0.0', {
      'templates/map.yaml': anObject('v1', 'ConfigMap', RELEASE),
      'templates/job.yaml': anObject('batch/v1', 'Job', RELEASE, {
        ...WAITING,
        annotations: { 'helm.sh/hook': 'pre-install' },
      }),
    });
    const addActions = jest.fn<void, TemplateAction<any, any>[]>();
    backend = await startTestBackend({
      extensionPoints: [[scaffolderActionsExtensionPoint, { addActions }]],
      features: [
        scaffolderModuleBerth,
        mockServices.auth.mock({
          isPrincipal: (() => true) as never,
          getPluginRequestToken: async () => ({ token: 'person-alice' }),
        }).factory,
        mockServices.discovery.mock({
          getBaseUrl: async () => `http://127.0.0.1:${portal.port}/api/berth`,
        }).factory,
      ],
    });
    action = addActions.mock.calls
      .flat()
      .find(({ id }) => id === 'berth:helm:install')!;
  }, START_MS);

  afterAll(async () => {
    await backend?.stop();
    await operations?.stop();
    await charts.close();
    await portal?.stop();
    await clients.close();
    await cluster?.stop();
  }, START_MS);

  /** Runs the step of one task. */
  function runStep(input: JsonObject) {
    const log: string[] = [];
    const output: Record<string, unknown> = {};
    const note = (message: string) => {
      log.push(message);
    };
    const place = { cluster: 'prod', namespace: 'shop' };
    const chart = { repository: 'demo', name: 'shop', version: '1.0.0' };
    const ended = action
      .handler({
        ...createMockActionContext({
          input: { ...place, chart, ...input },
          workspacePath: '/unused',
        }),
        getInitiatorCredentials: async () => mockCredentials.user(),
        logger: Object.assign(mockServices.logger.mock(), {
          info: note,
          warn: note,
        }),
        output: (name, value) => {
          output[String(name)] = value;
        },
        step: { id: 'install' },
        task: { id: 'a-task' },
      })
      .then(
        () => undefined,
        (error: Error) => error.message,
      );
    return { ended, log, output };
  }

  /** Starts an installation, and stops the portal while helm waits for a hook. */
  async function interrupt(input: JsonObject) {
    const first = runStep(input);
    await until(async () =>
      first.log.some(line => line.startsWith('Created Job ')),
    );
    await operations.stop();
    expect(await first.ended).toMatch(
      /^The install is Interrupted: The portal stopped during the installation of/,
    );
    await restart();
    return first;
  }

  /** Returns the status of each revision. */
  async function statusesOf(release: string): Promise<string[]> {
    const { items } = (await clients
      .forPerson(cluster, cluster.adminToken)
      .request({
        method: 'GET',
        path: SECRETS,
        query: { labelSelector: `owner=helm,name=${release}` },
      })) as { items: { metadata: { labels: Record<string, string> } }[] };
    return items
      .map(({ metadata: { labels } }) => labels)
      .sort((a, b) => Number(a.version) - Number(b.version))
      .map(({ status }) => status);
  }

  it('H19 finishes an interrupted installation when the task runs again, and installs nothing twice', async () => {
    const input = { release: 'retried', upgrade: true };
    const first = await interrupt(input);
    expect(await statusesOf('retried')).toEqual(['failed']);

    const again = runStep(input);
    expect(await again.ended).toBeUndefined();
    expect(again.log[0]).toMatch(/^Preview: upgrade of the release retried/);
    expect(again.output).toMatchObject({ state: 'Succeeded', revision: 2 });
    expect(again.output.operationId).not.toBe(first.output.operationId);
    expect(await statusesOf('retried')).toEqual(['superseded', 'deployed']);

    const third = runStep(input);
    expect(await third.ended).toBeUndefined();
    expect(third.output.operationId).toBe(again.output.operationId);
    expect(await statusesOf('retried')).toEqual(['superseded', 'deployed']);
  });

  it('H19 leaves an interrupted installation to a person if the step may not upgrade', async () => {
    const input = { release: 'refused' };
    await interrupt(input);
    expect(await runStep(input).ended).toBe(
      'The release refused in shop on prod exists: revision 1 is failed, with the same chart. Choose another name, or set `upgrade: true` to let the step change the release',
    );
    expect(await statusesOf('refused')).toEqual(['failed']);
  });
});
