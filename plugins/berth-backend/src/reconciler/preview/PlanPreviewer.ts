import { ServiceUnavailableError } from '@backstage/errors';
import { ClusterPlan } from '@berth/plugin-berth-common';
import { isKubeError } from '../../kube';
import {
  ClusterConnector,
  ClusterRecord,
  ShareStore,
} from '../../registry/types';
import { DeletionBreaker } from '../breaker/DeletionBreaker';
import { desired } from '../desired';
import { keyText } from '../keys';
import { keysToObserve, plan, unwanted } from '../plan';
import { ReadingObserver } from '../ReadingObserver';
import {
  DesiredSubject,
  Inventory,
  InventoryEntry,
  Subject,
  Tenants,
  TenantSource,
} from '../types';
import { foreignBindings } from './foreignBindings';
import { presentPlan } from './presentPlan';

/** How long reading a cluster may take, which somebody waits for. */
const DEADLINE_MS = 30_000;

export interface PlanPreviewerOptions {
  shares: Pick<ShareStore, 'list'>;
  tenants: TenantSource;
  inventory: Pick<Inventory, 'list'>;
  breaker: DeletionBreaker;
  /** Reaches a cluster with the portal's own credential. */
  connect: ClusterConnector;
}

/**
 * Says what a pass over a cluster would do now, by reading it afresh. It needs no lease, as it writes
 * nothing, so every replica can answer.
 */
export class PlanPreviewer {
  readonly #options: PlanPreviewerOptions;

  constructor(options: PlanPreviewerOptions) {
    this.#options = options;
  }

  /** @throws ServiceUnavailableError if the cluster cannot be read */
  async preview(cluster: ClusterRecord): Promise<ClusterPlan> {
    const { wanted, tenants, inventory, deletions } = await this.#state(
      cluster,
    );
    const held = await this.#options.breaker.peek(deletions);
    const client = this.#options.connect(cluster);
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      const observed = await new ReadingObserver().observe({
        cluster,
        client,
        keys: keysToObserve(wanted, inventory),
        wanted: [],
        inventory,
        signal,
      });
      const planned = plan({ cluster, desired: wanted, observed, inventory });
      const { items, problems } = presentPlan(
        planned,
        observed,
        held,
        subject => groupsOf(subject, tenants),
      );
      return {
        cluster: cluster.name,
        plannedAt: new Date().toISOString(),
        items,
        totalItems: items.length,
        problems,
        foreign: await foreignBindings(
          client,
          namespacesOf(wanted, inventory),
          new Set([
            ...inventory.map(keyText),
            ...keysToObserve(wanted, []).map(keyText),
          ]),
          signal,
        ),
        ...(held && { held }),
      };
    } catch (error) {
      if (isKubeError(error) || signal.aborted) {
        throw new ServiceUnavailableError(
          `Cluster ${
            cluster.name
          } cannot be read, so nobody can say what would be done: ${
            isKubeError(error) ? error.message : 'it takes too long'
          }`,
        );
      }
      throw error;
    }
  }

  /**
   * Lets deletions that are held back go ahead.
   *
   * @param held - which, as a preview named them
   * @throws ConflictError if these are not what is held now
   */
  async confirm(cluster: ClusterRecord, held: string): Promise<void> {
    const { deletions } = await this.#state(cluster);
    await this.#options.breaker.confirm(deletions, held);
  }

  async #state(cluster: ClusterRecord) {
    const shares = await this.#options.shares.list(cluster.id);
    const tenants = await this.#options.tenants.read(cluster);
    const inventory = await this.#options.inventory.list(cluster.id);
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
}

function namespacesOf(
  wanted: DesiredSubject[],
  inventory: InventoryEntry[],
): Set<string> {
  return new Set([
    ...wanted.map(({ namespace }) => namespace.metadata.name),
    ...inventory
      .filter(({ kind, uid }) => kind === 'Namespace' && uid !== undefined)
      .map(({ name }) => name),
  ]);
}

function groupsOf(subject: Subject, { grants }: Tenants): string[] {
  switch (subject.type) {
    case 'share':
      return [subject.group];
    case 'grant':
      return grants
        .filter(({ id }) => id === subject.id)
        .map(({ group }) => group);
    default:
      return [];
  }
}
