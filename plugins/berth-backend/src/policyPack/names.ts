/** The version of the pack. It is higher where an older Berth could not work with the objects. */
export const PACK_VERSION = '1';

/** The names of the pack's policies; each binding has the name of its policy. */
export const PACK_NAMES = {
  identity: 'identity.berth.dev',
  placement: 'placement.berth.dev',
  /** Since Kubernetes 1.36. */
  defaults: 'defaults.berth.dev',
} as const;

/**
 * The labels by which policies find namespaces. A policy treats a value that it does not know as the strictest, because
 * only the portal and the admins of the cluster write the labels.
 */
export const PACK_LABELS = {
  /** `enforced` */
  identity: 'berth.dev/identity',
  /** `set` for defaults, `enforced` for rules */
  placement: 'berth.dev/placement',
  /** `set` */
  storageClass: 'berth.dev/storage-class',
} as const;

/** The annotations of a namespace with the values of policies. */
export const PACK_ANNOTATIONS = {
  /** Decimal. Absent where the user is free but must not be 0. */
  runAsUser: 'berth.dev/run-as-user',
  /** Decimal. */
  runAsGroup: 'berth.dev/run-as-group',
  /** `200,300`; absent if there are none. */
  supplementalGroups: 'berth.dev/supplemental-groups',
  /** `pool=gpu,zone=a`; empty if any node will do. Without the annotation, `enforced` denies all pods. */
  nodeSelector: 'berth.dev/node-selector',
  /** `key=value:NoSchedule,other:NoExecute`; absent or empty if there are none. */
  tolerations: 'berth.dev/tolerations',
  /** The name of a storage class. */
  storageClassReplace: 'berth.dev/storage-class-replace',
  /** The name of the storage class that claims get in its place. */
  storageClassBy: 'berth.dev/storage-class-by',
  /** The Secrets with which pods pull their images: `berth-pull-harbor,berth-pull-quay`. */
  pullSecrets: 'berth.dev/pull-secrets',
} as const;

/** The label of the pack's objects with their version. */
export const PACK_VERSION_LABEL = 'berth.dev/pack-version';

/** The annotation of the pack's objects with a hash of their spec. */
export const PACK_HASH_ANNOTATION = 'berth.dev/pack-hash';
