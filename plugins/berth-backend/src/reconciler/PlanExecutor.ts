import { isKubeError, KubeClient, KubeError, KubeObject } from '../kube';
import pLimit, { Limit } from 'p-limit';
import { ownLabels } from './desired';
import { includesAll } from './drift';
import { forEachBounded } from './forEachBounded';
import { appliedOnce, AccessPrerequisites } from './AccessPrerequisites';
import { InventoryWriter } from './InventoryWriter';
import { keyOf, keyText } from './keys';
import { KINDS } from './kinds';
import { Writes } from './metrics/types';
import { NamespaceSteps, stepsByNamespace } from './namespaceSteps';
import {
  profileFieldsText,
  withoutProfileFields,
  withPendingFields,
} from './profiles/profileFields';
import { PullSecretParts } from './pullSecrets/createPullSecretParts';
import { VERSION_ANNOTATION } from './pullSecrets/PullSecrets';
import { SubjectProblems } from './SubjectProblems';
import { concernsWholeCluster, problemOf } from './problems';
import { read } from './ReadingObserver';
import { RevokedKeys, ClusterSession } from './ClusterSession';
import {
  Action,
  Inventory,
  InventoryEntry,
  ObjectKey,
  ObjectKind,
  Revocation,
  SubjectPlan,
} from './types';

/** The number of calls to one API server at a time. */
const CONCURRENCY = 8;

/** More than the calls, because a namespace also waits for the inventory and for other writes to its objects. */
const NAMESPACES_AT_A_TIME = 64;

/** Revocations have separate calls, so that they never wait for a call that hangs. */
const REVOCATIONS_AT_A_TIME = 8;

export interface PlanExecutorOptions {
  session: ClusterSession;
  /** Objects that were revoked since the plan was made. */
  revoked: RevokedKeys;
  client: KubeClient;
  inventory: Inventory;
  pullSecrets: Pick<PullSecretParts, 'secrets' | 'versions'>;
  signal: AbortSignal;
  writes: Writes;
}

/**
 * Carries out a plan on one cluster: namespaces in parallel, the objects of one namespace one after the
 * other, in the order of `KINDS`.
 *
 * The inventory is written twice for each creation: before it without a UID, after it with the UID. So
 * whenever the process dies, the next pass knows every object that may exist.
 */
export class PlanExecutor {
  readonly #options: PlanExecutorOptions;
  readonly #inventoryWriter: InventoryWriter;
  readonly #calls: Limit = pLimit(CONCURRENCY);
  readonly #namespaceUids = new Map<string, string>();
  readonly #recordedUids = new Map<string, string>();
  /** The objects of the plan that are not as planned yet, by `keyText`. */
  readonly #unfinished = new Map<string, ObjectKey>();
  #clusterError?: { error: unknown };

  constructor(options: PlanExecutorOptions) {
    this.#options = options;
    this.#inventoryWriter = new InventoryWriter(
      options.inventory,
      options.session.lease,
    );
  }

  /**
   * @returns the objects that could not be revoked; one failure does not stop the others
   * @throws errors that concern the whole cluster
   */
  async revoke(
    revocations: Revocation[],
  ): Promise<{ key: ObjectKey; error: unknown }[]> {
    const failed: { key: ObjectKey; error: unknown }[] = [];
    this.#options.session.revoke(revocations.map(({ key }) => key));
    await forEachBounded(revocations, REVOCATIONS_AT_A_TIME, async one => {
      try {
        await this.#options.session.runExclusive(one.key, async () => {
          if (one.type === 'delete') {
            await this.#deleteOurs(one.key, one.uid);
          }
          if (one.key.kind === 'Secret') {
            await this.#forgetVersion(one.key);
          }
          await this.#inventoryWriter.isGone(one.key);
        });
      } catch (error) {
        if (concernsWholeCluster(error)) {
          throw error;
        }
        failed.push({ key: one.key, error });
      }
    });
    return failed;
  }

  /**
   * @param inventory - the current inventory when the plan was made
   * @returns the result of each subject, without subjects that lost an object to a revocation meanwhile
   * @throws errors that concern the whole cluster
   */
  async perform(
    plans: SubjectPlan[],
    inventory: InventoryEntry[],
  ): Promise<SubjectProblems> {
    const problems = new SubjectProblems();
    this.#unfinished.clear();
    for (const { subject, problem, actions, unplanned = [] } of plans) {
      for (const key of [...actions.map(keyOfAction), ...unplanned]) {
        this.#unfinished.set(keyText(key), key);
      }
      // A problem next to steps does not stop them.
      problems.set(subject, actions.length > 0 ? undefined : problem);
    }
    await this.#intend(plans, inventory);
    for (const entry of inventory) {
      this.#noteNamespace(entry, entry.uid);
      if (entry.uid !== undefined) {
        this.#recordedUids.set(keyText(entry), entry.uid);
      }
    }
    const applied = appliedOnce(inventory);
    await forEachBounded(stepsByNamespace(plans), NAMESPACES_AT_A_TIME, steps =>
      this.#performInNamespace(
        steps,
        problems,
        new AccessPrerequisites(applied),
      ),
    );
    for (const { subject, problem } of plans) {
      if (problem && problems.has(subject)) {
        problems.set(subject, problems.get(subject) ?? problem);
      }
    }
    return problems;
  }

  /** Returns the namespaces in which an object of a kind is not as the last plan wants it. */
  namespacesWithout(kind: ObjectKind): ReadonlySet<string> {
    return new Set(
      [...this.#unfinished.values()]
        .filter(key => key.kind === kind)
        .map(({ namespace }) => namespace),
    );
  }

  async #intend(plans: SubjectPlan[], inventory: InventoryEntry[]) {
    const known = new Set(inventory.map(keyText));
    const keys = plans
      .flatMap(({ actions }) => actions)
      .flatMap(action =>
        action.type === 'record' ? [] : [keyOf(action.object)],
      )
      .filter(key => !known.has(keyText(key)));
    if (keys.length > 0) {
      await this.#options.inventory.intend(this.#options.session.lease, keys);
    }
  }

  async #performInNamespace(
    { steps, subjects, unplanned }: NamespaceSteps,
    problems: SubjectProblems,
    prerequisites: AccessPrerequisites,
  ): Promise<void> {
    for (const { key, problem } of unplanned) {
      prerequisites.failed(key, problem);
    }
    for (const { action, subject } of steps) {
      const key = keyOfAction(action);
      const known = problems.get(subject);
      if (known) {
        prerequisites.failed(key, known);
        continue;
      }
      const waits = prerequisites.problemOf(action);
      if (waits) {
        problems.set(subject, waits);
        continue;
      }
      try {
        if (await this.#unlessRevoked(key, () => this.#perform(action))) {
          this.#unfinished.delete(keyText(key));
        } else {
          problems.forget(subject);
        }
      } catch (error) {
        if (concernsWholeCluster(error)) {
          this.#clusterError ??= { error };
          throw error;
        }
        const problem = problemOf(error, key);
        prerequisites.failed(key, problem);
        // Nothing can exist without its namespace.
        const struck = key.kind === 'Namespace' ? subjects : [subject];
        struck.forEach(one => problems.set(one, problem));
      }
    }
  }

  async #unlessRevoked(
    key: ObjectKey,
    work: () => Promise<void>,
  ): Promise<boolean> {
    const { session, revoked } = this.#options;
    return session.runExclusive(key, async () => {
      if (revoked.has(keyText(key))) {
        return false;
      }
      await work();
      return true;
    });
  }

  async #perform(action: Action): Promise<void> {
    switch (action.type) {
      case 'create':
        return this.#create(action.object);
      case 'apply':
        await (action.object.kind === 'Secret'
          ? this.#makeSecret(action.object)
          : this.#make('apply', withUid(action.object, action.uid)));
        return undefined;
      case 'recreate':
        await this.#delete(keyOf(action.object), action.uid);
        await this.#make('apply', action.object);
        return undefined;
      case 'record':
        this.#noteNamespace(action.key, action.uid);
        return this.#inventoryWriter.exists(action.key, action.uid);
      default:
        return action satisfies never;
    }
  }

  /**
   * Creates a namespace without the fields of its profile, and then applies them: fields of a creation would stay when
   * they leave the profile, because server-side apply is not their only manager.
   */
  async #create(object: KubeObject): Promise<void> {
    const bare = withoutProfileFields(object);
    if (!profileFieldsText(object)) {
      await this.#make('create', bare);
      return;
    }
    const { uid } = (await this.#make('create', withPendingFields(bare)))
      .metadata;
    await this.#make('apply', withUid(object, uid));
  }

  async #make(
    verb: 'create' | 'apply',
    object: KubeObject,
  ): Promise<KubeObject> {
    const { client } = this.#options;
    const key = keyOf(object);
    const { resource } = KINDS[key.kind];
    const made = await this.#write(verb, key, options =>
      this.#knowing(key, () => client[verb](resource, object, options)),
    );
    const { uid } = made.metadata;
    if (uid) {
      this.#noteNamespace(key, uid);
      if (this.#recordedUids.get(keyText(key)) !== uid) {
        await this.#inventoryWriter.exists(key, uid);
        this.#recordedUids.set(keyText(key), uid);
      }
    }
    return made;
  }

  /**
   * Writes a Secret with its content, which is nowhere else: neither in the plan nor in an error. Without a UID, because
   * Berth cannot read a Secret that was deleted and made again; its name is Berth's.
   */
  async #makeSecret(secret: KubeObject): Promise<void> {
    const { client, pullSecrets, session } = this.#options;
    const key = keyOf(secret);
    const filled = pullSecrets.secrets.filled(secret);
    const { uid } = await this.#write('apply', key, async options => {
      try {
        const { resource } = KINDS.Secret;
        return (
          await this.#knowing(key, () =>
            client.applyHidden(resource, filled, options),
          )
        ).metadata;
      } catch (error) {
        throw isKubeError(error, 'Invalid')
          ? new KubeError(
              'Invalid',
              `${error.message}. If the namespace ${key.namespace} has an immutable Secret of this name, or one of another type, delete that Secret; Berth tries again within an hour`,
              { status: error.status },
            )
          : error;
      }
    });
    const namespaceUid = this.#namespaceUids.get(key.namespace);
    if (uid && namespaceUid) {
      await this.#inventoryWriter.exists(key, uid);
      await pullSecrets.versions.record(session.lease, {
        namespace: key.namespace,
        name: key.name,
        namespaceUid,
        version: filled.metadata.annotations?.[VERSION_ANNOTATION] ?? '',
      });
    }
  }

  async #forgetVersion({ namespace, name }: ObjectKey): Promise<void> {
    const { pullSecrets, session } = this.#options;
    await pullSecrets.versions.forget(session.lease, { namespace, name });
  }

  #noteNamespace({ kind, name }: ObjectKey, uid: string | undefined): void {
    if (kind === 'Namespace' && uid !== undefined) {
      this.#namespaceUids.set(name, uid);
    }
  }

  /** Remembers that an object may still appear if there is no answer. */
  async #knowing<T>(key: ObjectKey, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!isKubeError(error) || error.status === undefined) {
        this.#options.session.invalidate(key);
      }
      throw error;
    }
  }

  /**
   * Deletes another object that has the name now if it has our labels: we wrote it and died before the
   * inventory had its UID. An object without our labels is not ours to delete. Of a Secret, the name decides, because
   * Berth cannot read it.
   */
  async #deleteOurs(key: ObjectKey, uid: string | undefined): Promise<void> {
    const { client, session, signal } = this.#options;
    if (key.kind === 'Secret' || uid === undefined) {
      await this.#delete(key, undefined, { first: true });
      return;
    }
    try {
      await this.#delete(key, uid, { first: true });
    } catch (error) {
      if (!isKubeError(error, 'Conflict')) {
        throw error;
      }
      const found = await read(client, key, signal);
      if (
        found?.metadata.uid &&
        includesAll(found.metadata.labels, ownLabels(session.lease.clusterId))
      ) {
        await this.#delete(key, found.metadata.uid, { first: true });
      }
    }
  }

  async #delete(
    { kind, name, namespace }: ObjectKey,
    uid: string | undefined,
    { first = false } = {},
  ): Promise<void> {
    const key = { kind, name, namespace };
    await this.#write(
      'delete',
      key,
      options =>
        this.#options.client.delete(
          KINDS[kind].resource,
          { name, namespace },
          { uid },
          options,
        ),
      { first },
    );
  }

  async #write<T>(
    verb: 'create' | 'apply' | 'delete',
    key: ObjectKey,
    call: (options: { signal: AbortSignal }) => Promise<T>,
    { first = false } = {},
  ): Promise<T> {
    const { session, signal, writes } = this.#options;
    const guarded = async () => {
      if (this.#clusterError) {
        throw this.#clusterError.error;
      }
      signal.throwIfAborted();
      session.lease.assertHeld();
      const result = await call({ signal });
      writes.wrote(verb, key.kind);
      return result;
    };
    return first ? guarded() : this.#calls(guarded);
  }
}

function keyOfAction(action: Action): ObjectKey {
  return action.type === 'record' ? action.key : keyOf(action.object);
}

function withUid(object: KubeObject, uid: string | undefined): KubeObject {
  return uid === undefined
    ? object
    : { ...object, metadata: { ...object.metadata, uid } };
}
