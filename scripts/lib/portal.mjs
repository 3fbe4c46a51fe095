import { join } from 'node:path';
import { start } from './commands.mjs';
import { cache, root } from './paths.mjs';

const cli = join(
  root,
  'node_modules',
  '@backstage',
  'cli',
  'bin',
  'backstage-cli',
);
const nodeTransform = join(
  root,
  'node_modules',
  '@backstage',
  'cli',
  'config',
  'nodeTransform.cjs',
);

export const portalLog = join(cache, 'portal.log');
export const clustersLog = join(cache, 'clusters.log');

/** Where everything of one run is. */
export function addresses({ port, backendPort }) {
  return {
    app: `http://localhost:${port}`,
    backend: `http://localhost:${backendPort}`,
  };
}

/** The configuration that moves both ports together, as Backstage reads it from the environment. */
export function portalEnvironment(env, options) {
  const { app, backend } = addresses(options);
  return {
    ...env,
    NODE_ENV: 'development',
    // The dev server would open a browser, with an error where there is none.
    BROWSER: 'none',
    APP_CONFIG_app_baseUrl: JSON.stringify(app),
    APP_CONFIG_backend_baseUrl: JSON.stringify(backend),
    APP_CONFIG_backend_listen_port: String(options.backendPort),
    APP_CONFIG_backend_cors_origin: JSON.stringify(app),
  };
}

/** Frontend and backend, both rebuilt when their files change. */
export function startPortal(node, env, onLine) {
  return start(node, [cli, 'repo', 'start'], { env, log: portalLog, onLine });
}

/** The sandbox clusters, registered in the portal as soon as it answers. */
export function startClusters(node, env, backendUrl, onLine) {
  return start(
    node,
    [
      '--enable-source-maps',
      '--require',
      nodeTransform,
      join('dev', 'index.ts'),
      backendUrl,
    ],
    { env, log: clustersLog, onLine, cwd: join(root, 'packages', 'backend') },
  );
}
