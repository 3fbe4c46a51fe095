import { Person } from '../model/people';

/** Whether a person reads everything in Berth, whatever groups it belongs to: platform admins and auditors. */
export function readsEverything(
  person: Pick<Person, 'admin' | 'auditor'>,
): boolean {
  return person.admin || person.auditor;
}

/**
 * The caller as a member of its groups only. Auditing gives nobody a token, and no place to ask for
 * a namespace, a quota or a role in.
 */
export function withoutAudit<T extends { person: Person }>(caller: T): T {
  return caller.person.auditor
    ? { ...caller, person: { ...caller.person, auditor: false } }
    : caller;
}
