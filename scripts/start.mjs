import { main } from './lib/commands.mjs';
import { readStartOptions, usage } from './lib/options.mjs';
import { assertPortsFree } from './lib/ports.mjs';
import {
  addresses,
  clustersLog,
  portalEnvironment,
  portalLog,
  startClusters,
  startPortal,
} from './lib/portal.mjs';
import { Problem } from './lib/Problem.mjs';
import { readPeople } from './lib/people.mjs';
import { complain, heartbeat, print, say } from './lib/progress.mjs';
import { answers } from './lib/ready.mjs';
import { setUp } from './lib/setUp.mjs';
import { welcome } from './lib/welcome.mjs';

/** Printed by the sandbox clusters' process when they are registered and shared. */
const CLUSTERS_READY = 'clusters-ready ';

main(async () => {
  const options = readStartOptions(process.argv.slice(2), process.env);
  if (options.help) {
    print(usage);
    return;
  }
  await assertPortsFree(options);
  const { node, env } = await setUp();
  await runPortal(node, portalEnvironment(env, options), options);
});

async function runPortal(node, env, options) {
  say('Starting the portal …');
  const urls = addresses(options);
  const watching = new AbortController();
  let ready = false;

  const failed = new Promise((_, reject) => {
    const watch = (what, log, handle) =>
      handle.ended.then(code =>
        reject(
          new Problem(
            `${what} ended (exit code ${code}):\n\n${handle.tail()}\n\nAll of its output is in ${log}`,
          ),
        ),
      );

    const portal = startPortal(node, env, line => {
      if (options.verbose || isNews(line, ready)) {
        print(line);
      }
      if (!ready && line.includes('Backend startup failed')) {
        reject(
          new Problem(
            `The backend does not start. The reason is above; all output is in ${portalLog}`,
          ),
        );
      }
    });
    watch('The portal', portalLog, portal);
  });

  const clusters = new Promise((resolve, reject) => {
    if (!options.clusters) {
      resolve([]);
      return;
    }
    const handle = startClusters(node, env, urls.backend, line => {
      if (line.startsWith(CLUSTERS_READY)) {
        resolve(JSON.parse(line.slice(CLUSTERS_READY.length)).clusters);
      } else {
        print(`clusters: ${line}`);
      }
    });
    handle.ended.then(code => {
      const message = `The sandbox clusters ended (exit code ${code}); all output is in ${clustersLog}`;
      if (ready) {
        complain(message);
      } else {
        reject(new Problem(`${handle.tail()}\n\n${message}`));
      }
    });
  });

  const waiting = new Map([
    [
      'frontend',
      answers(urls.app, watching.signal).then(() => say('  frontend built')),
    ],
    [
      'backend',
      answers(
        `${urls.backend}/.backstage/health/v1/readiness`,
        watching.signal,
      ).then(() => say('  backend started')),
    ],
    ['sandbox clusters', clusters],
  ]);
  waiting.forEach((promise, what) =>
    promise.then(
      () => waiting.delete(what),
      () => {},
    ),
  );
  const endHeartbeat = heartbeat(
    () => `waiting for: ${[...waiting.keys()].join(', ')}`,
  );
  try {
    await Promise.race([Promise.all(waiting.values()), failed]);
  } finally {
    endHeartbeat();
    watching.abort();
  }

  ready = true;
  say('Ready');
  print(
    welcome({
      url: urls.app,
      people: await readPeople(),
      clusters: await clusters,
    }),
  );
  await failed;
}

/** While it starts only trouble is news; afterwards everything but the requests. */
function isNews(line, ready) {
  if (line.includes('incomingRequest')) {
    return false;
  }
  return ready || /\berror\b|ERROR|startup failed/i.test(line);
}
