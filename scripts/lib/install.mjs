import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { run, start } from './commands.mjs';
import { cache, root, yarnRelease } from './paths.mjs';
import { heartbeat, say } from './progress.mjs';
import { Problem } from './Problem.mjs';
import { assertBuildTools } from './tools.mjs';

/** Names the dependencies that were installed completely. Lies in node_modules, to be deleted with it. */
const stamp = join(root, 'node_modules', '.berth-installed');
const log = join(cache, 'install.log');

/** Installs the dependencies, unless the same ones are installed for this Node. */
export async function ensureInstalled({ node, version, env }) {
  const wanted = fingerprint(version);
  if (read(stamp) === wanted && (await loadsNativeParts(node, env))) {
    say('Dependencies are installed');
    return;
  }

  assertBuildTools();
  // An interrupted installation must not look like a complete one.
  rmSync(stamp, { force: true });
  await install(node, env);
  if (!(await loadsNativeParts(node, env))) {
    say('Building better-sqlite3 …');
    await run(
      'Building better-sqlite3',
      node,
      [yarnRelease, 'rebuild', 'better-sqlite3'],
      { env: yarnEnvironment(env), log: join(cache, 'rebuild.log') },
    );
    if (!(await loadsNativeParts(node, env))) {
      throw new Problem(
        `better-sqlite3 was built but does not load under ${node}. The log of the build is ${join(
          cache,
          'rebuild.log',
        )}`,
      );
    }
  }
  writeFileSync(stamp, wanted);
  say('Dependencies are installed');
}

async function install(node, env) {
  say(`Installing dependencies (all output in ${relative(root, log)}) …`);
  let step = 'starting';
  const endHeartbeat = heartbeat(() => `still at: ${step}`);
  try {
    await run(
      'Installing dependencies',
      node,
      [yarnRelease, 'install', '--immutable'],
      {
        env: yarnEnvironment(env),
        log,
        onLine(line) {
          const begun = /┌ (.+)$/.exec(line);
          const built = /│ (@?[^@]+)@.* must be built/.exec(line);
          if (begun) {
            step = begun[1].toLocaleLowerCase('en-US');
            say(`  ${step}`);
          } else if (built) {
            step = 'building native parts';
            say(`  building ${built[1]}`);
          }
        },
      },
    );
  } finally {
    endHeartbeat();
  }
}

function yarnEnvironment(env) {
  return {
    ...env,
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_PROGRESS_BARS: '0',
    YARN_ENABLE_COLORS: '0',
    // Compile on all cores.
    npm_config_jobs: 'max',
  };
}

async function loadsNativeParts(node, env) {
  const probe = start(
    node,
    ['-e', `new (require('better-sqlite3'))(':memory:').close()`],
    { env, cwd: join(root, 'packages', 'backend') },
  );
  return (await probe.ended) === 0;
}

/** Computes a hash of everything that decides what is installed. */
function fingerprint(nodeVersion) {
  const hash = createHash('sha256');
  const files = [
    'yarn.lock',
    '.yarnrc.yml',
    'package.json',
    ...workspaceManifests(),
  ];
  for (const file of files) {
    hash.update(`${file}\n${read(join(root, file))}\n`);
  }
  const [major] = nodeVersion.split('.');
  hash.update([major, process.platform, process.arch].join(' '));
  return hash.digest('hex');
}

function workspaceManifests() {
  return ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder))
      .map(name => join(folder, name, 'package.json'))
      .filter(file => existsSync(join(root, file)))
      .sort(),
  );
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
