/**
 * Returns whether an API server has at least a minor version.
 *
 * @param version - its `gitVersion`, such as `v1.33.1-eks-1`
 * @param minor - the minor version of Kubernetes 1
 * @returns undefined if the version is not known
 */
export function isAtLeast(
  version: string | undefined,
  minor: number,
): boolean | undefined {
  const match = /^v(\d+)\.(\d+)/.exec(version ?? '');
  return match
    ? Number(match[1]) > 1 ||
        (Number(match[1]) === 1 && Number(match[2]) >= minor)
    : undefined;
}
