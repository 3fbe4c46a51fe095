import { assertAppBuilt, serveBuiltApp } from './lib/builtApp.mjs';
import { main } from './lib/commands.mjs';
import { provideHelm } from './lib/helm.mjs';
import { readStartOptions, usage } from './lib/options.mjs';
import { readPeople } from './lib/people.mjs';
import { addresses, logs, portalEnvironment } from './lib/portal.mjs';
import { assertPortsFree } from './lib/ports.mjs';
import { print, say } from './lib/progress.mjs';
import { whenAllAreReady, answers } from './lib/ready.mjs';
import { runClusters } from './lib/runClusters.mjs';
import { runPortal } from './lib/runPortal.mjs';
import { setUp } from './lib/setUp.mjs';
import { welcome } from './lib/welcome.mjs';

main(async () => {
  const options = readStartOptions(process.argv.slice(2), process.env);
  if (options.help) {
    print(usage);
    return;
  }
  await assertPortsFree(options);
  if (options.built) {
    assertAppBuilt();
  }

  const { node, env } = await setUp();
  const run = {
    node,
    env: {
      ...portalEnvironment(env, options),
      ...(await provideHelm({ node, env })),
    },
    urls: addresses(options),
    logs: logs(options),
    built: options.built,
    verbose: options.verbose,
    isReady: false,
  };

  say('Starting the portal …');
  const portal = runPortal(run);
  if (options.built) {
    await serveBuiltApp(options);
  }
  const clusters = options.clusters ? runClusters(run) : Promise.resolve([]);
  await Promise.race([
    portal.failure,
    whenAllAreReady({
      frontend: answers(run.urls.app),
      backend: answers(`${run.urls.backend}/.backstage/health/v1/readiness`),
      ...(options.clusters && { 'sandbox clusters': clusters }),
    }),
  ]);
  run.isReady = true;

  say('Ready');
  print(
    welcome({
      url: run.urls.app,
      people: await readPeople(),
      clusters: await clusters,
    }),
  );
  await portal.failure;
});
