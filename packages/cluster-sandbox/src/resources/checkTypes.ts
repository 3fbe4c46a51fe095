import { Quantity } from '@berth/plugin-berth-common';
import { StatusError, badRequest } from '../status';
import { JsonObject, KubeObject } from '../types';

/**
 * The types of the fields that the API server itself reads, so that later code never finds a text in place of a
 * list. Other fields may have any type.
 */
export type FieldType =
  | 'string'
  | 'integer'
  | 'boolean'
  | 'intOrString'
  | 'object'
  | 'strings'
  | 'base64'
  | 'quantities'
  | readonly [FieldType]
  | { readonly [field: string]: FieldType };

const SELECTOR: FieldType = {
  matchLabels: 'strings',
  matchExpressions: [{ key: 'string', operator: 'string', values: ['string'] }],
};

const CONTAINER: FieldType = {
  name: 'string',
  image: 'string',
  command: ['string'],
  args: ['string'],
  env: [{ name: 'string', value: 'string' }],
  ports: [{ containerPort: 'integer', protocol: 'string', name: 'string' }],
  volumeMounts: [{ name: 'string', mountPath: 'string' }],
  resources: { limits: 'quantities', requests: 'quantities' },
};

const POD_SPEC: FieldType = {
  containers: [CONTAINER],
  initContainers: [CONTAINER],
  nodeSelector: 'strings',
  nodeName: 'string',
  restartPolicy: 'string',
  serviceAccountName: 'string',
  priorityClassName: 'string',
  terminationGracePeriodSeconds: 'integer',
  activeDeadlineSeconds: 'integer',
  tolerations: [{ key: 'string', operator: 'string', effect: 'string' }],
  volumes: [{ name: 'string' }],
};

const TEMPLATE: FieldType = {
  metadata: { labels: 'strings', annotations: 'strings' },
  spec: POD_SPEC,
};

const CONDITIONS: FieldType = {
  conditions: [{ type: 'string', status: 'string' }],
};

const WORKLOAD: FieldType = {
  spec: {
    replicas: 'integer',
    selector: SELECTOR,
    template: TEMPLATE,
    strategy: { type: 'string', rollingUpdate: 'object' },
    parallelism: 'integer',
    completions: 'integer',
    suspend: 'boolean',
    volumeClaimTemplates: ['object'],
  },
  status: CONDITIONS,
};

const RULES: FieldType = {
  rules: [
    {
      verbs: ['string'],
      apiGroups: ['string'],
      resources: ['string'],
      resourceNames: ['string'],
      nonResourceURLs: ['string'],
    },
  ],
  aggregationRule: { clusterRoleSelectors: [SELECTOR] },
};

const BINDING: FieldType = {
  roleRef: { apiGroup: 'string', kind: 'string', name: 'string' },
  subjects: [
    {
      kind: 'string',
      apiGroup: 'string',
      name: 'string',
      namespace: 'string',
    },
  ],
};

const METADATA: FieldType = {
  name: 'string',
  namespace: 'string',
  generateName: 'string',
  uid: 'string',
  resourceVersion: 'string',
  labels: 'strings',
  annotations: 'strings',
  finalizers: ['string'],
  ownerReferences: [
    { apiVersion: 'string', kind: 'string', name: 'string', uid: 'string' },
  ],
  managedFields: [{ manager: 'string', fieldsV1: 'object' }],
};

const PEER: FieldType = {
  podSelector: SELECTOR,
  namespaceSelector: SELECTOR,
  ipBlock: { cidr: 'string', except: ['string'] },
};

const NETWORK_PORT: FieldType = {
  protocol: 'string',
  port: 'intOrString',
  endPort: 'integer',
};

const KINDS: Record<string, { readonly [field: string]: FieldType }> = {
  Namespace: { spec: { finalizers: ['string'] }, status: CONDITIONS },
  ConfigMap: { data: 'strings', binaryData: 'base64', immutable: 'boolean' },
  Secret: { data: 'base64', stringData: 'strings', type: 'string' },
  ServiceAccount: { secrets: ['object'], imagePullSecrets: ['object'] },
  Service: {
    spec: {
      ports: [{ port: 'integer', name: 'string', targetPort: 'intOrString' }],
      selector: 'strings',
      type: 'string',
      clusterIP: 'string',
    },
    status: { loadBalancer: { ingress: ['object'] } },
  },
  Endpoints: { subsets: ['object'] },
  Event: {
    involvedObject: 'object',
    message: 'string',
    source: 'object',
    count: 'integer',
  },
  ResourceQuota: {
    spec: {
      hard: 'quantities',
      scopes: ['string'],
      scopeSelector: {
        matchExpressions: [
          { scopeName: 'string', operator: 'string', values: ['string'] },
        ],
      },
    },
    status: { hard: 'quantities', used: 'quantities' },
  },
  LimitRange: {
    spec: {
      limits: [
        {
          type: 'string',
          default: 'quantities',
          defaultRequest: 'quantities',
          min: 'quantities',
          max: 'quantities',
          maxLimitRequestRatio: 'quantities',
        },
      ],
    },
  },
  Node: {
    spec: { taints: [{ key: 'string', effect: 'string' }] },
    status: {
      capacity: 'quantities',
      allocatable: 'quantities',
      addresses: ['object'],
      ...CONDITIONS,
    },
  },
  Pod: {
    spec: POD_SPEC,
    status: {
      ...CONDITIONS,
      phase: 'string',
      containerStatuses: [{ name: 'string', state: 'object' }],
    },
  },
  PersistentVolumeClaim: {
    spec: {
      accessModes: ['string'],
      storageClassName: 'string',
      resources: { requests: 'quantities', limits: 'quantities' },
    },
    status: { accessModes: ['string'], capacity: 'quantities' },
  },
  PersistentVolume: {
    spec: { accessModes: ['string'], capacity: 'quantities' },
  },
  Deployment: WORKLOAD,
  ReplicaSet: WORKLOAD,
  StatefulSet: WORKLOAD,
  DaemonSet: WORKLOAD,
  Job: WORKLOAD,
  CronJob: { spec: { jobTemplate: { spec: { template: TEMPLATE } } } },
  Role: RULES,
  ClusterRole: RULES,
  RoleBinding: BINDING,
  ClusterRoleBinding: BINDING,
  Ingress: {
    spec: { rules: [{ host: 'string' }], tls: ['object'] },
    status: { loadBalancer: { ingress: ['object'] } },
  },
  NetworkPolicy: {
    spec: {
      podSelector: SELECTOR,
      policyTypes: ['string'],
      ingress: [{ from: [PEER], ports: [NETWORK_PORT] }],
      egress: [{ to: [PEER], ports: [NETWORK_PORT] }],
    },
  },
  EndpointSlice: {
    ports: ['object'],
    endpoints: [{ addresses: ['string'] }],
  },
};

/** @throws StatusError 400 naming the first field of the wrong type */
export function checkTypes(object: KubeObject): void {
  const type = {
    metadata: METADATA,
    spec: 'object',
    status: 'object',
    ...KINDS[object.kind],
  } as const;
  check(object.kind, type, object, '');
}

function check(
  kind: string,
  type: FieldType,
  value: unknown,
  path: string,
): void {
  if (value === undefined || value === null) {
    return;
  }
  if (typeof type === 'string') {
    checkNamed(kind, type, value, path);
  } else if (Array.isArray(type)) {
    if (!Array.isArray(value)) {
      throw mismatch(kind, value, path, 'list');
    }
    for (const item of value) {
      if (item === null) {
        throw mismatch(kind, item, path, 'list without null');
      }
      check(kind, type[0], item, path);
    }
  } else {
    if (!isRecord(value)) {
      throw mismatch(kind, value, path, 'object');
    }
    for (const [field, part] of Object.entries(type)) {
      if (Object.hasOwn(value, field)) {
        check(kind, part, value[field], path ? `${path}.${field}` : field);
      }
    }
  }
}

function checkNamed(
  kind: string,
  type: Extract<FieldType, string>,
  value: unknown,
  path: string,
): void {
  const isInteger = Number.isSafeInteger(value);
  const matches = {
    string: () => typeof value === 'string',
    integer: () => isInteger,
    boolean: () => typeof value === 'boolean',
    intOrString: () => isInteger || typeof value === 'string',
    object: () => isRecord(value),
    strings: () =>
      isRecord(value) &&
      Object.values(value).every(entry => typeof entry === 'string'),
    base64: () =>
      isRecord(value) &&
      Object.values(value).every(entry => typeof entry === 'string'),
    quantities: () => isRecord(value),
  };
  if (!matches[type]()) {
    throw mismatch(kind, value, path, type);
  }
  if (type === 'base64') {
    checkBase64(kind, value as Record<string, string>);
  }
  if (type === 'quantities') {
    for (const amount of Object.values(value as JsonObject)) {
      checkQuantity(kind, amount);
    }
  }
}

/** As the API server does, repeats a part of a value that is not base64. */
function checkBase64(kind: string, values: Record<string, string>): void {
  for (const text of Object.values(values)) {
    const wrong = text.search(/[^A-Za-z0-9+/=\r\n]/);
    if (wrong >= 0) {
      throw badRequest(
        `${kind} in version "v1" cannot be handled as a ${kind}: illegal base64 data at input byte ${wrong}, error found in #10 byte of ...|${text}|...`,
      );
    }
  }
}

function checkQuantity(kind: string, amount: unknown): void {
  try {
    if (typeof amount === 'string' || typeof amount === 'number') {
      Quantity.parse(`${amount}`);
      return;
    }
  } catch {
    // Reported below, with Kubernetes' message.
  }
  throw badRequest(
    `${kind} in version "v1" cannot be handled as a ${kind}: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
  );
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mismatch(
  kind: string,
  value: unknown,
  path: string,
  type: string,
): StatusError {
  const found = Array.isArray(value) ? 'array' : typeof value;
  return badRequest(
    `${kind} in version "v1" cannot be handled as a ${kind}: json: cannot unmarshal ${found} into Go struct field ${kind}.${path} of type ${type}`,
  );
}
