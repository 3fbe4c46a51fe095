import { ConfigReader } from '@backstage/config';
import {
  adminKubeconfig,
  ControlPlane,
  describeWithControlPlane,
  PolicyWebhook,
  runKubectl,
} from '@berth/control-plane';
import { AddressPolicy, DefaultKubeClientFactory } from '../kube';
import { GrantRecord, NamespaceRecord, QuotaRecord } from '../model/tenancy';
import {
  CLUSTER,
  fakeLease,
  FakeInventory,
  FakeShares,
  testReconciler,
} from '../reconciler/__testUtils__/fakes';
import { ClusterSession } from '../reconciler/ClusterSession';
import { readProfiles } from '../reconciler/profiles/readProfiles';
import { readSizeClasses } from '../tenancy/quota/sizeClasses';
import { checkQuota } from '../validation/parseBounds';
import { packObjects } from '.';

const START_MS = 180_000;
const CASE_MS = 90_000;

/** A version with the policies. The control plane is older, so a webhook enforces them. */
const MODERN = 'v1.33.1';

const GPU = { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' };

const CONFIG = new ConfigReader({
  berth: {
    sizeClasses: [
      {
        name: 'gpu',
        hard: { 'requests.nvidia.com/gpu': '2', pods: '10' },
        maxStorage: '100Gi',
        nodeSelector: { pool: 'gpu' },
        tolerations: [GPU],
      },
      { name: 'small', hard: { pods: '10' } },
    ],
    profiles: [
      {
        name: 'pools',
        placement: { nodeSelector: { pool: 'general' }, enforce: true },
      },
    ],
  },
});

interface PodSpec {
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  tolerations?: object[];
  gpus?: number;
}

const ON_GPU: PodSpec = {
  nodeSelector: { pool: 'gpu' },
  tolerations: [GPU],
  gpus: 1,
};

describeWithControlPlane('size classes with nodes', () => {
  let controlPlane: ControlPlane;
  let clients: DefaultKubeClientFactory;
  let webhook: PolicyWebhook;

  /** Makes the namespaces of teams, each with a size class, as the portal does. */
  async function reconcile(...teams: [string, string][]) {
    const reconciled = {
      state: 'Pending' as const,
      since: '2026-11-30T08:00:00.000Z',
      clusterId: CLUSTER.id,
    };
    const sizeClasses = readSizeClasses(CONFIG);
    const shares = new FakeShares();
    const reconciler = testReconciler({
      shares,
      inventory: new FakeInventory(),
      client: clients.create(controlPlane, async () => controlPlane.adminToken),
      tenants: {
        read: async () => ({
          namespaces: teams.map(
            ([name]): NamespaceRecord => ({
              ...reconciled,
              name,
              owner: `group:default/${name}`,
              origin: 'request',
              phase: 'Pending',
              createdAt: reconciled.since,
            }),
          ),
          grants: teams.map(
            ([name]): GrantRecord => ({
              ...reconciled,
              id: name,
              namespace: name,
              group: `group:default/${name}`,
              kubernetesName: name,
              role: 'admin',
              source: 'grant',
              createdAt: reconciled.since,
            }),
          ),
          quotas: teams.map(
            ([namespace, sizeClass]): QuotaRecord => ({
              ...reconciled,
              namespace,
              ...checkQuota({ sizeClass }, sizeClasses, 'hard'),
            }),
          ),
          profiles: { group: readProfiles(CONFIG)[0] },
        }),
      },
    });
    const { failed } = await reconciler.reconcile(
      CLUSTER,
      new ClusterSession(fakeLease()),
      new AbortController().signal,
    );
    expect(failed).toBe(false);
  }

  const kubectl = (args: string[], object?: object) =>
    runKubectl(args, {
      kubeconfig: adminKubeconfig(controlPlane),
      input: object && JSON.stringify(object),
    });

  async function must(args: string[], object?: object): Promise<string> {
    const { code, stdout, stderr } = await kubectl(args, object);
    if (code !== 0) {
      throw new Error(stderr);
    }
    return stdout;
  }

  /** Creates an object as a member of the team whose namespace has the same name. */
  const create = (team: string, object: object, dryRun = false) =>
    kubectl(
      [
        ...['create', '-f', '-', '-n', team],
        ...['--as', 'user:ada', '--as-group', `${CLUSTER.groupsPrefix}${team}`],
        ...(dryRun ? ['--dry-run=server'] : []),
      ],
      object,
    );

  beforeAll(async () => {
    controlPlane = await ControlPlane.start({ scheduler: true });
    clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    await must(['apply', '-f', '-'], {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        nodeOf('general-0', { pool: 'general' }),
        nodeOf('gpu-0', { pool: 'gpu' }, [
          { key: GPU.key, value: 'present', effect: 'NoSchedule' },
        ]),
      ],
    });
    await reconcile(['team-gpu', 'gpu'], ['team-small', 'small']);
    webhook = await PolicyWebhook.start(controlPlane, {
      objects: packObjects(MODERN).map(({ object }) => object),
      resources: ['pods'],
    });
    await webhook.until('the policies apply to pods of a member', async () => {
      const { stderr } = await create('team-small', podOf('x', {}), true);
      return stderr.includes('spec.nodeSelector must have pool=general');
    });
  }, START_MS);

  afterAll(async () => {
    await webhook?.stop();
    await clients?.close();
    await controlPlane?.stop();
  }, START_MS);

  it(
    'runs the pods of the class on its nodes, and those of others elsewhere',
    async () => {
      const created = await create('team-gpu', podOf('train', ON_GPU));
      expect(created).toMatchObject({ code: 0, stderr: '' });
      await create(
        'team-small',
        podOf('web', { nodeSelector: { pool: 'general' } }),
      );
      const nodes = () =>
        Promise.all(
          [
            ['team-gpu', 'train'],
            ['team-small', 'web'],
          ].map(([team, name]) =>
            must([
              'get',
              'pod',
              name,
              '-n',
              team,
              '-o=jsonpath={.spec.nodeName}',
            ]),
          ),
        );
      await webhook.until('the scheduler has assigned the pods', async () =>
        (await nodes()).every(Boolean),
      );
      expect(await nodes()).toEqual(['gpu-0', 'general-0']);
    },
    CASE_MS,
  );

  it.each<[string, string, PodSpec, string]>([
    [
      'the nodes of another class',
      'team-small',
      ON_GPU,
      'spec.nodeSelector must have pool=general',
    ],
    [
      'a toleration of another class',
      'team-small',
      { nodeSelector: { pool: 'general' }, tolerations: [GPU] },
      'spec.tolerations may have only those of Kubernetes',
    ],
    [
      'a toleration of every taint',
      'team-gpu',
      { ...ON_GPU, tolerations: [{ operator: 'Exists' }] },
      'spec.tolerations may have only nvidia.com/gpu:NoSchedule',
    ],
    [
      'the nodes of the profile in place of those of the class',
      'team-gpu',
      { nodeSelector: { pool: 'general' } },
      'spec.nodeSelector must have pool=gpu',
    ],
    [
      'no nodes',
      'team-gpu',
      { tolerations: [GPU] },
      'spec.nodeSelector must have pool=gpu',
    ],
    [
      'a node by its name',
      'team-small',
      { nodeSelector: { pool: 'general' }, nodeName: 'gpu-0' },
      'spec.nodeName must be empty',
    ],
  ])(
    'P16 refuses a pod with %s',
    async (_, team, spec, message) => {
      const { code, stderr } = await create(team, podOf('no', spec), true);
      expect(code).not.toBe(0);
      expect(stderr).toContain(message);
    },
    CASE_MS,
  );

  it(
    'P16 refuses the pods of a template, and says so in an event',
    async () => {
      const deployment = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'sneaky' },
        spec: {
          selector: { matchLabels: { app: 'sneaky' } },
          template: {
            metadata: { labels: { app: 'sneaky' } },
            spec: podOf('x', ON_GPU).spec,
          },
        },
      };
      const { stderr } = await create('team-small', deployment);
      expect(stderr).toBe('');
      await webhook.until('the ReplicaSet reports the refusal', async () => {
        const events = await must([
          ...['get', 'events', '-n', 'team-small', '-o=jsonpath={..message}'],
          ...['--field-selector', 'reason=FailedCreate'],
        ]);
        return events.includes('spec.nodeSelector must have pool=general');
      });
      const pods = await must(['get', 'pods', '-n', 'team-small', '-o=name']);
      expect(pods).not.toContain('sneaky');
    },
    CASE_MS,
  );

  it(
    'bounds the volume claims of the class, and not those of others',
    async () => {
      const claim = (size: string) => ({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: size } },
        },
      });
      const results = await Promise.all([
        create('team-gpu', claim('101Gi'), true),
        create('team-gpu', claim('100Gi'), true),
        create('team-small', claim('101Gi'), true),
      ]);
      expect(results.map(({ code }) => code)).toEqual([1, 0, 0]);
      expect(results[0].stderr).toContain(
        'maximum storage usage per PersistentVolumeClaim is 100Gi',
      );
    },
    CASE_MS,
  );
});

function nodeOf(
  name: string,
  labels: Record<string, string>,
  taints: object[] = [],
) {
  const amounts = {
    cpu: '8',
    memory: '32Gi',
    pods: '20',
    ...(taints.length > 0 && { [GPU.key]: '2' }),
  };
  const now = new Date().toISOString();
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: { taints },
    status: {
      capacity: amounts,
      allocatable: amounts,
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'ready',
          lastHeartbeatTime: now,
          lastTransitionTime: now,
        },
      ],
    },
  };
}

function podOf(name: string, { gpus, ...spec }: PodSpec) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      containers: [
        {
          name: 'main',
          image: 'x',
          ...(gpus && { resources: { limits: { [GPU.key]: gpus } } }),
        },
      ],
      ...spec,
    },
  };
}
