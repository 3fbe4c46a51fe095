import type { Cluster } from './api/clusters';

/** ULIDs in lowercase. */
const TOKEN_PROVIDER = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

const NO_TOKEN = 'berth-no-token.';
const MAX_REASON = 300;

/**
 * Returns the name of a cluster's token provider in the upstream Kubernetes plugin: the cluster's id, in lowercase
 * because that plugin also builds header names from it.
 *
 * @public
 */
export function tokenProviderOf({ id }: Pick<Cluster, 'id'>): string {
  return id.toLowerCase();
}

/**
 * Returns whether a token provider of the upstream Kubernetes plugin is one of Berth's clusters.
 *
 * @public
 */
export function isTokenProvider(name: string): boolean {
  return TOKEN_PROVIDER.test(name);
}

/**
 * Returns the text that replaces a token that is not available. Without it, the upstream plugin shows nothing if the
 * token of a single cluster is missing. Every API server refuses the text, and it contains the reason.
 *
 * @param reason - for people
 * @public
 */
export function missingTokenText(reason: string): string {
  const text = reason.slice(0, MAX_REASON).replace(/\p{Surrogate}/gu, '\ufffd');
  return `${NO_TOKEN}${encodeURIComponent(text)}`;
}

/**
 * Returns the reason from the text that replaces a missing token; undefined for a token.
 *
 * @public
 */
export function missingTokenReason(token: string): string | undefined {
  if (!token.startsWith(NO_TOKEN)) {
    return undefined;
  }
  try {
    return decodeURIComponent(token.slice(NO_TOKEN.length));
  } catch {
    return '';
  }
}
