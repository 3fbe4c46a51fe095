import { NamespaceAvailability } from '@berth/plugin-berth-common';
import { ClusterRecord } from './clusters';

/** A name that a namespace is to have. */
export interface NamespaceNameCheck {
  cluster: ClusterRecord;
  name: string;
  /** Entity ref of the group that is to own the namespace. */
  owner?: string;
  /** An admin takes over what the cluster has already. */
  adopt?: boolean;
  /** What the name is called in the request, for errors; `name` by default. */
  field?: string;
}

/** Decides which names namespaces may have. */
export interface NamespaceNameRules {
  /** The result of all rules, for people who type a name. */
  checkAvailability(claim: NamespaceNameCheck): Promise<NamespaceAvailability>;
  /**
   * Checks every rule, and asks the cluster.
   *
   * @returns `Free`, or `Unknown` where the cluster did not answer
   * @throws InputError if a rule is against the name; ConflictError if the name is taken or kept for a group;
   *   ServiceUnavailableError if the catalog does not answer
   */
  assertFree(claim: NamespaceNameCheck): Promise<NamespaceAvailability>;
  /** @throws ConflictError if the name is kept for another group than the owner */
  assertMayOwn(name: string, owner: string | undefined): Promise<void>;
}
