import { ObjectAddress } from '@berth/plugin-berth-common';

/** Names a kind, such as `apps/deployments`. */
export function kindOf({
  group,
  plural,
}: Pick<ObjectAddress, 'group' | 'plural'>): string {
  return `${group}/${plural}`;
}

/** The kinds that run pods by a template. */
const WORKLOADS: ReadonlySet<string> = new Set([
  'apps/deployments',
  'apps/statefulsets',
  'apps/daemonsets',
  'apps/replicasets',
  'core/replicationcontrollers',
  'batch/jobs',
]);

/** The other kinds that have a log. */
const WITH_LOGS: ReadonlySet<string> = new Set(['core/pods', 'batch/cronjobs']);

const WITH_REVISIONS: ReadonlySet<string> = new Set([
  'apps/deployments',
  'apps/statefulsets',
  'apps/daemonsets',
]);

export const TABS = [
  'overview',
  'pods',
  'logs',
  'events',
  'revisions',
  'yaml',
] as const;

export type TabId = (typeof TABS)[number];

/** Returns the tabs of an object, in their order. */
export function tabsOf(address: ObjectAddress): TabId[] {
  const kind = kindOf(address);
  const runsPods = WORKLOADS.has(kind);
  const shown: Record<TabId, boolean> = {
    overview: true,
    pods: runsPods,
    logs: runsPods || WITH_LOGS.has(kind),
    events: true,
    revisions: WITH_REVISIONS.has(kind),
    yaml: true,
  };
  return TABS.filter(tab => shown[tab]);
}
