import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ActivityLog } from '../activity/types';
import { isKubeError, KubeClient, redact } from '../kube';
import {
  ClusterConnector,
  ClusterRecord,
  ShareRecord,
  ShareStore,
} from '../registry/types';
import { DeletionBreaker } from './breaker/DeletionBreaker';
import { desired } from './desired';
import { keyText } from './keys';
import { countSteps } from './metrics/countSteps';
import { ReconcilerMetrics } from './metrics/types';
import { noteFailedPass, notedSubjects, noteOutcomes } from './noteOutcomes';
import { keysToObserve, plan, revocable, unwanted } from './plan';
import { PlanExecutor } from './PlanExecutor';
import { problemOf } from './problems';
import { Revoked, Session } from './Session';
import { SubjectProblems } from './SubjectProblems';
import {
  Inventory,
  InventoryEntry,
  Observer,
  Outcomes,
  Revocation,
  Tenants,
  TenantSource,
} from './types';

/**
 * Longer than an API server works on a request, and than our client waits for it. What was begun before,
 * by whomever, has come to be by then or never will.
 */
const DEFAULT_FORGET_MS = 65_000;

/** How often to see whether what is held back may be done. */
const HOLD_CHECK_SECONDS = 60;

export interface ClusterReconcilerOptions {
  shares: Pick<ShareStore, 'list'>;
  tenants: TenantSource;
  inventory: Inventory;
  outcomes: Outcomes;
  activity: Pick<ActivityLog, 'record'>;
  observer: Observer;
  /** Reaches a cluster with the portal's own credential. */
  connect: ClusterConnector;
  breaker: DeletionBreaker;
  metrics: ReconcilerMetrics;
  logger: LoggerService;
  /** How long an object that is not there may still come to be. */
  forgetMs?: number;
}

/** What the portal says of a cluster. */
interface Wishes {
  shares: ShareRecord[];
  tenants: Tenants;
}

/** How a pass ended. */
export interface PassResult {
  /** Whether there is nothing that another pass soon could mend. */
  settled: boolean;
  /** Whether something is not as it should be. */
  failed?: boolean;
  /** Seconds that the API server asked to be left alone. */
  retryAfterSeconds?: number;
  /** Seconds after which to look again even though it is settled, as something waits for its time. */
  lookAgainSeconds?: number;
}

interface Round {
  problems: SubjectProblems;
  /** Whether all that should be gone is gone, or is held back. */
  revoked: boolean;
  held: boolean;
}

/** One pass, or one run of revocations. */
interface Run {
  cluster: ClusterRecord;
  session: Session;
  executor: PlanExecutor;
  client: KubeClient;
  signal: AbortSignal;
}

/**
 * Makes one cluster as the portal says, in one pass: read the shares and the inventory, revoke, observe
 * the cluster, plan, act, and note what became of each share. The pass knows nothing of earlier ones, so
 * it does not matter how those ended: each step states what should be, creations fail where the object
 * exists, and deletions name a UID.
 */
export class ClusterReconciler {
  readonly #options: ClusterReconcilerOptions;

  constructor(options: ClusterReconcilerOptions) {
    this.#options = options;
  }

  /**
   * @throws what reading the shares throws: without them nothing is done; and the reason of the signal
   * once it is aborted
   */
  async reconcile(
    cluster: ClusterRecord,
    session: Session,
    signal: AbortSignal,
  ): Promise<PassResult> {
    const { metrics } = this.#options;
    const began = performance.now();
    const revoked = session.begin();
    try {
      const { reached, ...result } = await this.#pass(
        cluster,
        session,
        revoked,
        signal,
      );
      metrics.passed(cluster, {
        seconds: (performance.now() - began) / 1_000,
        settled: result.settled,
        reached,
      });
      return result;
    } finally {
      session.end(revoked);
    }
  }

  /**
   * Revokes what nobody wants any more, and does nothing else. It may run beside a pass, which then does
   * not bring back what is revoked here.
   *
   * @throws as `reconcile`, and what concerns the whole cluster; the pass deals with that
   */
  async revoke(
    cluster: ClusterRecord,
    session: Session,
    signal: AbortSignal,
  ): Promise<void> {
    const { inventory } = this.#options;
    const { shares, tenants } = await this.#wishes(cluster);
    const wanted = desired(cluster, shares, tenants);
    const before = await inventory.list(cluster.id);
    const ended = unwanted(wanted, before);
    if (ended.length === 0) {
      return;
    }
    const run = this.#run(cluster, session, new Set(), signal);
    if (await this.#isHeld(run, ended, before)) {
      return;
    }
    // What is being created in this moment is in the inventory by its UID once it is over.
    session.revoke(ended);
    const unknown = ended.filter(({ uid }) => uid === undefined);
    await Promise.all(
      unknown.map(entry => session.alone(entry, async () => {})),
    );
    const after =
      unknown.length > 0 ? await inventory.list(cluster.id) : before;
    await this.#delete(run, revocable(wanted, after));
  }

  async #wishes(cluster: ClusterRecord): Promise<Wishes> {
    const [shares, tenants] = await Promise.all([
      this.#options.shares.list(cluster.id),
      this.#options.tenants.read(cluster),
    ]);
    return { shares, tenants };
  }

  async #pass(
    cluster: ClusterRecord,
    session: Session,
    revoked: Revoked,
    signal: AbortSignal,
  ): Promise<PassResult & { reached: boolean }> {
    const { activity, logger, outcomes } = this.#options;
    const wishes = await this.#wishes(cluster);
    const noted = notedSubjects(wishes.shares, wishes.tenants);
    const fence = session.lease;
    const noting = { cluster, fence, outcomes, activity, logger };
    try {
      const run = this.#run(cluster, session, revoked, signal);
      let round = await this.#round(run, wishes);
      if (round.problems.some(({ cause }) => cause === 'Conflict')) {
        // Somebody was faster; what they left decides.
        round = await this.#round(run, wishes);
      }
      await noteOutcomes(noted, round.problems, noting);
      return {
        settled: round.revoked && !round.problems.some(one => one.passing),
        failed: !round.revoked || round.problems.some(() => true),
        lookAgainSeconds: round.held ? HOLD_CHECK_SECONDS : undefined,
        reached: true,
      };
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(
        `Cluster ${cluster.name} cannot be reconciled: ${redact(
          toError(error).message,
        )}`,
      );
      await noteFailedPass(noted, problemOf(error), noting);
      return {
        settled: false,
        failed: true,
        reached: false,
        retryAfterSeconds: isKubeError(error)
          ? error.retryAfterSeconds
          : undefined,
      };
    }
  }

  #run(
    cluster: ClusterRecord,
    session: Session,
    revoked: Revoked,
    signal: AbortSignal,
  ): Run {
    const { connect, inventory, metrics } = this.#options;
    const client = connect(cluster);
    const executor = new PlanExecutor({
      session,
      revoked,
      client,
      inventory,
      signal,
      writes: metrics.writesTo(cluster),
    });
    return { cluster, session, executor, client, signal };
  }

  async #round(run: Run, { shares, tenants }: Wishes): Promise<Round> {
    const { cluster, executor, client, signal } = run;
    const wanted = desired(cluster, shares, tenants);
    const before = await this.#options.inventory.list(cluster.id);
    const held = await this.#isHeld(run, unwanted(wanted, before), before);
    // At once, as what is known by its UID needs no look at the cluster.
    const ended = held ? [] : revocable(wanted, before);
    let revoked = held || (await this.#delete(run, ended));

    const inventory =
      ended.length > 0
        ? await this.#options.inventory.list(cluster.id)
        : before;
    const observed = await this.#options.observer.observe({
      cluster,
      client,
      keys: keysToObserve(wanted, inventory),
      wanted: wanted.flatMap(one => [one.namespace, ...one.objects]),
      inventory,
      signal,
    });
    const planned = plan({ cluster, desired: wanted, observed, inventory });
    this.#options.metrics.planned(cluster, countSteps(planned, inventory));
    if (!held) {
      const { due, later } = this.#unknown(planned.revocations, run, inventory);
      revoked = (await this.#delete(run, due)) && revoked && later === 0;
    }
    return {
      revoked,
      held,
      problems: await executor.perform(planned.subjects, inventory),
    };
  }

  /** Of what may or may not have been made, what can be dealt with now. */
  #unknown(
    revocations: Revocation[],
    { session }: Run,
    inventory: InventoryEntry[],
  ): { due: Revocation[]; later: number } {
    const { forgetMs = DEFAULT_FORGET_MS } = this.#options;
    const unknown = new Set(
      inventory.filter(({ uid }) => uid === undefined).map(keyText),
    );
    const all = revocations.filter(({ key }) => unknown.has(keyText(key)));
    const due = all.filter(
      ({ type, key }) =>
        type === 'delete' || session.certainFor(key) >= forgetMs,
    );
    return { due, later: all.length - due.length };
  }

  async #isHeld(
    { cluster, session }: Run,
    ended: InventoryEntry[],
    inventory: InventoryEntry[],
  ): Promise<boolean> {
    const { breaker, logger, metrics } = this.#options;
    const held = await breaker.hold(session.lease, {
      unwanted: ended,
      inventory,
    });
    metrics.held(cluster, held?.deletions ?? 0);
    if (held) {
      logger.warn(
        `Not yet removing ${held.deletions} of the ${held.of} objects that Berth made on cluster ${cluster.name}: in case shares or profiles were lost by mistake, this waits until ${held.until} or until an admin confirms it on the cluster's page`,
      );
    }
    return held !== undefined;
  }

  /** @returns whether all are gone; one that cannot be deleted holds up no other and no share */
  async #delete(
    { cluster, executor }: Run,
    revocations: Revocation[],
  ): Promise<boolean> {
    const failed = await executor.revoke(revocations);
    for (const { key, error } of failed) {
      this.#options.logger.warn(
        `${key.kind} ${key.namespace}/${
          key.name
        } cannot be removed from cluster ${cluster.name}: ${redact(
          toError(error).message,
        )}`,
      );
    }
    return failed.length === 0;
  }
}
