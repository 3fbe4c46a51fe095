import type { Cluster } from './api/clusters';

/** ULIDs in lowercase. */
const TOKEN_PROVIDER = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

const NO_TOKEN = 'berth-no-token.';
const MAX_REASON = 300;

/**
 * What the upstream Kubernetes plugin calls the source of a cluster's tokens: the cluster's id, in
 * lowercase because that plugin also makes header names of it.
 *
 * @public
 */
export function tokenProviderOf({ id }: Pick<Cluster, 'id'>): string {
  return id.toLowerCase();
}

/**
 * Whether a token provider of the upstream Kubernetes plugin is one of Berth's clusters.
 *
 * @public
 */
export function isTokenProvider(name: string): boolean {
  return TOKEN_PROVIDER.test(name);
}

/**
 * The text in place of a token that is not available. The upstream plugin shows nothing if the token of a single
 * cluster is missing. Every API server refuses this text, and it contains the reason.
 *
 * @param reason - for people
 * @public
 */
export function missingTokenText(reason: string): string {
  const text = reason.slice(0, MAX_REASON).replace(/\p{Surrogate}/gu, '\ufffd');
  return `${NO_TOKEN}${encodeURIComponent(text)}`;
}

/**
 * Why there is no token, if this is what stands in the place of one.
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
