import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endAll, main, start } from './lib/commands.mjs';
import {
  createAppVersion,
  readBlocks,
  stepsFor,
} from './lib/install/guide.mjs';
import { StockApp } from './lib/install/StockApp.mjs';
import { packAll, publishedPackages } from './lib/packages/pack.mjs';
import { cache, root } from './lib/paths.mjs';
import { Problem } from './lib/Problem.mjs';
import { complain, print, say } from './lib/progress.mjs';
import { findRealParts } from './lib/realParts.mjs';
import { setUp } from './lib/setUp.mjs';
import { check } from './lib/stages.mjs';

const GUIDE = join(root, 'docs', 'admin', 'installing.md');
const APPS = ['new', 'legacy'];
const LIMIT_MINUTES = 60;
const USAGE = `npm run test:install -- [OPTIONS]

  --app NAME   only "new" or "legacy"; both by default
  --packed     use the packages that the last run packed
  --help       this text

Makes new Backstage apps, installs the packed packages by ${GUIDE}, starts the apps, and does the
main job in a browser: add a cluster, share it, run kubectl. Part of a release; takes about 20 minutes. Needs
Chromium (or CHROMIUM) and kubectl (or KUBECTL).
`;

main(async () => {
  const { values } = parseArgs({
    options: {
      app: { type: 'string' },
      packed: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(USAGE);
    return;
  }
  if (values.app && !APPS.includes(values.app)) {
    throw new Problem(`--app is "${values.app}", but must be new or legacy.`);
  }
  // Commands that are running then fail, so that the program ends as it does after any failure.
  setTimeout(async () => {
    complain(`It took more than ${LIMIT_MINUTES} minutes; stopping.`);
    await endAll();
  }, LIMIT_MINUTES * 60_000).unref();

  const context = await setUp();
  const env = { ...context.env, ...findRealParts(process.env).env };
  const packages = await pack(context, values.packed);
  const blocks = readBlocks(readFileSync(GUIDE, 'utf8'));
  for (const name of values.app ? [values.app] : APPS) {
    await install(name, { blocks, env, node: context.node, packages });
  }
  say('The guide works');
});

async function pack(context, packed) {
  if (packed) {
    return publishedPackages();
  }
  await check('types', context, ['tsc']);
  say('Packing the packages …');
  return packAll(context, join(cache, 'install-pack.log'));
}

async function install(name, { blocks, env, node, packages }) {
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), `berth-install-${name}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', remove);
  const app = new StockApp({
    folder: join(folder, 'portal'),
    env,
    log: join(cache, `install-${name}`),
  });
  try {
    say(`Making the ${name} app …`);
    const version = createAppVersion(blocks);
    await app.create({ version, legacy: name === 'legacy', packages });
    for (const block of stepsFor(blocks, name)) {
      say(`  ${block.title ?? block.text.trim().split('\n')[0]}`);
      await app.apply(block, packages);
    }
    say('  yarn start');
    const { urls, portal } = await app.start();
    try {
      say('  browser and kubectl');
      await tryIt(node, env, urls, name);
    } catch (error) {
      throw new Problem(`${error.message}\n\nThe portal:\n${portal.tail()}`);
    } finally {
      await portal.end();
    }
    const minutes = ((Date.now() - started) / 60_000).toFixed(1);
    say(`The ${name} app works; it took ${minutes} minutes`);
  } finally {
    say('  removing the app');
    remove();
  }
}

async function tryIt(node, env, { app }, name) {
  const { ended } = start(
    node,
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      join(root, 'packages/e2e-tests/src/install/main.ts'),
      app,
      name,
    ],
    { env, inherit: true },
  );
  if ((await ended) !== 0) {
    throw new Problem(`The main job failed in the ${name} app.`);
  }
}
