import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ActivityLog } from '../audit/types';
import { isKubeError, KubeClient, redact } from '../kube';
import {
  ClusterConnector,
  ClusterRecord,
  ShareRecord,
  ShareStore,
} from '../model/clusters';
import {
  AnotherClusterError,
  assertSameCluster,
} from '../identity/assertSameCluster';
import { DeletionBreaker } from './breaker/DeletionBreaker';
import { currentInventory } from './currentInventory';
import { desired } from './desired';
import { FormerBindings } from './former/DatabaseFormerBindings';
import { FormerClusters } from './former/DatabaseFormerClusters';
import { settleFormerBindings } from './former/settleFormerBindings';
import { keyText } from './keys';
import { countSteps } from './metrics/countSteps';
import { ReconcilerMetrics } from './metrics/types';
import {
  recordFailedPass,
  trackedSubjects,
  recordResults,
} from './recordResults';
import { PodSecurityGate } from './podSecurity/PodSecurityGate';
import { PullSecretParts } from './pullSecrets/createPullSecretParts';
import { keysToObserve, plan, revocable, unwanted } from './plan';
import { PlanExecutor } from './PlanExecutor';
import { Revoker, RevokerRun } from './Revoker';
import { problemOf } from './problems';
import { replacedPolicies } from './replacedPolicies';
import { RevokedKeys, ClusterSession } from './ClusterSession';
import { SubjectProblems } from './SubjectProblems';
import {
  Inventory,
  InventoryEntry,
  Observer,
  OutcomeStore,
  Revocation,
  Tenants,
  TenantSource,
} from './types';

/**
 * Longer than an API server works on a request, and longer than our client waits for the answer. After this
 * time, every creation that any replica began has happened or never will.
 */
const DEFAULT_FORGET_MS = 65_000;

/** The interval at which to check whether held deletions may go ahead. */
const HOLD_CHECK_SECONDS = 60;

/** The interval at which to check whether role bindings of a deleted registration are gone. */
const FORMER_CHECK_SECONDS = 300;

export interface ClusterReconcilerOptions {
  shares: Pick<ShareStore, 'list'>;
  tenants: TenantSource;
  inventory: Inventory;
  outcomes: OutcomeStore;
  activity: Pick<ActivityLog, 'record'>;
  observer: Observer;
  formers: FormerClusters;
  formerBindings: FormerBindings;
  /** Connects to a cluster with the portal's own credential. */
  connect: ClusterConnector;
  breaker: DeletionBreaker;
  /** The breaker of objects that are left from before a restore. */
  leftoverBreaker: DeletionBreaker;
  podSecurity: PodSecurityGate;
  pullSecrets: PullSecretParts;
  metrics: ReconcilerMetrics;
  logger: LoggerService;
  /** The time during which an object that does not exist may still appear. */
  forgetMs?: number;
}

/** The desired state of a cluster in the portal. */
interface DesiredState {
  shares: ShareRecord[];
  tenants: Tenants;
}

/** The result of a pass. */
export interface PassResult {
  /** Whether another pass soon would change nothing. */
  settled: boolean;
  /** Whether anything differs from the desired state. */
  failed?: boolean;
  /** Seconds for which the API server asked to send no requests. */
  retryAfterSeconds?: number;
  /** Seconds after which to run again although the pass is settled, because something waits for its time. */
  requeueAfterSeconds?: number;
}

interface Round {
  problems: SubjectProblems;
  /** Whether every unwanted object is deleted, or held. */
  revoked: boolean;
  /** Seconds after which to run again, because something waits. */
  lookAfterSeconds?: number;
}

/** One pass, or one run of revocations. */
interface Run extends RevokerRun {
  client: KubeClient;
  signal: AbortSignal;
}

/**
 * Brings one cluster to its desired state in one pass: read the shares and the inventory, revoke, observe the
 * cluster, plan, apply, and record the result of each share. A pass knows nothing of earlier passes, so it
 * does not matter how those ended: each step names a desired state, creations fail if the object exists, and
 * deletions name a UID.
 */
export class ClusterReconciler {
  readonly #options: ClusterReconcilerOptions;
  readonly #revoker: Revoker;
  readonly #forgetMs: number;

  constructor(options: ClusterReconcilerOptions) {
    this.#options = options;
    this.#forgetMs = options.forgetMs ?? DEFAULT_FORGET_MS;
    this.#revoker = new Revoker(options);
  }

  /**
   * @throws the error of reading the shares, without which nothing is done; and the reason of the signal once
   *   it is aborted
   */
  async reconcile(
    cluster: ClusterRecord,
    session: ClusterSession,
    signal: AbortSignal,
  ): Promise<PassResult> {
    const { metrics } = this.#options;
    const began = performance.now();
    const revoked = session.beginPass();
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
      session.endPass(revoked);
    }
  }

  /**
   * Deletes objects that are no longer wanted, and does nothing else. It may run next to a pass, which then
   * does not create again what is revoked here.
   *
   * @throws as `reconcile`, and errors that concern the whole cluster; the pass handles those
   */
  async revoke(
    cluster: ClusterRecord,
    session: ClusterSession,
    signal: AbortSignal,
  ): Promise<void> {
    const { inventory } = this.#options;
    const { shares, tenants } = await this.#desiredState(cluster);
    const wanted = desired(cluster, shares, tenants);
    const before = await inventory.list(cluster.id);
    const ended = unwanted(wanted, before);
    if (ended.length === 0) {
      return;
    }
    const run = this.#run(cluster, session, new Set(), signal);
    await assertSameCluster(run.client, cluster, { signal });
    const waiting = new Set([
      ...(await this.#revoker.waiting(run, ended, before)),
      ...replacedPolicies(wanted, ended),
    ]);
    const due = ended.filter(entry => !waiting.has(keyText(entry)));
    // Once a creation that is under way finishes, the inventory lists the object by its UID.
    session.revoke(due);
    const unknown = due.filter(({ uid }) => uid === undefined);
    await Promise.all(
      unknown.map(entry => session.runExclusive(entry, async () => {})),
    );
    const after =
      unknown.length > 0 ? await inventory.list(cluster.id) : before;
    await this.#revoker.delete(run, except(revocable(wanted, after), waiting));
  }

  async #desiredState(cluster: ClusterRecord): Promise<DesiredState> {
    const [shares, tenants] = await Promise.all([
      this.#options.shares.list(cluster.id),
      this.#options.tenants.read(cluster),
    ]);
    return { shares, tenants };
  }

  async #pass(
    cluster: ClusterRecord,
    session: ClusterSession,
    revoked: RevokedKeys,
    signal: AbortSignal,
  ): Promise<PassResult & { reached: boolean }> {
    const { activity, logger, outcomes } = this.#options;
    const wanted = await this.#desiredState(cluster);
    const tracked = trackedSubjects(wanted.shares, wanted.tenants);
    const fencingToken = session.lease;
    const recordOptions = { cluster, fencingToken, outcomes, activity, logger };
    try {
      const run = this.#run(cluster, session, revoked, signal);
      await assertSameCluster(run.client, cluster, { signal });
      let round = await this.#round(run, wanted);
      if (round.problems.some(({ cause }) => cause === 'Conflict')) {
        // Someone else changed it first; their result decides.
        round = await this.#round(run, wanted);
      }
      await recordResults(tracked, round.problems, recordOptions);
      return {
        settled: round.revoked && !round.problems.some(one => one.transient),
        failed: !round.revoked || round.problems.some(() => true),
        requeueAfterSeconds: round.lookAfterSeconds,
        reached: true,
      };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AnotherClusterError) {
        // The watches report another cluster's objects.
        this.#options.observer.release(cluster.id);
      }
      logger.warn(
        `Cluster ${cluster.name} cannot be reconciled: ${redact(
          toError(error).message,
        )}`,
      );
      await recordFailedPass(tracked, problemOf(error), recordOptions);
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
    session: ClusterSession,
    revoked: RevokedKeys,
    signal: AbortSignal,
  ): Run {
    const { connect, inventory, metrics, pullSecrets } = this.#options;
    const client = connect(cluster);
    const executor = new PlanExecutor({
      session,
      revoked,
      client,
      inventory,
      pullSecrets,
      signal,
      writes: metrics.writesTo(cluster),
    });
    return { cluster, session, executor, client, signal };
  }

  async #round(run: Run, { shares, tenants }: DesiredState): Promise<Round> {
    const { cluster, executor, client, signal } = run;
    const wanted = desired(cluster, shares, tenants);
    const before = await this.#options.inventory.list(cluster.id);
    const unwantedBefore = unwanted(wanted, before);
    const waiting = await this.#revoker.waiting(run, unwantedBefore, before);
    const replaced = replacedPolicies(wanted, unwantedBefore);
    const notFirst = new Set([...waiting, ...replaced]);
    // Objects that are known by their UID can be deleted before the cluster is observed.
    const ended = except(revocable(wanted, before), notFirst);
    const first = await this.#revoker.delete(run, ended);

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
    const formers = await this.#options.formers.of(cluster);
    const gated = await this.#options.podSecurity.pass({
      fencingToken: run.session.lease,
      client,
      wanted,
      observed,
      inventory,
      signal,
    });
    const { lookAfterSeconds, ...state } =
      await this.#options.pullSecrets.gate.pass({
        cluster,
        client,
        wanted: gated.wanted,
        observed,
        inventory,
        signal,
      });
    const planned = plan({
      cluster,
      desired: state.wanted,
      observed: state.observed,
      inventory: state.inventory,
      formers: new Map(formers.map(({ id, name }) => [id, name])),
    });
    this.#options.metrics.planned(cluster, countSteps(planned, inventory));
    const revocations = except(planned.revocations, waiting);
    const isReplaced = ({ type, key }: Revocation) =>
      type === 'delete' && replaced.has(keyText(key));
    const { due, later } = this.#unknown(
      revocations.filter(one => !isReplaced(one)),
      run,
      inventory,
    );
    const second = await this.#revoker.delete(run, due);
    const leftovers = await this.#revoker.revokeLeftovers(run, {
      wanted,
      inventory,
      candidates: observed.leftovers ?? [],
    });
    const formerLeft = await settleFormerBindings(
      this.#options.formerBindings,
      { cluster, client, forgetMs: this.#forgetMs, inventory, signal },
    );
    const held = waiting.size > 0 || leftovers.held || gated.waiting;
    const lookAfter = held ? HOLD_CHECK_SECONDS : lookAfterSeconds;
    const problems = await executor.perform(
      planned.subjects,
      currentInventory(inventory, observed),
    );
    const third = await this.#deleteReplaced(
      run,
      revocations.filter(isReplaced),
      problems,
    );
    return {
      revoked: first && second && third && leftovers.revoked && later === 0,
      lookAfterSeconds: formerLeft
        ? Math.min(lookAfter ?? FORMER_CHECK_SECONDS, FORMER_CHECK_SECONDS)
        : lookAfter,
      problems,
    };
  }

  /**
   * Deletes the network policies that others replace, where all of the others are applied. Elsewhere the problem of the
   * subject decides when to try again.
   */
  async #deleteReplaced(
    run: Run,
    replaced: Revocation[],
    problems: SubjectProblems,
  ): Promise<boolean> {
    const open = run.executor.namespacesWithout('NetworkPolicy');
    const due = replaced.filter(({ key }) => !open.has(key.namespace));
    const deleted = await this.#revoker.delete(run, due);
    return (
      deleted && (due.length === replaced.length || problems.some(() => true))
    );
  }

  /** Returns the objects that may or may not exist and that can be handled now. */
  #unknown(
    revocations: Revocation[],
    { session }: Run,
    inventory: InventoryEntry[],
  ): { due: Revocation[]; later: number } {
    const unknown = new Set(
      inventory.filter(({ uid }) => uid === undefined).map(keyText),
    );
    const all = revocations.filter(({ key }) => unknown.has(keyText(key)));
    const due = all.filter(
      one =>
        (one.type === 'delete' && one.uid !== undefined) ||
        session.msSinceInvalidated(one.key) >= this.#forgetMs,
    );
    return { due, later: all.length - due.length };
  }
}

function except(
  revocations: Revocation[],
  waiting: ReadonlySet<string>,
): Revocation[] {
  return revocations.filter(({ key }) => !waiting.has(keyText(key)));
}
