/* eslint-disable jest/no-export, jest/no-disabled-tests, jest/expect-expect -- cases that two test files share; what the server lacks is skipped with the reason in its name */

/**
 * Returns `it` for a case that needs a Kubernetes version. If the server is older, the case is skipped, with the
 * reason in its name.
 *
 * @param version - of the server, such as `v1.20.2`
 * @param needed - such as `1.28`
 */
export function since(version: string, needed: string) {
  const minor = (text: string) => Number(/1\.(\d+)/.exec(text)?.[1]);
  return minor(version) >= minor(needed)
    ? it
    : (name: string, test: () => Promise<void>) =>
        it.skip(`${name} (skipped: ${version} lacks what ${needed} has)`, test);
}
