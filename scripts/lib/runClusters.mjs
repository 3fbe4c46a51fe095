import { Problem } from './Problem.mjs';
import { startClusters } from './portal.mjs';
import { complain, print } from './progress.mjs';

/** Printed by packages/backend/dev when the clusters are registered and shared. */
const READY = 'clusters-ready ';

/**
 * Runs the sandbox clusters until they end.
 *
 * @returns {Promise<string[]>} their names, once they are registered and shared
 */
export function runClusters(run) {
  const { node, env, urls, logs } = run;
  return new Promise((resolve, reject) => {
    const clusters = startClusters(
      node,
      env,
      urls.backend,
      logs.clusters,
      line => {
        if (line.startsWith(READY)) {
          resolve(JSON.parse(line.slice(READY.length)).clusters);
        } else if (run.verbose) {
          print(line);
        }
      },
    );
    clusters.endedByItself.then(code => {
      const message = `The sandbox clusters ended (exit code ${code}):\n\n${clusters.tail()}`;
      if (run.isReady) {
        complain(message);
      } else {
        reject(new Problem(message));
      }
    });
  });
}
