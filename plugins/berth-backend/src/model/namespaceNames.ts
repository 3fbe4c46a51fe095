import { NamespaceAvailability } from '@berth/plugin-berth-common';
import { ClusterRecord } from './clusters';

/** A name to check for a namespace. */
export interface NamespaceNameCheck {
  cluster: ClusterRecord;
  name: string;
  /** Entity ref of the group that would own the namespace. */
  owner?: string;
  /** Whether an admin takes over an existing namespace of the cluster. */
  adopt?: boolean;
  /** The field of the name in the request, for errors. `name` by default. */
  field?: string;
}

/** What is known of a name that no rule is against. */
export type ClusterAnswer = Pick<NamespaceAvailability, 'state' | 'message'>;

/** Decides which names namespaces may have. */
export interface NamespaceNameRules {
  /** Returns the result of all rules, for people who type a name. */
  checkAvailability(claim: NamespaceNameCheck): Promise<NamespaceAvailability>;
  /**
   * Returns the name that a new namespace gets: with the namespace prefix of the cluster. One that is taken over keeps
   * its name.
   *
   * @throws InputError if the name is too long with the prefix
   */
  nameFor(claim: NamespaceNameCheck): string;
  /**
   * Checks every rule and asks the cluster.
   *
   * @returns `Free`, or `Unknown` if the cluster did not answer
   * @throws InputError if the name breaks a rule; ConflictError if the name is taken or reserved for a group;
   *   ServiceUnavailableError if the catalog does not answer
   */
  assertFree(claim: NamespaceNameCheck): Promise<ClusterAnswer>;
  /** @throws ConflictError if the name is reserved for another group than the owner */
  assertMayOwn(
    cluster: Pick<ClusterRecord, 'namespacePrefix'>,
    name: string,
    owner: string | undefined,
  ): Promise<void>;
}
