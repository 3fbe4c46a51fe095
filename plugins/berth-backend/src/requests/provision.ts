import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotFoundError,
  toError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { RequestState, SizeClass } from '@berth/plugin-berth-common';
import { ActivityLog } from '../audit/types';
import { redact } from '../kube';
import { findCatalogGroups } from '../catalog/catalogGroups';
import { ClusterChanges, ClusterStore, ShareStore } from '../model/clusters';
import { isSameGroup } from '../model/groupIdentity';
import { checkQuota } from '../validation/parseBounds';
import {
  applyRequest,
  changedSince,
  Prepared,
  Provisioned,
  settle,
  takeBack,
} from './apply';
import { NewStep, RequestRecord, SYSTEM } from './model';
import { RequestNotifier } from './notifier';
import { RequestDatabase } from './store';

export interface ProvisionerOptions {
  activity: Pick<ActivityLog, 'record'>;
  auth: AuthService;
  catalog: CatalogService;
  changes: Pick<ClusterChanges, 'recorded'>;
  clusters: Pick<ClusterStore, 'getById'>;
  database: RequestDatabase;
  logger: LoggerService;
  notifier: RequestNotifier;
  /** Called when open pages can be out of date. */
  onChange: () => void;
  shares: Pick<ShareStore, 'list'>;
  sizeClasses: SizeClass[];
  /** How long a request may stay `Provisioning`. */
  timeoutMs: number;
  now?: () => Date;
}

const WAITING: RequestState[] = ['AutoApproved', 'Approved', 'Provisioning'];

/**
 * Provisions approved requests, and records the result.
 *
 * The step to `Provisioning` and its writes to the tenancy are one transaction. So they happen once, on one of the
 * replicas, and a backend that is killed before or after continues from there. The first replica to look takes each
 * later step.
 */
export class Provisioner {
  readonly #options: ProvisionerOptions;

  constructor(options: ProvisionerOptions) {
    this.#options = options;
  }

  /** Advances all approved requests as far as possible. */
  async sweep(signal?: AbortSignal): Promise<void> {
    const { database } = this.#options;
    for (const id of await database.requests.inStates(WAITING)) {
      if (signal?.aborted) {
        return;
      }
      const request = await database.requests.get(id);
      if (request) {
        await this.advance(request);
      }
    }
  }

  /**
   * Advances a request as far as possible. A failure is logged and retried with the next sweep.
   *
   * @returns the request after the last step
   */
  async advance(request: RequestRecord): Promise<RequestRecord> {
    try {
      let current = request;
      if (['AutoApproved', 'Approved'].includes(current.state)) {
        current = await this.#provision(current);
      }
      return current.state === 'Provisioning'
        ? await this.#settle(current)
        : current;
    } catch (error) {
      this.#options.logger.warn(
        `The request ${request.id} waits: ${redact(toError(error).message)}`,
      );
      return this.#reread(request);
    }
  }

  /**
   * Compares what was written for a failed request with the current state.
   *
   * @returns whether anything was written and still exists
   * @throws ConflictError if it was changed since, because a retry must not undo that
   */
  async stands(request: RequestRecord): Promise<boolean> {
    if (request.applied?.namespaceCreatedAt === undefined) {
      return false;
    }
    const changed = changedSince(request, await this.#provisioned(request));
    if (changed !== undefined) {
      throw new ConflictError(`${changed}; make a new request`);
    }
    return true;
  }

  /** Takes an approved request to `Provisioning`, or to `Failed` if it cannot be provisioned any more. */
  async #provision(request: RequestRecord): Promise<RequestRecord> {
    const { changes, database } = this.#options;
    const step: NewStep = { state: 'Provisioning', by: SYSTEM };
    try {
      const prepared = await this.#prepare(request);
      const done = await database.transaction(async stores => {
        const { requests, tenancy } = stores;
        // First, so that only one of two replicas continues.
        const taken = await requests.step(request, [step]);
        if (!taken) {
          return undefined;
        }
        // Before the tenancy, because the reconciler takes the locks in this order.
        await stores.recordChange(request.clusterId);
        const applied = await applyRequest(tenancy, request, prepared);
        return requests.step(taken, [], { applied });
      });
      if (done) {
        changes.recorded(done.clusterId);
        this.#options.onChange();
      }
      return done ?? this.#reread(request);
    } catch (error) {
      if (!isFinal(error) && !this.#isOverdue(request)) {
        throw error;
      }
      const reason = redact(toError(error).message);
      return this.#end(request, [
        step,
        { state: 'Failed', by: SYSTEM, reason },
      ]);
    }
  }

  /** @throws InputError, NotFoundError or ConflictError if the request cannot be provisioned any more */
  async #prepare({
    spec,
    bounds,
    clusterId,
    groupUid,
  }: RequestRecord): Promise<Prepared> {
    const { auth, catalog, clusters, shares, sizeClasses } = this.#options;
    if (!(await clusters.getById(clusterId))) {
      throw new NotFoundError(
        `The cluster ${spec.cluster} was deleted from the portal`,
      );
    }
    const prepared: Prepared = {};
    if (spec.kind !== 'grant') {
      prepared.bounds = checkQuota(spec.quota, sizeClasses, 'quota.hard');
      if (JSON.stringify(prepared.bounds) !== JSON.stringify(bounds)) {
        throw new ConflictError(
          `The size class ${spec.quota.sizeClass} has changed since this was requested; make a new request`,
        );
      }
    }
    if (spec.kind !== 'quota') {
      if (
        spec.expiresAt !== undefined &&
        new Date(spec.expiresAt) <= this.#now()
      ) {
        throw new ConflictError(
          `The requested end time ${spec.expiresAt} has passed`,
        );
      }
      const shared = await shares.list(clusterId);
      if (!shared.some(({ group }) => group === spec.group)) {
        throw new ConflictError(
          `${spec.cluster} is not shared with ${spec.group} any more`,
        );
      }
      const credentials = await auth.getOwnServiceCredentials();
      [prepared.group] = await findCatalogGroups(
        catalog,
        [spec.group],
        credentials,
      );
      if (!isSameGroup(groupUid, prepared.group.uid)) {
        throw new ConflictError(
          `${spec.group} was deleted and created again in the catalog since this was requested; make a new request`,
        );
      }
    }
    return prepared;
  }

  async #settle(request: RequestRecord): Promise<RequestRecord> {
    const { timeoutMs } = this.#options;
    const settled = settle(request, await this.#provisioned(request), {
      now: this.#now(),
      timeoutMs,
    });
    if (settled.state === 'Provisioning') {
      return request;
    }
    const failed = settled.state === 'Failed';
    return this.#end(
      request,
      [
        {
          state: settled.state,
          by: SYSTEM,
          ...(failed && { reason: redact(settled.reason) }),
        },
      ],
      failed && settled.undo === true,
    );
  }

  async #provisioned({ spec, clusterId }: RequestRecord): Promise<Provisioned> {
    const { clusters, database } = this.#options;
    const { namespaces, grants, quotas } = database.tenancy;
    const key = { clusterId, name: spec.namespace };
    const [cluster, namespace, held, [quota]] = await Promise.all([
      clusters.getById(clusterId),
      namespaces.get(key),
      grants.list(key),
      quotas.list(key),
    ]);
    return { cluster: cluster !== undefined, namespace, grants: held, quota };
  }

  /** @param undo - whether to remove what was written into the tenancy */
  async #end(
    request: RequestRecord,
    steps: NewStep[],
    undo = false,
  ): Promise<RequestRecord> {
    const { changes, database, notifier, onChange } = this.#options;
    const { clusterId } = request;
    const done = await database.transaction(async stores => {
      const { requests, tenancy } = stores;
      const ended = await requests.step(
        request,
        steps,
        undo ? { applied: { at: this.#now().toISOString() } } : {},
      );
      if (ended && undo) {
        await stores.recordChange(clusterId);
        await takeBack(tenancy, request);
      }
      return ended;
    });
    if (!done) {
      return this.#reread(request);
    }
    if (undo) {
      changes.recorded(clusterId);
    }
    await this.#record(done);
    notifier.decided(done);
    onChange();
    return done;
  }

  async #record({ id, spec, clusterId, decider, state, steps }: RequestRecord) {
    const { activity, logger } = this.#options;
    const { reason } = steps[steps.length - 1];
    const groups = [
      ...(decider === undefined ? [] : [decider]),
      ...(spec.kind === 'quota' ? [] : [spec.group]),
    ];
    try {
      await activity.record({
        actor: SYSTEM,
        event: 'request-provision',
        clusterId,
        cluster: spec.cluster,
        namespace: spec.namespace,
        groups: [...new Set(groups)],
        outcome: state === 'Failed' ? 'Failed' : 'Succeeded',
        ...(state === 'Failed' && { error: reason }),
        meta: { request: id, kind: spec.kind },
      });
    } catch (error) {
      logger.warn(
        `The result of the request ${id} could not be written to the activity log: ${
          toError(error).message
        }`,
      );
    }
  }

  async #reread(request: RequestRecord): Promise<RequestRecord> {
    const found = await this.#options.database.requests.get(request.id);
    return found ?? request;
  }

  #isOverdue({ updatedAt }: RequestRecord): boolean {
    const age = this.#now().getTime() - new Date(updatedAt).getTime();
    return age >= this.#options.timeoutMs;
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}

/** Returns whether another attempt would fail, too. */
function isFinal(error: unknown): boolean {
  return (
    error instanceof ConflictError ||
    error instanceof InputError ||
    error instanceof NotFoundError
  );
}
