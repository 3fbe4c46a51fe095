import { decodeJwt } from 'jose';
import { Entry } from '../access/ClusterEntries';

/** The IDs of the tokens that a request creates, by which the activity log and the audit log of a cluster name them. */
export class TokenIds {
  /** Grows while the request is served. */
  readonly jtis: string[] = [];

  /** @returns the same entry */
  add(entry: Entry): Entry {
    const jti = jtiOf(entry.token);
    if (jti !== undefined && !this.jtis.includes(jti)) {
      this.jtis.push(jti);
    }
    return entry;
  }
}

function jtiOf(token: string): string | undefined {
  try {
    return decodeJwt(token).jti;
  } catch {
    return undefined;
  }
}
