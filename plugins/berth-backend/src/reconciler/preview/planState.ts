import { ActivityReader } from '../../audit/types';
import {
  ClusterConnector,
  ClusterRecord,
  ShareStore,
} from '../../model/clusters';
import { NamespaceStore } from '../../model/tenancy';
import { KubeClient } from '../../kube';
import { DeletionBreaker, WantedDeletions } from '../breaker/DeletionBreaker';
import { desired } from '../desired';
import { FormerClusters } from '../former/DatabaseFormerClusters';
import {
  classifyLeftover,
  ClassifiedLeftover,
} from '../leftovers/classifyLeftover';
import { IdentityStore } from '../identities/types';
import { listLeftovers } from '../leftovers/readLeftovers';
import { unwanted } from '../plan';
import { PodSecurityGate } from '../podSecurity/PodSecurityGate';
import { PullSecretGate } from '../pullSecrets/PullSecretGate';
import {
  DesiredSubject,
  Inventory,
  InventoryEntry,
  Tenants,
  TenantSource,
} from '../types';

/** The longest time to read a cluster, because a person waits. */
export const DEADLINE_MS = 30_000;

/** The sources of a plan. */
export interface PlanSources {
  shares: Pick<ShareStore, 'list'>;
  tenants: TenantSource;
  inventory: Pick<Inventory, 'list'>;
  formers: FormerClusters;
  namespaces: Pick<NamespaceStore, 'create' | 'get'>;
  activity: Pick<ActivityReader, 'list'>;
  breaker: DeletionBreaker;
  /** The breaker of objects that are left from before a restore. */
  leftoverBreaker: DeletionBreaker;
  podSecurity: PodSecurityGate;
  identities: Pick<IdentityStore, 'clustersOf' | 'confirm'>;
  pullSecrets: PullSecretGate;
  /** Connects to a cluster with the portal's own credential. */
  connect: ClusterConnector;
}

/** The objects that the portal wants on a cluster, and those that it made there. */
export interface PlanState {
  wanted: DesiredSubject[];
  tenants: Tenants;
  inventory: InventoryEntry[];
  deletions: WantedDeletions;
}

export async function readPlanState(
  sources: Pick<PlanSources, 'shares' | 'tenants' | 'inventory'>,
  cluster: ClusterRecord,
): Promise<PlanState> {
  const shares = await sources.shares.list(cluster.id);
  const tenants = await sources.tenants.read(cluster);
  const inventory = await sources.inventory.list(cluster.id);
  const wanted = desired(cluster, shares, tenants);
  return {
    wanted,
    tenants,
    inventory,
    deletions: {
      clusterId: cluster.id,
      unwanted: unwanted(wanted, inventory),
      inventory,
    },
  };
}

/** Reads the objects on a cluster that are left from before a restore. */
export async function leftoversOf(
  cluster: ClusterRecord,
  client: KubeClient,
  { wanted, inventory }: Pick<PlanState, 'wanted' | 'inventory'>,
  signal: AbortSignal,
): Promise<ClassifiedLeftover[]> {
  const candidates = await listLeftovers(
    client,
    {
      cluster,
      keys: [],
      wanted: wanted.flatMap(one => [one.namespace, ...one.objects]),
      inventory,
    },
    signal,
  );
  const namespaces = new Set(
    wanted
      .filter(({ cleanUp }) => !cleanUp)
      .map(({ namespace }) => namespace.metadata.name),
  );
  return candidates.flatMap(
    candidate => classifyLeftover(candidate, { cluster, namespaces }) ?? [],
  );
}

/** Returns the deletions of the leftovers that are certainly Berth's, as the reconciler counts them. */
export function leftoverDeletions(
  { id: clusterId }: ClusterRecord,
  inventory: InventoryEntry[],
  leftovers: ClassifiedLeftover[],
): WantedDeletions {
  const entries = leftovers
    .filter(({ reason }) => reason === undefined)
    .map(({ key, uid }) => ({ ...key, uid }));
  return {
    clusterId,
    unwanted: entries,
    inventory: [...inventory, ...entries],
  };
}
