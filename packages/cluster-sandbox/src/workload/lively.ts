import { SYSTEM } from '../bootstrap';
import { ControllerContext, tolerate } from '../controllers/Controller';
import { recordEvent } from '../controllers/events';
import { namespaces, nodes, services } from '../resources/core';
import { pods } from '../resources/pods';
import { persistentVolumeClaims, storageClasses } from '../resources/storage';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { daemonSets, deployments, statefulSets } from '../resources/workloads';
import { JsonObject, KubeObject } from '../types';
import { livelyNodes } from './nodes';

const EVENT_INTERVAL_MS = 7_000;

export interface LivelyOptions {
  cluster: string;
  version: string;
  gpus: boolean;
}

/** Fills a cluster with what one in use has: nodes, system and application workloads, volumes, events. */
export function makeLively(
  context: ControllerContext,
  options: LivelyOptions,
): void {
  const { registry } = context;
  const create = (
    definition: ResourceDefinition,
    namespace: string | undefined,
    object: KubeObject,
  ) =>
    tolerate(() =>
      registry.create(definition, namespace, object, {
        ...SYSTEM,
        fieldManager: 'sandbox',
      }),
    );
  for (const node of livelyNodes(
    options.cluster,
    options.version,
    options.gpus,
  )) {
    create(nodes, undefined, node);
  }
  create(storageClasses, undefined, storageClass('standard', true));
  create(storageClasses, undefined, storageClass('fast-ssd', false));

  create(
    deployments,
    'kube-system',
    app(
      'coredns',
      'registry.k8s.io/coredns/coredns:v1.12.0',
      2,
      '100m',
      '70Mi',
    ),
  );
  create(
    daemonSets,
    'kube-system',
    daemon('kube-proxy', `registry.k8s.io/kube-proxy:${options.version}`),
  );
  create(
    deployments,
    'kube-system',
    app(
      'metrics-server',
      'registry.k8s.io/metrics-server/metrics-server:v0.7.2',
      1,
      '100m',
      '200Mi',
    ),
  );
  create(services, 'kube-system', service('coredns', 53));

  for (const [namespace, apps] of Object.entries(APPS)) {
    create(namespaces, undefined, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    context.queue.schedule(`lively/${namespace}`, 20, () => {
      for (const { name, image, replicas, cpu, memory } of apps) {
        create(deployments, namespace, app(name, image, replicas, cpu, memory));
        create(services, namespace, service(name, 80));
      }
    });
  }
  context.queue.schedule('lively/data', 40, () => {
    create(statefulSets, 'shop', database());
    create(services, 'shop', service('orders-db', 5432));
    create(persistentVolumeClaims, 'shop', claim('product-images', '50Gi'));
  });
  keepHappening(context);
}

interface App {
  name: string;
  image: string;
  replicas: number;
  cpu: string;
  memory: string;
}

const APPS: Record<string, App[]> = {
  shop: [
    {
      name: 'storefront',
      image: 'registry.example.com/shop/storefront:2.14.0',
      replicas: 3,
      cpu: '250m',
      memory: '256Mi',
    },
    {
      name: 'checkout',
      image: 'registry.example.com/shop/checkout:1.8.3',
      replicas: 2,
      cpu: '500m',
      memory: '512Mi',
    },
  ],
  monitoring: [
    {
      name: 'prometheus',
      image: 'quay.io/prometheus/prometheus:v3.4.0',
      replicas: 1,
      cpu: '1',
      memory: '4Gi',
    },
    {
      name: 'grafana',
      image: 'docker.io/grafana/grafana:12.0.1',
      replicas: 1,
      cpu: '200m',
      memory: '256Mi',
    },
  ],
};

function storageClass(name: string, isDefault: boolean): KubeObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name,
      annotations: {
        'storageclass.kubernetes.io/is-default-class': `${isDefault}`,
      },
    },
    provisioner: `csi.sandbox.berth.dev`,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
  };
}

function template(
  name: string,
  image: string,
  cpu: string,
  memory: string,
): JsonObject {
  return {
    metadata: { labels: { app: name } },
    spec: {
      containers: [
        {
          name,
          image,
          ports: [{ containerPort: 8080, name: 'http' }],
          resources: { requests: { cpu, memory }, limits: { memory } },
        },
      ],
    },
  };
}

function app(
  name: string,
  image: string,
  replicas: number,
  cpu: string,
  memory: string,
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: template(name, image, cpu, memory),
    },
  };
}

function daemon(name: string, image: string): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, labels: { app: name } },
    spec: {
      selector: { matchLabels: { app: name } },
      template: template(name, image, '50m', '64Mi'),
    },
  };
}

function database(): KubeObject {
  const name = 'orders-db';
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, labels: { app: name } },
    spec: {
      replicas: 2,
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: template(name, 'docker.io/library/postgres:17.5', '1', '2Gi'),
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: claim('data', '20Gi').spec },
      ],
    },
  };
}

function claim(name: string, storage: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'standard',
      resources: { requests: { storage } },
    },
  };
}

function service(name: string, port: number): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: { app: name } },
    spec: {
      selector: { app: name },
      ports: [{ name: 'main', port, targetPort: port }],
    },
  };
}

const HAPPENINGS = [
  {
    type: 'Warning' as const,
    reason: 'Unhealthy',
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
  },
  {
    type: 'Normal' as const,
    reason: 'Pulled',
    message: 'Container image already present on machine',
  },
  {
    type: 'Warning' as const,
    reason: 'BackOff',
    message: 'Back-off pulling image',
  },
];

/** Now and then something happens to a pod. */
function keepHappening(context: ControllerContext, round = 0): void {
  context.queue.schedule('lively/events', EVENT_INTERVAL_MS, () => {
    const candidates = context.registry.all(pods);
    if (candidates.length > 0) {
      const pod = candidates[(round * 7) % candidates.length];
      recordEvent(context, pod, {
        ...HAPPENINGS[round % HAPPENINGS.length],
        component: 'kubelet',
        host: pod.spec?.nodeName,
      });
    }
    keepHappening(context, round + 1);
  });
}
