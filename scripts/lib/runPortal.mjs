import { Problem } from './Problem.mjs';
import { startPortal } from './portal.mjs';
import { print } from './progress.mjs';

/**
 * Runs frontend and backend until they end.
 *
 * @returns {{failure: Promise<never>}} rejects when the portal cannot continue
 */
export function runPortal(run) {
  const { node, env, logs } = run;
  const failure = new Promise((_, reject) => {
    const portal = startPortal(node, env, run, logs.portal, line => {
      if (run.verbose || isWorthShowing(line, run.isReady)) {
        print(line);
      }
      // Later a developer's next change can fix it.
      if (!run.isReady && line.includes('Backend startup failed')) {
        reject(
          new Problem(
            `The backend does not start. The reason is above; all output is in ${logs.portal}`,
          ),
        );
      }
    });
    portal.endedByItself.then(code =>
      reject(
        new Problem(
          `The portal ended (exit code ${code}):\n\n${portal.tail()}\n\nAll of its output is in ${
            logs.portal
          }`,
        ),
      ),
    );
  });
  return { failure };
}

const NEVER_SHOWN = ['incomingRequest', 'isAuditEvent', 'wait until bundle'];

/**
 * Returns whether to show a line: only errors while the portal starts, and afterwards everything except the
 * usual traffic.
 */
function isWorthShowing(line, isReady) {
  if (NEVER_SHOWN.some(text => line.includes(text))) {
    return false;
  }
  return isReady || /\berror\b|startup failed/i.test(line);
}
