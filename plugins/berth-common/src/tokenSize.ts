/** Proxies often refuse a header above 8 KB; this leaves room for the rest of the header. */
const WARN_ABOVE_BYTES = 6 * 1024;

/** The encoded header and signature (RS256). */
const FIXED_BYTES = 460;
const CLAIMS_BYTES = 500;

/**
 * Estimates the token size of a person who is in all groups that a cluster is shared with, if proxies may refuse a
 * token of that size.
 *
 * @param kubernetesNames - the names of the groups
 * @returns the approximate number of bytes; undefined if the size is not a problem
 * @public
 */
export function largeTokenBytes(
  kubernetesNames: readonly string[],
): number | undefined {
  const claims = CLAIMS_BYTES + JSON.stringify(kubernetesNames).length;
  const bytes = FIXED_BYTES + Math.ceil((claims * 4) / 3);
  return bytes > WARN_ABOVE_BYTES ? bytes : undefined;
}
