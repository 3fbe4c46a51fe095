/* eslint-disable jest/valid-title, jest/valid-describe-callback, jest/no-export, jest/expect-expect, jest/no-disabled-tests -- those rules are for tests, and this makes a block of them */
import { spawnSync } from 'node:child_process';
import { ControlPlane } from './ControlPlane';

/** Why tests against real parts cannot run here, if they cannot. */
function missingParts(): string | undefined {
  if (!ControlPlane.assets()) {
    return 'KUBEBUILDER_ASSETS names no control plane';
  }
  const { error } = spawnSync(process.env.KUBECTL ?? 'kubectl', [
    'version',
    '--client',
  ]);
  return error && 'there is no kubectl';
}

/**
 * A jest `describe` for tests that need the real control plane and kubectl. Where they are missing the
 * block is skipped under a name that says why; with `BERTH_REQUIRE_REAL_PARTS=1` it fails instead.
 */
export function describeWithControlPlane(name: string, tests: () => void) {
  const missing = missingParts();
  if (!missing) {
    describe(name, tests);
  } else if (process.env.BERTH_REQUIRE_REAL_PARTS === '1') {
    describe(name, () => {
      it('has the real parts that it needs', () => {
        throw new Error(missing);
      });
    });
  } else {
    describe.skip(`${name} (skipped: ${missing})`, tests);
  }
}
