import { Person } from '../model/people';

/** Returns whether a person reads everything in Berth, for any groups: platform admins and auditors. */
export function readsEverything(
  person: Pick<Person, 'admin' | 'auditor'>,
): boolean {
  return person.admin || person.auditor;
}

/**
 * Returns the caller without the auditor role. Auditing gives no token, and no place in which to request a
 * namespace, a quota or a role.
 */
export function withoutAudit<T extends { person: Person }>(caller: T): T {
  return caller.person.auditor
    ? { ...caller, person: { ...caller.person, auditor: false } }
    : caller;
}
