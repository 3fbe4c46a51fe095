import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { run, start } from '../commands.mjs';
import { root } from '../paths.mjs';
import { addresses, portalEnvironment } from '../portal.mjs';
import { Problem } from '../Problem.mjs';
import { answers } from '../ready.mjs';
import { insert, withManifest, withTarballs } from './guide.mjs';

const START_MS = 240_000;
const WORKSPACES = ['.', 'packages/app', 'packages/backend'];

/** A new Backstage app in a folder of its own, outside of this repository. */
export class StockApp {
  #folder;
  #env;
  #log;
  #configs = ['app-config.yaml'];

  /** @param {{folder: string, env: NodeJS.ProcessEnv, log: string}} options */
  constructor({ folder, env, log }) {
    this.#folder = folder;
    this.#log = log;
    const bin = join(dirname(folder), 'bin');
    mkdirSync(bin, { recursive: true });
    const { packageManager } = readJson(join(root, 'package.json'));
    const release = join(
      root,
      '.yarn',
      'releases',
      `${packageManager.replace('@', '-')}.cjs`,
    );
    writeFileSync(
      join(bin, 'yarn'),
      `#!/bin/sh\nexec node '${release}' "$@"\n`,
    );
    chmodSync(join(bin, 'yarn'), 0o755);
    const { NODE_ENV, CI, ...rest } = env;
    this.#env = {
      ...rest,
      PATH: [bin, env.PATH].join(delimiter),
      YARN_ENABLE_TELEMETRY: '0',
      YARN_ENABLE_PROGRESS_BARS: '0',
      YARN_ENABLE_COLORS: '0',
      npm_config_jobs: 'max',
    };
  }

  /** Creates the app as `create-app` does. */
  async create({ version, legacy, packages }) {
    await this.#sh(
      `echo portal | npx --yes @backstage/create-app@${version} ${
        legacy ? '--legacy' : ''
      } --skip-install --path '${this.#folder}'`,
      dirname(this.#folder),
    );
    const wanted = readJson(join(root, 'backstage.json')).version;
    const made = readJson(join(this.#folder, 'backstage.json')).version;
    if (made !== wanted) {
      throw new Problem(
        `create-app ${version} makes an app of Backstage ${made}, but this repository is for ${wanted}.`,
      );
    }
    this.#pin(packages);
  }

  /** Applies a block of the guide. */
  async apply(block, packages) {
    const { language, text, title } = block;
    if (language === 'sh') {
      const command = withManifest(text, this.#manifest());
      await this.#sh(withTarballs(command, packages), this.#folder);
    } else if (language === 'yaml') {
      // Backstage merges the files as a person merges the block into its file.
      const file = `app-config.guide-${block.line}.yaml`;
      writeFileSync(join(this.#folder, file), text);
      this.#configs.push(file);
    } else {
      const file = join(this.#folder, title);
      writeFileSync(file, insert(readFileSync(file, 'utf8'), block));
    }
  }

  /** Starts frontend and backend as the guide does, on free ports. */
  async start() {
    const ports = { port: await freePort(), backendPort: await freePort() };
    const urls = addresses(ports);
    const portal = start(
      'yarn',
      [
        'start',
        // Relative paths would start at packages/backend.
        ...this.#configs.flatMap(file => [
          '--config',
          join(this.#folder, file),
        ]),
      ],
      {
        cwd: this.#folder,
        env: {
          ...portalEnvironment(this.#env, ports),
          APP_CONFIG_backend_listen_host: '"127.0.0.1"',
        },
        log: `${this.#log}-portal.log`,
      },
    );
    let timer;
    try {
      await Promise.race([
        Promise.all([
          answers(urls.app),
          answers(`${urls.backend}/.backstage/health/v1/readiness`),
        ]),
        portal.endedByItself.then(() => {
          throw new Problem(`The portal ended:\n\n${portal.tail()}`);
        }),
        new Promise((_, reject) => {
          timer = setTimeout(
            () =>
              reject(
                new Problem(
                  `The portal was not ready within ${
                    START_MS / 1000
                  } seconds:\n\n${portal.tail()}`,
                ),
              ),
            START_MS,
          );
        }),
      ]);
    } catch (error) {
      await portal.end();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return { urls, portal };
  }

  /**
   * Returns the packages of the release in the form of the list that the guide fetches: the packages that this
   * repository has installed, and those that the new app names.
   */
  #manifest() {
    const versions = {};
    const installed = join(root, 'node_modules', '@backstage');
    for (const folder of readdirSync(installed)) {
      const { name, version } = readJson(
        join(installed, folder, 'package.json'),
      );
      versions[name] = version;
    }
    for (const workspace of WORKSPACES) {
      const { dependencies, devDependencies } = readJson(
        join(this.#folder, workspace, 'package.json'),
      );
      for (const [name, range] of Object.entries({
        ...dependencies,
        ...devDependencies,
      })) {
        if (name.startsWith('@backstage/')) {
          versions[name] = range.replace('^', '');
        }
      }
    }
    return {
      releaseVersion: readJson(join(root, 'backstage.json')).version,
      packages: Object.entries(versions).map(([name, version]) => ({
        name,
        version,
      })),
    };
  }

  /** Pins the packed packages, and the packages that this repository pins (decision 0002). */
  #pin(packages) {
    const file = join(this.#folder, 'package.json');
    const manifest = readJson(file);
    const own = readJson(join(root, 'package.json'));
    manifest.resolutions = {
      ...manifest.resolutions,
      ...own.resolutions,
      // The packages need each other, and no registry has this version of the packages.
      ...Object.fromEntries(
        packages.map(({ name, tarball }) => [name, `file:${tarball}`]),
      ),
    };
    manifest.dependenciesMeta = own.dependenciesMeta;
    writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
  }

  async #sh(command, cwd) {
    const [what] = command.trim().split('\n');
    await run(what, 'sh', ['-ec', command], {
      cwd,
      env: this.#env,
      log: `${this.#log}-install.log`,
    });
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
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
