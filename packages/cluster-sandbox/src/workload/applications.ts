import { JsonObject, KubeObject } from '../types';

interface App {
  name: string;
  image: string;
  replicas: number;
  cpu: string;
  memory: string;
}

export const APPS: Record<string, App[]> = {
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

export function storageClass(name: string, isDefault: boolean): KubeObject {
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

export function app(
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

export function daemon(name: string, image: string): KubeObject {
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

export function database(): KubeObject {
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

export function claim(name: string, storage: string): KubeObject {
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

export function service(name: string, port: number): KubeObject {
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

/** A Deployment of one pod with a GPU. */
export function gpuApp(name: string, image: string): KubeObject {
  const deployment = app(name, image, 1, '4', '16Gi');
  const [container] = deployment.spec?.template.spec.containers;
  container.resources.limits['nvidia.com/gpu'] = '1';
  return deployment;
}

/** The configurations of the MIG manager, where the GPU operator keeps them. */
export function migConfigurations(): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'default-mig-parted-config' },
    data: {
      'config.yaml': `version: v1
mig-configs:
  all-disabled:
    - devices: all
      mig-enabled: false
  all-1g.5gb:
    - devices: all
      mig-enabled: true
      mig-devices:
        1g.5gb: 7
  all-3g.20gb:
    - devices: all
      mig-enabled: true
      mig-devices:
        3g.20gb: 2
  all-balanced:
    - devices: all
      mig-enabled: true
      mig-devices:
        1g.5gb: 2
        2g.10gb: 1
        3g.20gb: 1
`,
    },
  };
}
