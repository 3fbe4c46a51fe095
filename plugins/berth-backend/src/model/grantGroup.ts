import { GrantRecord } from './tenancy';

/** The token group that an expiring grant is bound to: it is in tokens only while the grant holds. */
export function grantGroup(grant: Pick<GrantRecord, 'id'>): string {
  return `grant:${grant.id}`;
}
