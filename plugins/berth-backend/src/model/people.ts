import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { Membership } from '@berth/plugin-berth-node';

export type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** A person of the catalog, with groups and roles in Berth. */
export interface Person {
  /** Entity ref, such as `user:default/alice`. */
  userRef: string;
  /** The `metadata.uid` of the user entity. It changes if the user is deleted and created again. */
  uid?: string;
  /** The `sub` of the person's tokens: `user:alice`, or `user:acme/alice` outside the default namespace. */
  username: string;
  /** Entity refs of all groups of the person, including ancestors, sorted. */
  groups: string[];
  /** The same groups, with the path of each membership. */
  memberships: Membership[];
  /** Whether `berth.admins` lists one of the `groups`. */
  admin: boolean;
  /** Whether `berth.auditors` lists one of the `groups`. */
  auditor: boolean;
}

/** Identifies callers. */
export interface PersonResolver {
  /**
   * Resolves a person in the catalog with the caller's own credentials.
   *
   * @param of - entity ref of the person, the caller by default
   * @throws NotAllowedError if the person has no user entity; any failure of the catalog is thrown
   */
  resolve(credentials: UserCredentials, of?: string): Promise<Person>;
}
