import { join } from 'node:path';
import { start } from './commands.mjs';
import { cache, nodeTransform, root } from './paths.mjs';

const cli = join(
  root,
  'node_modules',
  '@backstage',
  'cli',
  'bin',
  'backstage-cli',
);
/** Returns the files for all output of one run; each run has its own port. */
export function logs({ port }) {
  return {
    portal: join(cache, `portal-${port}.log`),
    clusters: join(cache, `clusters-${port}.log`),
  };
}

/** Returns the addresses of one run. */
export function addresses({ port, backendPort }) {
  return {
    app: `http://localhost:${port}`,
    backend: `http://localhost:${backendPort}`,
  };
}

/** Returns the environment that makes Backstage use both ports. */
export function portalEnvironment(env, options) {
  const { app, backend } = addresses(options);
  return {
    ...env,
    NODE_ENV: 'development',
    // Otherwise the dev server opens a browser, and fails if there is none.
    BROWSER: 'none',
    APP_CONFIG_app_baseUrl: JSON.stringify(app),
    APP_CONFIG_backend_baseUrl: JSON.stringify(backend),
    APP_CONFIG_backend_listen_port: String(options.backendPort),
    APP_CONFIG_backend_cors_origin: JSON.stringify(app),
    // Where templates keep the files of components.
    APP_CONFIG_backend_reading_allow: JSON.stringify([
      { host: new URL(backend).host, paths: ['/example-files/'] },
    ]),
    // The backend serves the example charts, at a port that differs from run to run.
    APP_CONFIG_berth_helm_httpOnLoopback: 'true',
    APP_CONFIG_berth_helm_repositories: JSON.stringify([
      { name: 'examples', url: `${backend}/example-charts/` },
      {
        name: 'examples-registry',
        url: `${backend.replace('http:', 'oci:')}/example-charts/`,
        charts: ['cache'],
      },
    ]),
  };
}

/**
 * Starts frontend and backend, both rebuilt when their files change.
 *
 * @param {{built: boolean}} options - with `built`, only the backend starts, which serves the app that was built before
 */
export function startPortal(node, env, { built }, log, onLine) {
  const packages = built ? ['backend'] : [];
  return start(node, [cli, 'repo', 'start', ...packages], { env, log, onLine });
}

/** Starts the sandbox clusters, which register in the portal as soon as it answers. */
export function startClusters(node, env, backendUrl, log, onLine) {
  return start(
    node,
    [
      '--enable-source-maps',
      '--require',
      nodeTransform,
      join('dev', 'index.ts'),
      backendUrl,
    ],
    { env, log, onLine, cwd: join(root, 'packages', 'backend') },
  );
}
