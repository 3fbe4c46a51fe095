import { GrantRecord } from './tenancy';

/** Returns the token group that an expiring grant is bound to. Tokens contain it only until the grant expires. */
export function grantGroup(grant: Pick<GrantRecord, 'id'>): string {
  return `grant:${grant.id}`;
}
