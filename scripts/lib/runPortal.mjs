import { Problem } from './Problem.mjs';
import { startPortal } from './portal.mjs';
import { print } from './progress.mjs';

/**
 * Runs frontend and backend until they end.
 *
 * @returns {{failure: Promise<never>}} rejects when the portal cannot go on
 */
export function runPortal(run) {
  const { node, env, logs } = run;
  const failure = new Promise((_, reject) => {
    const portal = startPortal(node, env, logs.portal, line => {
      if (run.verbose || isNews(line, run.isReady)) {
        print(line);
      }
      // Later a developer's next change may mend it.
      if (!run.isReady && line.includes('Backend startup failed')) {
        reject(
          new Problem(
            `The backend does not start; the reason is above, and all output in ${logs.portal}`,
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

const NEVER_NEWS = ['incomingRequest', 'isAuditEvent', 'wait until bundle'];

/** While the portal starts only trouble is news; afterwards everything but the usual traffic. */
function isNews(line, isReady) {
  if (NEVER_NEWS.some(text => line.includes(text))) {
    return false;
  }
  return isReady || /\berror\b|startup failed/i.test(line);
}
