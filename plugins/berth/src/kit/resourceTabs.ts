/** The tabs of the page *Resources*, in their order. */
export const RESOURCE_TABS = [
  'workloads',
  'services',
  'storage',
  'config',
  'custom',
  'nodes',
] as const;

export type ResourceTab = (typeof RESOURCE_TABS)[number];

/** The kinds of each tab; the first one is shown first. */
export const KINDS = {
  workloads: [
    'apps/deployments',
    'apps/statefulsets',
    'apps/daemonsets',
    'apps/replicasets',
    'batch/jobs',
    'batch/cronjobs',
    'core/pods',
  ],
  services: [
    'core/services',
    'networking.k8s.io/ingresses',
    'gateway.networking.k8s.io/httproutes',
  ],
  storage: [
    'core/persistentvolumeclaims',
    'core/persistentvolumes',
    'storage.k8s.io/storageclasses',
  ],
  config: ['core/configmaps', 'core/secrets'],
  custom: [],
  nodes: ['core/nodes'],
} as const satisfies Record<ResourceTab, readonly string[]>;

/**
 * Returns the tab that lists a kind.
 *
 * @param kind - such as `apps/deployments`
 */
export function tabOfKind(kind: string): ResourceTab {
  const kinds: Record<ResourceTab, readonly string[]> = KINDS;
  return RESOURCE_TABS.find(tab => kinds[tab].includes(kind)) ?? 'custom';
}
