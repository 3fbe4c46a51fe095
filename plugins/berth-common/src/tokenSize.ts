/** Proxies often refuse a header above 8 KB; this leaves room for what is around the token. */
const WARN_ABOVE_BYTES = 6 * 1024;

/** Header, signature (RS256) and the claims other than groups. */
const FIXED_BYTES = 460;
const CLAIMS_BYTES = 500;

/**
 * The size of the token of a person who is in all groups that a cluster is shared with, where it is so large that
 * proxies may refuse it.
 *
 * @param kubernetesNames - of the groups
 * @returns about how many bytes, or undefined where the size is no problem
 * @public
 */
export function largeTokenBytes(
  kubernetesNames: readonly string[],
): number | undefined {
  const claims = CLAIMS_BYTES + JSON.stringify(kubernetesNames).length;
  const bytes = FIXED_BYTES + Math.ceil((claims * 4) / 3);
  return bytes > WARN_ABOVE_BYTES ? bytes : undefined;
}
