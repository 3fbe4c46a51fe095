/*
 * The merge rules of Kubernetes objects: which lists are associative and by which keys, and which objects and
 * lists are atomic. The rules come from the markers `listType`, `listMapKey`, `structType`, `mapType` and
 * `patchMergeKey` of the API. Everything else is a granular object, an atomic list or a scalar.
 */

export interface Schema {
  /** Whether the value is replaced and owned as a whole. */
  atomic?: boolean;
  fields?: Record<string, Schema>;
  /** Whether the value is a list of distinct scalars. */
  set?: boolean;
  /** The fields that identify the objects of a list. */
  keys?: string[];
  /** The values of keys that an item omits. */
  keyDefaults?: Record<string, unknown>;
  /** The schema of the items of a keyed list. */
  items?: Schema;
  /** The merge key of a strategic merge patch, if server-side apply does not merge the list. */
  strategicKey?: string;
  /** Whether the value is a set for a strategic merge patch only. */
  strategicSet?: boolean;
}

const ATOMIC: Schema = { atomic: true };

function keyed(keys: string[], items: Schema = {}, rest: Schema = {}): Schema {
  return { keys, items, ...rest };
}

const CONDITIONS = keyed(['type']);
const LABEL_SELECTOR = ATOMIC;

const ENV = keyed(['name'], {
  fields: {
    valueFrom: {
      fields: {
        configMapKeyRef: ATOMIC,
        fieldRef: ATOMIC,
        resourceFieldRef: ATOMIC,
        secretKeyRef: ATOMIC,
      },
    },
  },
});

const CONTAINER: Schema = {
  fields: {
    env: ENV,
    ports: keyed(
      ['containerPort', 'protocol'],
      {},
      {
        keyDefaults: { protocol: 'TCP' },
      },
    ),
    volumeMounts: keyed(['mountPath']),
    volumeDevices: keyed(['devicePath']),
    resources: { fields: { claims: keyed(['name']) } },
  },
};

const POD_SPEC: Schema = {
  fields: {
    containers: keyed(['name'], CONTAINER),
    initContainers: keyed(['name'], CONTAINER),
    ephemeralContainers: keyed(['name'], CONTAINER),
    volumes: keyed(['name'], {
      fields: { emptyDir: {}, configMap: {}, secret: {} },
    }),
    imagePullSecrets: keyed(['name']),
    hostAliases: keyed(['ip']),
    nodeSelector: ATOMIC,
    topologySpreadConstraints: keyed(['topologyKey', 'whenUnsatisfiable'], {
      fields: { labelSelector: LABEL_SELECTOR },
    }),
    resourceClaims: keyed(['name']),
    schedulingGates: keyed(['name']),
    affinity: {
      fields: {
        nodeAffinity: {
          fields: { requiredDuringSchedulingIgnoredDuringExecution: ATOMIC },
        },
      },
    },
  },
};

const METADATA: Schema = {
  fields: {
    finalizers: { set: true },
    ownerReferences: keyed(['uid']),
  },
};

const POD_TEMPLATE: Schema = {
  fields: { metadata: METADATA, spec: POD_SPEC },
};

const WORKLOAD: Schema = {
  fields: { selector: LABEL_SELECTOR, template: POD_TEMPLATE },
};

const WITH_CONDITIONS: Schema = { fields: { conditions: CONDITIONS } };

const BINDING: Record<string, Schema> = {
  roleRef: ATOMIC,
  subjects: ATOMIC,
};

/** The schemas of the fields other than metadata, by kind; kinds are unique among the stored resources. */
const KINDS: Record<string, Record<string, Schema>> = {
  Pod: {
    spec: POD_SPEC,
    status: {
      fields: {
        conditions: CONDITIONS,
        podIPs: keyed(['ip']),
        hostIPs: { atomic: true, strategicKey: 'ip' },
      },
    },
  },
  Deployment: { spec: WORKLOAD, status: WITH_CONDITIONS },
  ReplicaSet: { spec: WORKLOAD, status: WITH_CONDITIONS },
  StatefulSet: {
    spec: { fields: { ...WORKLOAD.fields, volumeClaimTemplates: ATOMIC } },
    status: WITH_CONDITIONS,
  },
  DaemonSet: { spec: WORKLOAD, status: WITH_CONDITIONS },
  Job: {
    spec: WORKLOAD,
    status: { fields: { conditions: { atomic: true, strategicKey: 'type' } } },
  },
  CronJob: {
    spec: {
      fields: {
        jobTemplate: { fields: { metadata: METADATA, spec: WORKLOAD } },
      },
    },
  },
  Service: {
    spec: {
      fields: {
        ports: keyed(
          ['port', 'protocol'],
          {},
          {
            keyDefaults: { protocol: 'TCP' },
          },
        ),
        selector: ATOMIC,
      },
    },
    status: {
      fields: {
        conditions: CONDITIONS,
        loadBalancer: { fields: { ingress: ATOMIC } },
      },
    },
  },
  ServiceAccount: {
    secrets: keyed(['name']),
    imagePullSecrets: { atomic: true, strategicKey: 'name' },
  },
  Namespace: { spec: {}, status: WITH_CONDITIONS },
  Node: {
    spec: {
      fields: {
        podCIDRs: { set: true },
        taints: { atomic: true },
      },
    },
    status: {
      fields: { conditions: CONDITIONS, addresses: keyed(['type']) },
    },
  },
  PersistentVolume: {
    spec: { fields: { claimRef: {}, nodeAffinity: {} } },
  },
  PersistentVolumeClaim: {
    spec: { fields: { selector: LABEL_SELECTOR, dataSource: ATOMIC } },
    status: WITH_CONDITIONS,
  },
  Event: { involvedObject: ATOMIC },
  ResourceQuota: {
    spec: { fields: { scopeSelector: ATOMIC, scopes: ATOMIC } },
  },
  NetworkPolicy: { spec: { fields: { podSelector: ATOMIC } } },
  Ingress: {
    spec: {
      fields: {
        defaultBackend: { fields: { resource: ATOMIC } },
      },
    },
  },
  Role: { rules: ATOMIC },
  ClusterRole: {
    rules: ATOMIC,
    aggregationRule: { fields: { clusterRoleSelectors: ATOMIC } },
  },
  RoleBinding: BINDING,
  ClusterRoleBinding: BINDING,
  PodDisruptionBudget: {
    spec: { fields: { selector: LABEL_SELECTOR } },
    status: WITH_CONDITIONS,
  },
  StorageClass: {},
  ValidatingAdmissionPolicy: {
    spec: {
      fields: {
        matchConditions: keyed(['name']),
        variables: keyed(['name']),
        paramKind: ATOMIC,
        matchConstraints: {
          fields: { namespaceSelector: ATOMIC, objectSelector: ATOMIC },
        },
      },
    },
    status: WITH_CONDITIONS,
  },
  ValidatingAdmissionPolicyBinding: {
    spec: {
      fields: {
        validationActions: { set: true },
        paramRef: ATOMIC,
        matchResources: {
          fields: { namespaceSelector: ATOMIC, objectSelector: ATOMIC },
        },
      },
    },
  },
};

/** Returns the schema of a whole object. */
export function schemaOf(kind: string): Schema {
  return { fields: { metadata: METADATA, ...KINDS[kind] } };
}

export function fieldSchema(schema: Schema, field: string): Schema {
  return schema.fields && Object.hasOwn(schema.fields, field)
    ? schema.fields[field]
    : {};
}
