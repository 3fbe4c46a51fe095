import { IdentityValues } from '../profiles/types';

/** The IDs that the catalog has for an owner. */
export interface FoundIdentity {
  /** `metadata.uid` of the entity. */
  entityUid: string;
  values: IdentityValues;
}

/** What the catalog has for an owner: IDs, or why it has none. */
export type CatalogIdentity =
  | FoundIdentity
  | {
      problem: string;
      /** The IDs that cannot be used, if they can be read. */
      found?: FoundIdentity;
      /** Whether the catalog has no such entity. */
      gone?: boolean;
    };

/** The IDs of the owner of namespaces. */
export interface OwnerIdentity {
  /** Entity ref of a user or group. */
  owner: string;
  /** The IDs in use; undefined as long as the catalog had none that can be used. */
  used?: FoundIdentity;
  /** Other IDs that the catalog has now. They wait for an admin. */
  found?: FoundIdentity;
  /** Why the catalog's IDs cannot be used. */
  problem?: string;
  /** The time of the last change of the fields above. */
  since: string;
}

/** Reads the IDs of owners. */
export interface IdentitySource {
  /** The IDs by entity ref. Owners whose IDs are not known yet are left out. */
  of(owners: string[]): Promise<Map<string, OwnerIdentity>>;
}

/** Stores the IDs of owners. Two persons never have the same user ID. */
export interface IdentityStore {
  list(owners: string[]): Promise<OwnerIdentity[]>;
  /** The owners of the namespaces of clusters that Berth made, with their clusters. */
  ownersOn(clusterIds: string[]): Promise<Map<string, string[]>>;
  /** The persons who use user IDs, by ID. */
  ownersOfUserIds(userIds: number[]): Promise<Map<number, string>>;
  /** The ids of the clusters on which an owner has such namespaces. */
  clustersOf(owner: string): Promise<string[]>;
  /**
   * Stores what the catalog has for an owner.
   *
   * @returns whether anything changed
   */
  save(owner: string, catalog: CatalogIdentity): Promise<boolean>;
  /** The owners with IDs and without such a namespace. */
  withoutNamespace(): Promise<string[]>;
  /** Gives the IDs of an owner free, unless the owner has such a namespace. */
  remove(owner: string): Promise<void>;
  /**
   * Uses the IDs that wait, by the word of an admin.
   *
   * @param expected - the IDs that the admin saw, and the entity that had them
   * @returns false if other IDs wait, or none
   * @throws ConflictError if another person has the user ID
   */
  confirm(owner: string, expected: FoundIdentity, by: string): Promise<boolean>;
}
