import { cause } from '../status';
import { KubeObject } from '../types';
import {
  ageColumn,
  ageSince,
  count,
  joinLabels,
  nameColumn,
  text,
} from './columns';
import { ResourceDefinition } from './ResourceDefinition';

const core = { group: '', version: 'v1' };

export const namespaces: ResourceDefinition = {
  ...core,
  plural: 'namespaces',
  singular: 'namespace',
  kind: 'Namespace',
  namespaced: false,
  shortNames: ['ns'],
  nameRule: 'label',
  hasStatus: true,
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  subresources: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }],
  columns: [
    nameColumn,
    text('Status', object => object.status?.phase),
    ageColumn,
  ],
  fields: object => ({ 'status.phase': object.status?.phase ?? '' }),
  defaults(object) {
    object.metadata.labels = {
      ...object.metadata.labels,
      'kubernetes.io/metadata.name': object.metadata.name,
    };
    object.status ??= {};
    object.status.phase ??= 'Active';
  },
  prepareCreate(object) {
    const finalizers: string[] = object.spec?.finalizers ?? [];
    object.spec = {
      finalizers: [...new Set([...finalizers, 'kubernetes'])],
    };
    object.status = { phase: 'Active' };
  },
  prepareUpdate(object, old) {
    object.spec = old.spec;
  },
};

export const nodes: ResourceDefinition = {
  ...core,
  plural: 'nodes',
  singular: 'node',
  kind: 'Node',
  namespaced: false,
  shortNames: ['no'],
  hasStatus: true,
  columns: [
    nameColumn,
    text('Status', nodeStatus),
    text('Roles', nodeRoles),
    ageColumn,
    text('Version', object => object.status?.nodeInfo?.kubeletVersion ?? ''),
    text('Internal-IP', object => nodeAddress(object, 'InternalIP'), 1),
    text('External-IP', object => nodeAddress(object, 'ExternalIP'), 1),
    text('OS-Image', object => object.status?.nodeInfo?.osImage, 1),
    text('Kernel-Version', object => object.status?.nodeInfo?.kernelVersion, 1),
    text(
      'Container-Runtime',
      object => object.status?.nodeInfo?.containerRuntimeVersion,
      1,
    ),
  ],
  fields: object => ({
    'spec.unschedulable': `${object.spec?.unschedulable ?? false}`,
  }),
};

function nodeStatus(node: KubeObject): string {
  const ready = node.status?.conditions?.find(
    (condition: { type: string }) => condition.type === 'Ready',
  );
  const words = ['Unknown'];
  if (ready) {
    words[0] = ready.status === 'True' ? 'Ready' : 'NotReady';
  }
  if (node.spec?.unschedulable) {
    words.push('SchedulingDisabled');
  }
  return words.join(',');
}

function nodeRoles(node: KubeObject): string | undefined {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter(label => label.startsWith(prefix))
    .map(label => label.slice(prefix.length))
    .sort();
  return roles.length ? roles.join(',') : undefined;
}

function nodeAddress(node: KubeObject, type: string): string | undefined {
  return node.status?.addresses?.find(
    (address: { type: string }) => address.type === type,
  )?.address;
}

export const configMaps: ResourceDefinition = {
  ...core,
  plural: 'configmaps',
  singular: 'configmap',
  kind: 'ConfigMap',
  namespaced: true,
  shortNames: ['cm'],
  columns: [
    nameColumn,
    count(
      'Data',
      object =>
        Object.keys(object.data ?? {}).length +
        Object.keys(object.binaryData ?? {}).length,
    ),
    ageColumn,
  ],
  validate(object, old) {
    const causes = dataKeyCauses('data', object.data);
    if (old?.immutable) {
      for (const field of ['data', 'binaryData']) {
        if (JSON.stringify(old[field]) !== JSON.stringify(object[field])) {
          causes.push(
            cause.forbidden(
              field,
              'field is immutable when `immutable` is set',
            ),
          );
        }
      }
    }
    return causes;
  },
};

function dataKeyCauses(field: string, data: object | undefined) {
  return Object.keys(data ?? {})
    .filter(
      key =>
        !/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key === '..',
    )
    .map(key =>
      cause.invalid(
        `${field}[${key}]`,
        key,
        `a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
      ),
    );
}

export const secrets: ResourceDefinition = {
  ...core,
  plural: 'secrets',
  singular: 'secret',
  kind: 'Secret',
  namespaced: true,
  columns: [
    nameColumn,
    text('Type', object => object.type),
    count('Data', object => Object.keys(object.data ?? {}).length),
    ageColumn,
  ],
  fields: object => ({ type: object.type ?? '' }),
  defaults(object) {
    object.type ??= 'Opaque';
    if (object.stringData) {
      object.data = { ...object.data };
      for (const [key, value] of Object.entries(object.stringData)) {
        object.data[key] = Buffer.from(String(value)).toString('base64');
      }
      delete object.stringData;
    }
  },
  validate(object, old) {
    const causes = dataKeyCauses('data', object.data);
    if (old && old.type !== object.type) {
      causes.push(cause.invalid('type', object.type, 'field is immutable'));
    }
    return causes;
  },
};

export const serviceAccounts: ResourceDefinition = {
  ...core,
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  kind: 'ServiceAccount',
  namespaced: true,
  shortNames: ['sa'],
  returnsDeleted: true,
  subresources: [
    {
      name: 'token',
      kind: 'TokenRequest',
      group: 'authentication.k8s.io',
      version: 'v1',
      verbs: ['create'],
    },
  ],
  columns: [
    nameColumn,
    count('Secrets', object => object.secrets?.length),
    ageColumn,
  ],
};

export const events: ResourceDefinition = {
  ...core,
  plural: 'events',
  singular: 'event',
  kind: 'Event',
  namespaced: true,
  shortNames: ['ev'],
  createsOnUpdate: true,
  columns: [
    text('Last Seen', object =>
      ageSince(
        object.lastTimestamp ??
          object.eventTime ??
          object.metadata.creationTimestamp,
      ),
    ),
    text('Type', object => object.type),
    text('Reason', object => object.reason),
    text(
      'Object',
      object =>
        `${(object.involvedObject?.kind ?? '').toLowerCase()}/${
          object.involvedObject?.name ?? ''
        }`,
    ),
    text('Subobject', object => object.involvedObject?.fieldPath, 1),
    text('Source', object => object.source?.component, 1),
    text('Message', object => object.message?.trim()),
    text(
      'First Seen',
      object =>
        ageSince(object.firstTimestamp ?? object.metadata.creationTimestamp),
      1,
    ),
    count('Count', object => object.count ?? 1, 1),
    { ...nameColumn, priority: 1 },
  ],
  fields: object => ({
    'involvedObject.kind': object.involvedObject?.kind ?? '',
    'involvedObject.namespace': object.involvedObject?.namespace ?? '',
    'involvedObject.name': object.involvedObject?.name ?? '',
    'involvedObject.uid': object.involvedObject?.uid ?? '',
    'involvedObject.apiVersion': object.involvedObject?.apiVersion ?? '',
    'involvedObject.resourceVersion':
      object.involvedObject?.resourceVersion ?? '',
    'involvedObject.fieldPath': object.involvedObject?.fieldPath ?? '',
    reason: object.reason ?? '',
    reportingComponent: object.reportingComponent ?? '',
    source: object.source?.component ?? '',
    type: object.type ?? '',
  }),
};

export const resourceQuotas: ResourceDefinition = {
  ...core,
  plural: 'resourcequotas',
  singular: 'resourcequota',
  kind: 'ResourceQuota',
  namespaced: true,
  shortNames: ['quota'],
  hasStatus: true,
  returnsDeleted: true,
  columns: [
    nameColumn,
    ageColumn,
    text('Request', object => quotaCell(object, false) ?? ''),
    text('Limit', object => quotaCell(object, true) ?? ''),
  ],
};

function quotaCell(quota: KubeObject, limits: boolean): string | undefined {
  const hard: Record<string, string> = quota.status?.hard ?? {};
  return Object.keys(hard)
    .filter(name => name.startsWith('limits.') === limits)
    .sort()
    .map(name => `${name}: ${quota.status?.used?.[name] ?? '0'}/${hard[name]}`)
    .join(', ');
}

export const limitRanges: ResourceDefinition = {
  ...core,
  plural: 'limitranges',
  singular: 'limitrange',
  kind: 'LimitRange',
  namespaced: true,
  shortNames: ['limits'],
  createsOnUpdate: true,
  columns: [
    nameColumn,
    text('Created At', object => object.metadata.creationTimestamp),
  ],
  defaults(object) {
    for (const item of object.spec?.limits ?? []) {
      if (item.type === 'Container') {
        item.default = { ...item.max, ...item.default };
        item.defaultRequest = {
          ...item.min,
          ...item.default,
          ...item.defaultRequest,
        };
        for (const field of ['default', 'defaultRequest']) {
          if (Object.keys(item[field]).length === 0) {
            delete item[field];
          }
        }
      }
    }
  },
};

export const endpoints: ResourceDefinition = {
  ...core,
  plural: 'endpoints',
  singular: 'endpoints',
  kind: 'Endpoints',
  namespaced: true,
  shortNames: ['ep'],
  createsOnUpdate: true,
  columns: [
    nameColumn,
    text('Endpoints', object => {
      const addresses = (object.subsets ?? []).flatMap(
        (subset: {
          addresses?: { ip: string }[];
          ports?: { port: number }[];
        }) =>
          (subset.addresses ?? []).flatMap(address =>
            (subset.ports ?? []).map(port => `${address.ip}:${port.port}`),
          ),
      );
      return addresses.length ? addresses.join(',') : undefined;
    }),
    ageColumn,
  ],
};

export const services: ResourceDefinition = {
  ...core,
  plural: 'services',
  singular: 'service',
  kind: 'Service',
  namespaced: true,
  shortNames: ['svc'],
  categories: ['all'],
  nameRule: 'service',
  hasStatus: true,
  columns: [
    nameColumn,
    text('Type', object => object.spec?.type),
    text('Cluster-IP', object => object.spec?.clusterIP || undefined),
    text('External-IP', externalAddress),
    text('Port(s)', servicePorts),
    ageColumn,
    text('Selector', object => joinLabels(object.spec?.selector), 1),
  ],
  fields: object => ({
    'spec.type': object.spec?.type ?? '',
    'spec.clusterIP': object.spec?.clusterIP ?? '',
  }),
  defaults(object) {
    object.spec ??= {};
    object.spec.type ??= 'ClusterIP';
    object.spec.sessionAffinity ??= 'None';
    for (const port of object.spec.ports ?? []) {
      port.protocol ??= 'TCP';
      port.targetPort ??= port.port;
    }
    if (object.spec.type !== 'ExternalName') {
      object.spec.internalTrafficPolicy ??= 'Cluster';
      object.spec.ipFamilies ??= ['IPv4'];
      object.spec.ipFamilyPolicy ??= 'SingleStack';
      object.spec.clusterIP ??= allocateAddress();
      object.spec.clusterIPs ??= [object.spec.clusterIP];
      if (object.spec.type !== 'ClusterIP') {
        object.spec.externalTrafficPolicy ??= 'Cluster';
        object.spec.ports?.forEach((port: { nodePort?: number }) => {
          port.nodePort ??= 30000 + Math.floor(Math.random() * 2768);
        });
      }
    }
    object.status ??= { loadBalancer: {} };
  },
  prepareUpdate(object, old) {
    object.spec ??= {};
    object.spec.clusterIP ??= old.spec?.clusterIP;
    object.spec.clusterIPs ??= old.spec?.clusterIPs;
  },
  validate(object, old) {
    const causes = [];
    if (
      !object.spec?.ports?.length &&
      object.spec?.type !== 'ExternalName' &&
      object.spec?.clusterIP !== 'None'
    ) {
      causes.push(cause.required('spec.ports'));
    }
    if (
      old?.spec?.clusterIP &&
      object.spec?.type !== 'ExternalName' &&
      old.spec.clusterIP !== object.spec?.clusterIP
    ) {
      causes.push(
        cause.invalid(
          'spec.clusterIPs[0]',
          object.spec?.clusterIPs?.[0] ?? '',
          'may not change once set',
        ),
      );
    }
    (object.spec?.ports ?? []).forEach(
      (port: { port?: number; name?: string }, index: number) => {
        if (
          !Number.isInteger(port.port) ||
          port.port! < 1 ||
          port.port! > 65535
        ) {
          causes.push(
            cause.invalid(
              `spec.ports[${index}].port`,
              port.port ?? 0,
              'must be between 1 and 65535, inclusive',
            ),
          );
        }
        if (object.spec!.ports.length > 1 && !port.name) {
          causes.push(cause.required(`spec.ports[${index}].name`));
        }
      },
    );
    return causes;
  },
};

let lastAddress = 0;

function allocateAddress(): string {
  lastAddress = (lastAddress + 1) % 65000;
  return `10.96.${Math.floor(lastAddress / 250)}.${(lastAddress % 250) + 1}`;
}

function externalAddress(service: KubeObject): string | undefined {
  const ingress = service.status?.loadBalancer?.ingress?.map(
    (entry: { ip?: string; hostname?: string }) => entry.ip ?? entry.hostname,
  );
  if (service.spec?.type === 'LoadBalancer') {
    return ingress?.join(',') ?? '<pending>';
  }
  return service.spec?.externalName;
}

function servicePorts(service: KubeObject): string | undefined {
  const ports = service.spec?.ports?.map(
    (port: { port: number; nodePort?: number; protocol: string }) =>
      port.nodePort
        ? `${port.port}:${port.nodePort}/${port.protocol}`
        : `${port.port}/${port.protocol}`,
  );
  return ports?.length ? ports.join(',') : undefined;
}
