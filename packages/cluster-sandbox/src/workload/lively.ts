import { SYSTEM } from '../bootstrap';
import { ControllerContext, tolerate } from '../controllers/Controller';
import { recordEvent } from '../controllers/events';
import { configMaps, namespaces } from '../resources/core';
import { nodes } from '../resources/nodes';
import { services } from '../resources/services';
import { pods } from '../resources/pods';
import { persistentVolumeClaims, storageClasses } from '../resources/storage';
import { ResourceDefinition } from '../resources/ResourceDefinition';
import { daemonSets, deployments, statefulSets } from '../resources/workloads';
import { KubeObject } from '../types';
import {
  app,
  APPS,
  claim,
  daemon,
  database,
  gpuApp,
  migConfigurations,
  service,
  storageClass,
} from './applications';
import { livelyNodes } from './nodes';

const EVENT_INTERVAL_MS = 7_000;

export interface LivelyOptions {
  cluster: string;
  version: string;
  gpus: boolean;
}

/** Creates the content of a cluster in use: nodes, system and application workloads, volumes, events. */
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
  if (options.gpus) {
    for (const name of ['gpu-operator', 'research']) {
      create(namespaces, undefined, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
    create(configMaps, 'gpu-operator', migConfigurations());
    create(
      deployments,
      'research',
      gpuApp('embeddings', 'registry.example.com/research/embeddings:0.9.1'),
    );
  }

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

/** Records an event of a pod from time to time. */
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
