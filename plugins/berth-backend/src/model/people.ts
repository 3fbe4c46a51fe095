import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { Membership } from '@berth/plugin-berth-node';

export type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** What a person is to Berth, as the catalog says now. */
export interface Person {
  /** Entity ref, such as `user:default/alice`. */
  userRef: string;
  /** The `metadata.uid` of the user entity: another one after the user was deleted and created again. */
  uid?: string;
  /** The `sub` of the person's tokens: `user:alice`, or `user:acme/alice` outside the default namespace. */
  username: string;
  /** Entity refs of all groups of the person, ancestors included, sorted. */
  groups: string[];
  /** The same groups, with the path by which the person is a member of each. */
  memberships: Membership[];
  /** Whether one of `groups` is under `berth.admins`. */
  admin: boolean;
  /** Whether one of `groups` is under `berth.auditors`. */
  auditor: boolean;
}

/** Finds out who a caller is. */
export interface PersonResolver {
  /**
   * Asks the catalog with the caller's own credentials.
   *
   * @param of - entity ref of the person, the caller by default
   * @throws NotAllowedError if the person has no user entity; any failure of the catalog is thrown
   */
  resolve(credentials: UserCredentials, of?: string): Promise<Person>;
}
