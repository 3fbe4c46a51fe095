/* eslint-disable jest/valid-title, jest/valid-describe-callback, jest/no-export, jest/expect-expect, jest/no-disabled-tests -- those rules are for tests, and this creates a block of them */
import { spawnSync } from 'node:child_process';
import { ControlPlane } from './ControlPlane';

function missingKubectl(): string | undefined {
  const { error } = spawnSync(process.env.KUBECTL ?? 'kubectl', [
    'version',
    '--client',
  ]);
  return error && 'kubectl is not installed';
}

function missingControlPlane(): string | undefined {
  return ControlPlane.assets()
    ? undefined
    : 'KUBEBUILDER_ASSETS does not name a control plane';
}

/**
 * A jest `describe` for tests that need the real control plane and kubectl. If one of them is missing, the
 * block is skipped and its name contains the reason. With `BERTH_REQUIRE_REAL_PARTS=1` it fails instead.
 */
export function describeWithControlPlane(name: string, tests: () => void) {
  describeUnless(missingControlPlane() ?? missingKubectl(), name, tests);
}

/** Like `describeWithControlPlane`, for tests that need only kubectl. */
export function describeWithKubectl(name: string, tests: () => void) {
  describeUnless(missingKubectl(), name, tests);
}

function describeUnless(
  missing: string | undefined,
  name: string,
  tests: () => void,
) {
  if (!missing) {
    describe(name, tests);
  } else if (process.env.BERTH_REQUIRE_REAL_PARTS === '1') {
    describe(name, () => {
      it('finds the real parts that it needs', () => {
        throw new Error(missing);
      });
    });
  } else {
    describe.skip(`${name} (skipped: ${missing})`, tests);
  }
}
