import {
  ObjectAddress,
  ObjectView,
  RelatedObject,
  ResourceColumn,
} from '@berth/plugin-berth-common';
import { FakeObject, FakeResources, keyOf } from './FakeResources';
import { minutesAgo } from './fixtures';

const CLUSTER = 'staging';
const NAMESPACE = 'shop';
const IMAGE =
  'registry.example.com:5000/very/long/path/to/the/team/shop-frontend@sha256:8e3f8c1a52f0c6b1d2c7a9c0d4f2b7a1c9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4';

/** The address of an object in the namespace `shop` on `staging`. */
export function addressOf(
  group: string,
  plural: string,
  name: string,
  namespace: string | undefined = NAMESPACE,
): ObjectAddress {
  return { cluster: CLUSTER, group, plural, namespace, name };
}

/** The address of an object of the whole cluster `staging`. */
export function clusterAddressOf(
  group: string,
  plural: string,
  name: string,
): ObjectAddress {
  return { cluster: CLUSTER, group, plural, name };
}

function columns(...names: string[]): ResourceColumn[] {
  return names.map(name => ({
    name,
    type: 'string',
    priority: 0,
    ...(name === 'Name' && { format: 'name' }),
  }));
}

/** What a cluster has of an object, with usual metadata. */
export function aView(
  kind: string,
  apiVersion: string,
  name: string,
  content: Record<string, unknown>,
  changes: Partial<ObjectView> = {},
): ObjectView {
  const { metadata = {}, ...rest } = content as { metadata?: object };
  return {
    object: {
      apiVersion,
      kind,
      metadata: {
        name,
        namespace: NAMESPACE,
        uid: `uid-of-${name}`,
        creationTimestamp: minutesAgo(3 * 24 * 60),
        labels: { 'app.kubernetes.io/name': 'shop', tier: 'frontend' },
        annotations: { 'example.com/note': 'Ask the shop team' },
        ...metadata,
      },
      ...rest,
    },
    managers: [
      {
        manager: 'kubectl-client-side-apply',
        operation: 'Update',
        time: minutesAgo(600),
        ownsReplicas: true,
      },
      {
        manager: 'kube-controller-manager',
        operation: 'Update',
        time: minutesAgo(4),
        ownsReplicas: false,
      },
    ],
    keptByBerth: false,
    ...changes,
  };
}

function related(...items: RelatedObject[]): FakeObject['related'] {
  return { items, totalItems: items.length, unreadable: [] };
}

const POD_NAME = 'shop-6d4cf56db6-x7k2p';

/** The template of the pods of `shop`. */
const TEMPLATE = {
  metadata: { labels: { app: 'shop' } },
  spec: {
    containers: [
      {
        name: 'web',
        image: IMAGE,
        ports: [{ name: 'http', containerPort: 8080 }],
        resources: {
          requests: { cpu: '100m', memory: '128Mi' },
          limits: { memory: '256Mi' },
        },
        volumeMounts: [{ name: 'config', mountPath: '/etc/shop' }],
      },
    ],
    initContainers: [
      { name: 'migrate', image: 'registry.example.com/shop-migrate:1.4.2' },
    ],
    volumes: [
      { name: 'config', configMap: { name: 'shop-config' } },
      { name: 'data', persistentVolumeClaim: { claimName: 'shop-data' } },
      { name: 'tmp', emptyDir: {} },
    ],
  },
};

/** A pod whose container runs out of memory again and again. */
export function crashingPod(): FakeObject {
  return {
    view: aView(
      'Pod',
      'v1',
      POD_NAME,
      {
        spec: {
          ...TEMPLATE.spec,
          nodeName: 'worker-1',
          serviceAccountName: 'default',
          restartPolicy: 'Always',
        },
        status: {
          phase: 'Running',
          podIP: '10.42.3.17',
          startTime: minutesAgo(90),
          qosClass: 'Burstable',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'True',
              lastTransitionTime: minutesAgo(90),
            },
            {
              type: 'Ready',
              status: 'False',
              reason: 'ContainersNotReady',
              message: 'containers with unready status: [web]',
              lastTransitionTime: minutesAgo(4),
            },
          ],
          containerStatuses: [
            {
              name: 'web',
              ready: false,
              restartCount: 7,
              state: {
                waiting: {
                  reason: 'CrashLoopBackOff',
                  message: 'back-off 5m0s restarting failed container=web',
                },
              },
              lastState: {
                terminated: {
                  reason: 'OOMKilled',
                  exitCode: 137,
                  finishedAt: minutesAgo(4),
                },
              },
            },
          ],
          initContainerStatuses: [
            {
              name: 'migrate',
              ready: true,
              restartCount: 0,
              state: {
                terminated: {
                  reason: 'Completed',
                  exitCode: 0,
                  finishedAt: minutesAgo(89),
                },
              },
            },
          ],
        },
      },
      {
        summary: {
          columns: columns('Name', 'Ready', 'Status', 'Restarts', 'Age'),
          cells: [POD_NAME, '0/1', 'CrashLoopBackOff', '7 (4m ago)', '90m'],
        },
      },
    ),
    events: [
      {
        type: 'Warning',
        reason: 'BackOff',
        message: `Back-off restarting failed container web in pod ${POD_NAME}`,
        count: 31,
        firstAt: minutesAgo(80),
        lastAt: minutesAgo(1),
        source: 'kubelet',
        kind: 'Pod',
        name: POD_NAME,
      },
      {
        type: 'Normal',
        reason: 'Pulled',
        message: 'Container image already present on machine',
        count: 8,
        lastAt: minutesAgo(4),
        source: 'kubelet',
        kind: 'Pod',
        name: POD_NAME,
      },
    ],
    related: related(
      {
        relation: 'owner',
        group: 'apps',
        plural: 'replicasets',
        kind: 'ReplicaSet',
        namespace: NAMESPACE,
        name: 'shop-6d4cf56db6',
        status: '2/3',
      },
      {
        relation: 'uses',
        group: 'core',
        plural: 'configmaps',
        kind: 'ConfigMap',
        namespace: NAMESPACE,
        name: 'shop-config',
      },
      {
        relation: 'uses',
        group: 'core',
        plural: 'secrets',
        kind: 'Secret',
        namespace: NAMESPACE,
        name: 'shop-missing',
        missing: true,
      },
      {
        relation: 'selectedBy',
        group: 'core',
        plural: 'services',
        kind: 'Service',
        namespace: NAMESPACE,
        name: 'shop',
      },
    ),
  };
}

/** A deployment with an autoscaler and three revisions. */
export function aDeployment(changes: Partial<ObjectView> = {}): FakeObject {
  return {
    view: aView(
      'Deployment',
      'apps/v1',
      'shop',
      {
        metadata: {
          generation: 4,
          annotations: {
            'meta.helm.sh/release-name': 'storefront',
            'meta.helm.sh/release-namespace': NAMESPACE,
          },
        },
        spec: {
          replicas: 3,
          selector: { matchLabels: { app: 'shop' } },
          strategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
          },
          template: TEMPLATE,
        },
        status: {
          observedGeneration: 4,
          replicas: 3,
          readyReplicas: 2,
          availableReplicas: 2,
          updatedReplicas: 3,
          conditions: [
            {
              type: 'Available',
              status: 'False',
              reason: 'MinimumReplicasUnavailable',
              message: 'Deployment does not have minimum availability.',
              lastTransitionTime: minutesAgo(4),
            },
            {
              type: 'Progressing',
              status: 'True',
              reason: 'ReplicaSetUpdated',
              lastTransitionTime: minutesAgo(5),
            },
          ],
        },
      },
      {
        summary: {
          columns: columns('Name', 'Ready', 'Up-to-date', 'Available', 'Age'),
          cells: ['shop', '2/3', 3, 2, '3d'],
        },
        ...changes,
      },
    ),
    related: related(
      {
        relation: 'owned',
        group: 'apps',
        plural: 'replicasets',
        kind: 'ReplicaSet',
        namespace: NAMESPACE,
        name: 'shop-6d4cf56db6',
        status: '2/3',
      },
      {
        relation: 'owned',
        group: 'apps',
        plural: 'replicasets',
        kind: 'ReplicaSet',
        namespace: NAMESPACE,
        name: 'shop-5f77d9c8b4',
        status: '0/0',
      },
      {
        relation: 'scaledBy',
        group: 'autoscaling',
        plural: 'horizontalpodautoscalers',
        kind: 'HorizontalPodAutoscaler',
        namespace: NAMESPACE,
        name: 'shop',
      },
      {
        relation: 'selectedBy',
        group: 'core',
        plural: 'services',
        kind: 'Service',
        namespace: NAMESPACE,
        name: 'shop',
      },
    ),
    revisions: [
      {
        revision: 4,
        name: 'shop-6d4cf56db6',
        createdAt: minutesAgo(90),
        images: [IMAGE],
        replicas: 3,
        current: true,
      },
      {
        revision: 3,
        name: 'shop-5f77d9c8b4',
        createdAt: minutesAgo(3000),
        images: ['registry.example.com/shop-frontend:1.4.1'],
        replicas: 0,
        current: false,
        changeCause: 'Release 1.4.1',
      },
    ],
  };
}

/** A Secret with two keys. */
export function aSecret(): FakeObject {
  return {
    view: aView(
      'Secret',
      'v1',
      'shop-login',
      { type: 'Opaque', data: { username: '', password: '' } },
      {
        secretKeys: [
          { key: 'password', bytes: 12 },
          { key: 'username', bytes: 4 },
        ],
      },
    ),
    secrets: { username: 'shop', password: 'open-sesame' },
  };
}

/** A ConfigMap with as many keys. */
export function aConfigMap(keys: number): FakeObject {
  const data = Object.fromEntries(
    Array.from({ length: keys }, (_, index) => [
      `setting-${String(index).padStart(4, '0')}.properties`,
      `name=${index}\nenabled=true\n`,
    ]),
  );
  return { view: aView('ConfigMap', 'v1', 'shop-config', { data }) };
}

export function aCronJob(suspend = false): FakeObject {
  return {
    view: aView('CronJob', 'batch/v1', 'shop-report', {
      spec: {
        schedule: '15 3 * * 1-5',
        suspend,
        concurrencyPolicy: 'Forbid',
        jobTemplate: { spec: { template: TEMPLATE } },
      },
      status: {
        lastScheduleTime: minutesAgo(300),
        lastSuccessfulTime: minutesAgo(298),
        active: [{ kind: 'Job', name: 'shop-report-29411235' }],
      },
    }),
  };
}

export function aService(): FakeObject {
  return {
    view: aView('Service', 'v1', 'shop', {
      spec: {
        type: 'ClusterIP',
        clusterIP: '10.43.12.8',
        selector: { app: 'shop' },
        ports: [
          { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
        ],
      },
    }),
    related: related(
      {
        relation: 'selects',
        group: 'core',
        plural: 'pods',
        kind: 'Pod',
        namespace: NAMESPACE,
        name: POD_NAME,
        status: 'CrashLoopBackOff',
      },
      {
        relation: 'routedBy',
        group: 'networking.k8s.io',
        plural: 'ingresses',
        kind: 'Ingress',
        namespace: NAMESPACE,
        name: 'shop-public',
      },
    ),
  };
}

export function aClaim(): FakeObject {
  return {
    view: aView('PersistentVolumeClaim', 'v1', 'shop-data', {
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'fast',
        volumeName: 'pvc-1d3f',
        resources: { requests: { storage: '20Gi' } },
      },
      status: { phase: 'Bound', capacity: { storage: '20Gi' } },
    }),
    related: related({
      relation: 'usedBy',
      group: 'core',
      plural: 'pods',
      kind: 'Pod',
      namespace: NAMESPACE,
      name: POD_NAME,
    }),
  };
}

export function aNode(): FakeObject {
  return {
    view: aView('Node', 'v1', 'worker-1', {
      metadata: {
        namespace: undefined,
        labels: {
          'node-role.kubernetes.io/worker': '',
          'kubernetes.io/arch': 'amd64',
          'nvidia.com/mig.capable': 'true',
        },
      },
      spec: { taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] },
      status: {
        addresses: [{ type: 'InternalIP', address: '192.0.2.17' }],
        capacity: { cpu: '16', memory: '65841868Ki', 'nvidia.com/gpu': '2' },
        allocatable: {
          cpu: '15800m',
          memory: '64793292Ki',
          'nvidia.com/gpu': '2',
        },
        nodeInfo: {
          kubeletVersion: 'v1.33.1',
          osImage: 'Ubuntu 24.04.2 LTS',
          kernelVersion: '6.8.0-60-generic',
          containerRuntimeVersion: 'containerd://2.0.5',
          architecture: 'amd64',
        },
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: 'KubeletReady',
            lastTransitionTime: minutesAgo(9000),
          },
          {
            type: 'DiskPressure',
            status: 'True',
            reason: 'KubeletHasDiskPressure',
            lastTransitionTime: minutesAgo(12),
          },
        ],
      },
    }),
  };
}

/** An object of a kind that the pages do not know, with a condition. */
export function aWidget(): FakeObject {
  return {
    view: aView(
      'Widget',
      'example.com/v1',
      'gear',
      {
        status: {
          conditions: [
            { type: 'Degraded', status: 'True', message: 'No teeth' },
          ],
        },
      },
      {
        summary: {
          columns: columns('Name', 'Teeth', 'Age'),
          cells: ['gear', 12, '3d'],
        },
      },
    ),
  };
}

/** A quota that Berth keeps. */
export function aKeptQuota(): FakeObject {
  return {
    view: aView(
      'ResourceQuota',
      'v1',
      'berth',
      { spec: { hard: { pods: '50' } } },
      { keptByBerth: true },
    ),
  };
}

/** Gives a fake one object of each kind. */
export function withObjects<Fake extends FakeResources>(fake: Fake): Fake {
  const objects: [ObjectAddress, FakeObject][] = [
    [addressOf('core', 'pods', POD_NAME), crashingPod()],
    [addressOf('apps', 'deployments', 'shop'), aDeployment()],
    [addressOf('core', 'secrets', 'shop-login'), aSecret()],
    [addressOf('core', 'configmaps', 'shop-config'), aConfigMap(2_000)],
    [addressOf('batch', 'cronjobs', 'shop-report'), aCronJob()],
    [addressOf('core', 'services', 'shop'), aService()],
    [addressOf('core', 'persistentvolumeclaims', 'shop-data'), aClaim()],
    [clusterAddressOf('core', 'nodes', 'worker-1'), aNode()],
    [addressOf('example.com', 'widgets', 'gear'), aWidget()],
    [addressOf('core', 'resourcequotas', 'berth'), aKeptQuota()],
  ];
  for (const [address, object] of objects) {
    fake.objects.set(keyOf(address), object);
  }
  fake.lists.set('core/pods', [
    {
      type: 'columns',
      cluster: CLUSTER,
      columns: columns('Name', 'Ready', 'Status', 'Restarts', 'Age'),
    },
    {
      type: 'rows',
      cluster: CLUSTER,
      namespace: NAMESPACE,
      at: minutesAgo(0),
      rows: [
        {
          name: POD_NAME,
          cells: [POD_NAME, '0/1', 'CrashLoopBackOff', '7 (4m ago)', '90m'],
        },
      ],
    },
    { type: 'done', cluster: CLUSTER, count: 1 },
  ]);
  return fake;
}
