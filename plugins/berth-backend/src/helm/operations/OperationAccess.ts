import { AuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  berthClusterReadPermission,
  berthHelmReadPermission,
  berthHelmWritePermission,
  berthNamespaceReadPermission,
  berthProxyReadPermission,
  berthProxyWritePermission,
} from '@berth/plugin-berth-common';
import { Caller } from '../../access/Callers';
import { CatalogPersonResolver } from '../../access/CatalogPersonResolver';
import {
  ClusterEntries,
  Entry,
  EntryPermission,
} from '../../access/ClusterEntries';
import { NamespaceAccess } from '../../access/NamespaceAccess';
import { Authorizer } from '../../access/permissions/Authorizer';
import {
  askPolicy,
  readDecisions,
  writeDecisions,
} from '../../access/permissions/recordedDecisions';
import { withoutAudit } from '../../access/readsEverything';
import { NewOperation } from './types';

/** The permissions that a running operation uses. */
const RECORDED_PERMISSIONS = [
  berthClusterReadPermission,
  berthProxyReadPermission,
  berthProxyWritePermission,
  berthHelmReadPermission,
  berthHelmWritePermission,
  berthNamespaceReadPermission,
];

export interface OperationAccessOptions {
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  authorizer: Pick<Authorizer, 'ask' | 'prepare' | 'recordedCredentials'>;
  entries: Pick<ClusterEntries, 'enter'>;
  namespaceAccess: Pick<NamespaceAccess, 'get'>;
  /** Reads people in the catalog as it is now. */
  people: Pick<CatalogPersonResolver, 'read'>;
}

/** The person of an operation, as the database keeps it. */
export type OperationPerson = Pick<
  NewOperation,
  'person' | 'personUid' | 'policy'
>;

type Place = Pick<NewOperation, 'cluster' | 'namespace'>;

/**
 * Lets people change releases: those who hold a role in the namespace, and platform admins. Their groups, the shares
 * and the grants are asked again each time, also for a person whose browser is closed while an operation runs.
 */
export class OperationAccess {
  readonly #options: OperationAccessOptions;

  constructor(options: OperationAccessOptions) {
    this.#options = options;
  }

  /**
   * @throws the errors of `ClusterEntries.enter`; NotFoundError for a namespace in which none of the caller's groups
   *   holds a role
   */
  async enter(
    caller: Caller,
    { cluster, namespace }: Place,
    permission: Extract<
      EntryPermission,
      'helmRead' | 'helmReveal' | 'helmWrite'
    > = 'helmWrite',
  ): Promise<Entry> {
    const { entries, namespaceAccess } = this.#options;
    const entry = await entries.enter(caller, cluster, permission);
    if (!caller.person.admin) {
      await namespaceAccess.get(withoutAudit(caller), cluster, namespace);
    }
    return entry;
  }

  /**
   * Records the caller for an operation.
   *
   * @throws NotAllowedError if the caller cannot be recognised later
   */
  async record({ credentials, person }: Caller): Promise<OperationPerson> {
    if (person.uid === undefined) {
      throw new NotAllowedError(
        `The entity ${person.userRef} has no metadata.uid, so Berth cannot recognise it later`,
      );
    }
    return {
      person: person.userRef,
      personUid: person.uid,
      policy: writeDecisions(
        await askPolicy(
          this.#options.authorizer,
          credentials,
          RECORDED_PERMISSIONS,
        ),
      ),
    };
  }

  /**
   * Enters the cluster of an operation as the person who started it.
   *
   * @throws the errors of `enter`; NotAllowedError if the person, or the cluster, is another one now
   */
  async enterFor(
    operation: OperationPerson & Place & Pick<NewOperation, 'clusterId'>,
  ): Promise<Entry> {
    const { auth, authorizer, people } = this.#options;
    const person = await people.read(
      operation.person,
      await auth.getOwnServiceCredentials(),
    );
    if (person.uid !== operation.personUid) {
      throw new NotAllowedError(
        `${operation.person} was deleted from the catalog and created again`,
      );
    }
    const credentials = authorizer.recordedCredentials(
      operation.person,
      readDecisions(operation.policy),
    );
    const entry = await this.enter({ credentials, person }, operation);
    if (entry.cluster.id !== operation.clusterId) {
      throw new NotAllowedError(
        `${operation.cluster} is another cluster now than the one of this operation`,
      );
    }
    return entry;
  }
}
