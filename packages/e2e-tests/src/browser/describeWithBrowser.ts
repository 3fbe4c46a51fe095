/* eslint-disable jest/valid-title, jest/valid-describe-callback, jest/no-export, jest/expect-expect, jest/no-disabled-tests -- those rules are for tests, and this makes a block of them */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Returns the browser that tests use, if it is installed. */
export function chromiumFile(): string | undefined {
  return [process.env.CHROMIUM, '/usr/bin/chromium'].find(
    file => file && existsSync(file),
  );
}

function missingParts(): string | undefined {
  if (!chromiumFile()) {
    return 'CHROMIUM names no browser';
  }
  const kubectl = process.env.KUBECTL ?? 'kubectl';
  const { error } = spawnSync(kubectl, ['version', '--client']);
  return error && 'there is no kubectl';
}

/**
 * A jest `describe` for tests that need Chromium and kubectl. If one of them is missing, the block is skipped
 * and its name contains the reason. With `BERTH_REQUIRE_REAL_PARTS=1` it fails instead.
 */
export function describeWithBrowser(name: string, tests: () => void) {
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
