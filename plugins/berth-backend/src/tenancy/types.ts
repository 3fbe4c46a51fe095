/** A catalog group and the Kubernetes group name that is its own for ever. */
export interface GroupName {
  /** Entity ref, lowercase. */
  groupRef: string;
  /** A DNS label; also the name of the group's home namespace on every cluster. */
  name: string;
}

/** A group that is to have a Kubernetes name. */
export interface GroupNameWish {
  /** Entity ref whose name part is spelled as the group's `metadata.name`. */
  groupRef: string;
  /** The name that an admin gave. */
  given?: string;
}

/** The table of catalog groups and their Kubernetes names. */
export interface GroupNames {
  /** Those of the groups that have a name. */
  find(groupRefs: string[]): Promise<GroupName[]>;
}
