import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { run } from './commands.mjs';
import { Problem } from './Problem.mjs';
import { cache } from './paths.mjs';
import { say } from './progress.mjs';
import { findCommand, findCommands } from './tools.mjs';

const MAJOR = '22';
const fetched = join(cache, 'node22');

/**
 * A Node 22 with the headers of its version, so that native parts can be built without a download.
 *
 * @typedef {{node: string, version: string, directory: string}} Node22
 */

/**
 * Finds Node 22 on this machine, or downloads it.
 *
 * @returns {Promise<Node22>}
 */
export async function provideNode22() {
  for (const node of candidates()) {
    const found = await inspect(node);
    if (found) {
      return found;
    }
  }
  await fetchNode22();
  const found = await inspect(join(fetched, 'bin', 'node'));
  if (!found) {
    throw new Problem(
      `The downloaded Node in ${fetched} does not run on this machine. Delete that folder and install Node 22 from https://nodejs.org.`,
    );
  }
  return found;
}

/** Folders of version managers below the home directory. */
const VERSION_MANAGERS = [
  ['.nvm/versions/node', 'bin/node'],
  ['.local/share/fnm/node-versions', 'installation/bin/node'],
  ['.volta/tools/image/node', 'bin/node'],
  ['.asdf/installs/nodejs', 'bin/node'],
  ['.local/share/mise/installs/node', 'bin/node'],
];

function candidates() {
  const managed = VERSION_MANAGERS.flatMap(([folder, node]) => {
    const directory = join(homedir(), folder);
    return list(directory)
      .filter(version => version.replace(/^v/, '').startsWith(`${MAJOR}.`))
      .map(version => join(directory, version, node));
  });
  return new Set([
    process.execPath,
    ...findCommands('node'),
    ...findCommands(`node${MAJOR}`),
    ...managed,
    join(fetched, 'bin', 'node'),
  ]);
}

/** @returns {Promise<Node22 | undefined>} undefined if it is not a Node 22 with headers */
async function inspect(node) {
  if (!existsSync(node)) {
    return undefined;
  }
  try {
    const { stdout } = await promisify(execFile)(node, [
      '-p',
      'JSON.stringify([process.versions.node, process.execPath])',
    ]);
    const [version, executable] = JSON.parse(stdout);
    const directory = dirname(dirname(executable));
    const hasHeaders = existsSync(
      join(directory, 'include', 'node', 'node_version.h'),
    );
    return version.startsWith(`${MAJOR}.`) && hasHeaders
      ? { node: executable, version, directory }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Fetches Node 22 from npm. The package contains `bin` and `include` and runs no install script. */
async function fetchNode22() {
  const name = packageName(process.platform, process.arch);
  const npm = findCommand('npm');
  if (!npm) {
    throw new Problem(
      `Berth needs Node ${MAJOR}. This is ${process.version}, and npm, which could download it, is not installed. Install Node ${MAJOR} from https://nodejs.org.`,
    );
  }

  say(
    process.versions.node.startsWith(`${MAJOR}.`)
      ? `This Node ${MAJOR} has no headers; downloading one that has …`
      : `This is Node ${process.versions.node}; downloading Node ${MAJOR} …`,
  );
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, 'node22-'));
  try {
    await run(
      `Downloading Node ${MAJOR} (npm install ${name}@${MAJOR})`,
      npm,
      [
        'install',
        '--prefix',
        temporary,
        '--ignore-scripts',
        '--no-save',
        '--no-audit',
        '--no-fund',
        `${name}@${MAJOR}`,
      ],
      { env: process.env, cwd: temporary, log: join(cache, 'node22.log') },
    );
    rmSync(fetched, { recursive: true, force: true });
    renameSync(join(temporary, 'node_modules', name), fetched);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function packageName(platform, architecture) {
  // The name without "bin" was taken when Node supported this platform.
  const prefix =
    platform === 'darwin' && architecture === 'arm64' ? 'node-bin' : 'node';
  return [prefix, platform, architecture].join('-');
}

function list(directory) {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
