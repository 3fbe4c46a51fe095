import { NotFoundError } from '@backstage/errors';
import {
  berthHelmReadPermission,
  berthProxyReadPermission,
  HelmOperation,
  isHelmOperationLive,
} from '@berth/plugin-berth-common';
import { Caller } from '../../access/Callers';
import { ClusterAccess } from '../../access/ClusterAccess';
import { NamespaceAccess } from '../../access/NamespaceAccess';
import { withoutAudit } from '../../access/readsEverything';
import { heldNamespaces } from '../../resources/heldNamespaces';
import {
  isWaiting,
  OperationFilter,
  OperationRecord,
  OperationStore,
} from './types';

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

export interface OperationViewsOptions {
  access: Pick<ClusterAccess, 'list'>;
  namespaceAccess: Pick<NamespaceAccess, 'get' | 'list'>;
  store: Pick<OperationStore, 'get'>;
}

/** An operation that a person may see. */
export interface VisibleOperation {
  operation: OperationRecord;
  /** Whether the person started it. */
  mine: boolean;
  /** Whether the person may see the names of the objects that it changes. */
  detailed: boolean;
  /** Whether the person may see what helm printed: who started it, and still may read Secrets there. */
  output: boolean;
}

export function isOperationId(id: string): boolean {
  return ULID.test(id);
}

/** Decides who sees which operations: the person who started one, and those who may read releases of its namespace. */
export class OperationViews {
  readonly #options: OperationViewsOptions;

  constructor(options: OperationViewsOptions) {
    this.#options = options;
  }

  /** Returns the places whose operations a person may see. */
  async places(
    caller: Caller,
    clusters?: string[],
  ): Promise<OperationFilter['places']> {
    const { namespaceAccess } = this.#options;
    const [visible, held] = await Promise.all([
      this.#clusters(caller),
      heldNamespaces(namespaceAccess, caller, clusters),
    ]);
    return visible
      .filter(({ cluster }) => clusters?.includes(cluster.name) ?? true)
      .map(({ cluster: { id, name } }) => ({
        clusterId: id,
        ...(!caller.person.admin && { namespaces: held.get(name) ?? [] }),
      }));
  }

  /** @throws NotFoundError, the same for an unknown operation and one that the caller may not see */
  async find(caller: Caller, id: string): Promise<VisibleOperation> {
    const operation = isOperationId(id)
      ? await this.#options.store.get(id)
      : undefined;
    if (operation) {
      const mine = isStarter(caller, operation);
      const readsSecrets = await this.#mayReadSecrets(caller, operation);
      const detailed = mine || readsSecrets;
      if (detailed || (await this.#maySee(caller, operation))) {
        return { operation, mine, detailed, output: mine && readsSecrets };
      }
    }
    throw new NotFoundError(
      'There is no such operation, or you may not read the releases of its namespace',
    );
  }

  async #maySee(caller: Caller, operation: OperationRecord): Promise<boolean> {
    const places = await this.places(caller, [operation.cluster]);
    return places.some(
      ({ clusterId, namespaces }) =>
        clusterId === operation.clusterId &&
        (namespaces?.includes(operation.namespace) ?? true),
    );
  }

  /**
   * The role `view` of Kubernetes reads no Secrets, and so knows no names of them. The owner of a personal namespace has
   * another role.
   */
  async #mayReadSecrets(
    caller: Caller,
    operation: OperationRecord,
  ): Promise<boolean> {
    if (!(await this.#maySee(caller, operation))) {
      return false;
    }
    if (caller.person.admin) {
      return true;
    }
    const { cluster, namespace } = operation;
    const { grants, own } = await this.#options.namespaceAccess.get(
      withoutAudit(caller),
      cluster,
      namespace,
    );
    return (
      own === true ||
      grants.some(({ role, shared }) => shared && role !== 'view')
    );
  }

  #clusters(caller: Caller) {
    return this.#options.access.list(
      withoutAudit(caller),
      berthProxyReadPermission,
      berthHelmReadPermission,
    );
  }
}

export function isStarter(
  { person }: Caller,
  operation: Pick<OperationRecord, 'person' | 'personUid'>,
): boolean {
  return (
    person.userRef === operation.person && person.uid === operation.personUid
  );
}

/** Returns an operation as a page shows it. */
export function presentOperation(
  operation: OperationRecord,
  mine: boolean,
): HelmOperation {
  const { id, kind, cluster, namespace, release, baseRevision } = operation;
  const { targetRevision, revision, state, cancelledBy, message, advice } =
    operation;
  const { createdAt, startedAt, endedAt, chart, options } = operation;
  return {
    ...{ id, kind, cluster, namespace, release, baseRevision },
    ...{ targetRevision, revision, state, message, advice },
    ...(cancelledBy !== undefined &&
      isHelmOperationLive(state) && { cancelling: true }),
    ...(isWaiting(operation) && { waiting: true }),
    startedBy: operation.person,
    mine,
    ...{ createdAt, startedAt, endedAt, chart, options },
  };
}
