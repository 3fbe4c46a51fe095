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

/** Decides which names namespaces may have. */
export interface NamespaceNameRules {
  /** Returns the result of all rules, for people who type a name. */
  checkAvailability(claim: NamespaceNameCheck): Promise<NamespaceAvailability>;
  /**
   * Checks every rule and asks the cluster.
   *
   * @returns `Free`, or `Unknown` if the cluster did not answer
   * @throws InputError if the name breaks a rule; ConflictError if the name is taken or reserved for a group;
   *   ServiceUnavailableError if the catalog does not answer
   */
  assertFree(claim: NamespaceNameCheck): Promise<NamespaceAvailability>;
  /** @throws ConflictError if the name is reserved for another group than the owner */
  assertMayOwn(name: string, owner: string | undefined): Promise<void>;
}
