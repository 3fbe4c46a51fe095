import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { start, run } from '../commands.mjs';
import { root } from '../paths.mjs';
import { addresses, portalEnvironment } from '../portal.mjs';
import { Problem } from '../Problem.mjs';
import { answers } from '../ready.mjs';
import { stage } from '../stages.mjs';
import { packagesFolder } from './pack.mjs';

const folder = join(packagesFolder, 'portal');
const COPIED = [
  'app-config.yaml',
  'backstage.json',
  'catalog-info.yaml',
  'examples',
  'packages/app',
  'packages/backend',
];
const NOT_COPIED = /[/\\](node_modules|dist|dev)$/;
/** Files of the packed packages that the bundle must contain. */
const FRONTEND_FILES = [
  'plugin-berth/dist/alpha.esm.js',
  'plugin-kubernetes-module-berth/dist/kubernetesModuleBerth.esm.js',
];
const START_MS = 120_000;
const cli = join(root, 'node_modules', '@backstage', 'cli');

/**
 * Builds the dev portal's app and starts its backend from copies that find the packed packages where the
 * repository's workspaces would be. `unpack` must have run.
 */
export async function buildPortal(context) {
  copyPortal();
  await stage('app from the packed packages', log => buildApp(context, log));
  await stage('backend from the packed packages', log =>
    startBackend(context, log),
  );
}

function copyPortal() {
  rmSync(folder, { recursive: true, force: true });
  for (const path of COPIED) {
    cpSync(join(root, path), join(folder, path), {
      recursive: true,
      filter: source => !NOT_COPIED.test(source),
    });
  }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'root',
      version: '1.0.0',
      private: true,
      workspaces: ['packages/*'],
    }),
  );
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(
    join('..', 'packages', 'app'),
    join(folder, 'node_modules', 'app'),
  );
}

async function buildApp({ node, env }, log) {
  await run(
    'Building the app',
    node,
    [join(cli, 'bin', 'backstage-cli'), 'package', 'build'],
    { env, log, cwd: join(folder, 'packages', 'app') },
  );
  assertBundled(join(folder, 'packages', 'app', 'dist', 'static'));
}

/** Checks the bundle. The app names no plugin: `app.packages: all` finds them by their package.json. */
function assertBundled(directory) {
  const maps = readdirSync(directory)
    .filter(name => name.endsWith('.js.map'))
    .map(name => readFileSync(join(directory, name), 'utf8'));
  const missing = FRONTEND_FILES.filter(
    file => !maps.some(map => map.includes(`/node_modules/@berth/${file}"`)),
  );
  if (missing.length > 0) {
    throw new Problem(
      `The app was built without ${missing.join(
        ' and ',
      )} of the packed packages.`,
    );
  }
}

async function startBackend({ node, env }, log) {
  const ports = { port: 0, backendPort: await freePort() };
  const backend = start(
    node,
    [
      '--require',
      join(cli, 'config', 'nodeTransform.cjs'),
      join('src', 'index.ts'),
      '--config',
      join(folder, 'app-config.yaml'),
    ],
    {
      env: portalEnvironment(env, ports),
      log,
      cwd: join(folder, 'packages', 'backend'),
    },
  );
  const url = addresses(ports).backend;
  const failed = what =>
    new Problem(
      `The backend ${what}:\n\n${backend.tail()}\n\nAll of its output is in ${log}`,
    );
  let timer;
  try {
    await Promise.race([
      answers(`${url}/.backstage/health/v1/readiness`),
      backend.endedByItself.then(code => {
        throw failed(`ended (exit code ${code})`);
      }),
      new Promise((_, reject) => {
        timer = setTimeout(
          () =>
            reject(failed(`was not ready within ${START_MS / 1000} seconds`)),
          START_MS,
        );
      }),
    ]);
  } finally {
    clearTimeout(timer);
    await backend.end();
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
