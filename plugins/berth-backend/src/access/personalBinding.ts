import { hash } from 'node:crypto';
import { PersonalNamespaceRecord } from '../model/tenancy';
import { kubernetesUsername } from './username';

const PREFIX = 'berth:personal';
const HEX_DIGITS = 16;
const NAME = new RegExp(
  `^${PREFIX}:(admin|edit):([0-9a-f]{${HEX_DIGITS}}):[0-9a-f]{${HEX_DIGITS}}$`,
);

/**
 * Returns the name of the role binding of a person in a personal namespace. It differs from the names of groups'
 * bindings, because `personal` is no role. Each person has another one: the binding of a former owner is deleted, and
 * that of a new owner is new access, which waits for its prerequisites.
 */
export function personalBindingName({
  role,
  user,
  userUid,
}: Pick<PersonalNamespaceRecord, 'role' | 'user' | 'userUid'>): string {
  return `${PREFIX}:${role}:${userPartOf(user)}:${digest(userUid)}`;
}

/**
 * Returns the parts of the names of the bindings that a token of a user opens.
 *
 * @returns the 16 characters of the user, and after the colon the 16 of the UID
 */
export function personalBindingParts(
  user: string,
  userUid: string,
): { userPart: string; own: string } {
  return { userPart: userPartOf(user), own: digest(userUid) };
}

/** Reads the name of a binding, which shows the role and lets a username be compared. */
export function parsePersonalBindingName(
  name: string,
): { role: string; isOf(username: string): boolean } | undefined {
  const [, role, part] = NAME.exec(name) ?? [];
  return role === undefined
    ? undefined
    : { role, isOf: username => digest(username) === part };
}

/** The username, because it decides which bindings a token opens. */
function userPartOf(user: string): string {
  return digest(kubernetesUsername(user));
}

function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, HEX_DIGITS);
}
