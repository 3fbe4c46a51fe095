import { GrantRecord, NamespaceRecord, QuotaRecord, Tenants } from '../backend';

export interface TenantsSpec {
  clusterId: string;
  namespaces: number;
  /** Grants in each namespace. With the namespace, its quota and the limits, these are three more objects. */
  grants: number;
  /** The groups that own the namespaces and have the grants, in turn; `groups` by default. */
  holders?: BenchGroup[];
  /** The prefix of the names of the namespaces. */
  prefix?: string;
  /** `Ready`: as if Berth had created everything long ago. */
  state: 'Pending' | 'Ready';
}

const ROLES = ['admin', 'edit', 'view'] as const;
const THEN = '2026-01-01T00:00:00.000Z';

export interface BenchGroup {
  group: string;
  kubernetesName: string;
}

/** The groups that have the grants. */
export const groups = makeGroups(20);

/** Creates groups as in a catalog, each with its own name on clusters. */
export function makeGroups(count: number): BenchGroup[] {
  return Array.from({ length: count }, (_, index) => ({
    group: `group:default/bench-${index}`,
    kubernetesName: `bench-${index}`,
  }));
}

/** Creates namespaces with grants and quotas, as in a large portal. */
export function makeTenants(spec: TenantsSpec): Tenants {
  const { clusterId, prefix = 'bench', state, holders = groups } = spec;
  const names = Array.from(
    { length: spec.namespaces },
    (_, index) => `${prefix}-ns-${index}`,
  );
  return {
    namespaces: names.map(
      (name, index): NamespaceRecord => ({
        clusterId,
        name,
        owner: holders[index % holders.length].group,
        origin: 'request',
        phase: state === 'Ready' ? 'Active' : 'Pending',
        createdAt: THEN,
        state,
        since: THEN,
      }),
    ),
    grants: names.flatMap((namespace, index) =>
      Array.from(
        { length: spec.grants },
        (_, grant): GrantRecord => ({
          id: grantId(clusterId, prefix, index, grant),
          clusterId,
          namespace,
          ...holders[(index + grant) % holders.length],
          role: ROLES[grant % ROLES.length],
          source: 'grant',
          createdAt: THEN,
          state,
          since: THEN,
        }),
      ),
    ),
    quotas: names.map(
      (namespace): QuotaRecord => ({
        clusterId,
        namespace,
        hard: {
          pods: '50',
          'requests.cpu': '8',
          'requests.memory': '16Gi',
          'limits.memory': '32Gi',
        },
        limits: [
          {
            type: 'Container',
            default: { memory: '512Mi' },
            defaultRequest: { cpu: '100m', memory: '256Mi' },
          },
        ],
        priorityClasses: [],
        state,
        since: THEN,
      }),
    ),
  };
}

/** Returns an id of 26 characters, different for every grant. */
function grantId(
  clusterId: string,
  prefix: string,
  index: number,
  grant: number,
): string {
  const own = `${prefix.slice(0, 1)}${index.toString(36)}x${grant}`;
  return `${clusterId.slice(-17).toLowerCase()}${own.padStart(9, '0')}`;
}
