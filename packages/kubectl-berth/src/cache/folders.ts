import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

const MAX_NAME = 200;

/** The folders of one portal. A folder is undefined where the person has no home folder. */
export interface PortalFolders {
  /** The key of this computer. Deleting the folder signs out. */
  state?: string;
  /** Tokens, locks and failures. Safe to delete at any time. */
  cache?: string;
}

export function portalFolders(
  portal: string,
  env = process.env,
): PortalFolders {
  const name = folderName(portal);
  const { state, cache } = ownFolders(env);
  return {
    state: state && join(state, name),
    cache: cache && join(cache, name),
  };
}

/** The folders of this program. */
export interface OwnFolders extends PortalFolders {
  /** What the person configures, for all portals. */
  config?: string;
}

/** Returns the folders of this program. Those of state and cache contain one folder for each portal. */
export function ownFolders(
  env = process.env,
  platform = process.platform,
): OwnFolders {
  const home = homeFolder(env);
  const below = (base: string | undefined) =>
    base && join(base, 'kubectl-berth');
  if (platform === 'win32') {
    const data = absolute(env.LOCALAPPDATA) ?? under(home, 'AppData', 'Local');
    return {
      state: below(data && join(data, 'State')),
      cache: below(data && join(data, 'Cache')),
      config: below(data && join(data, 'Config')),
    };
  }
  const mac = platform === 'darwin';
  return {
    state: below(
      absolute(env.XDG_STATE_HOME) ??
        (mac
          ? under(home, 'Library', 'Application Support')
          : under(home, '.local', 'state')),
    ),
    cache: below(
      absolute(env.XDG_CACHE_HOME) ??
        (mac ? under(home, 'Library', 'Caches') : under(home, '.cache')),
    ),
    config: below(
      absolute(env.XDG_CONFIG_HOME) ??
        (mac
          ? under(home, 'Library', 'Application Support')
          : under(home, '.config')),
    ),
  };
}

/**
 * Names the folder of a portal after its address: readable, and another name for each address, also where file
 * names ignore case. A hash would need `node:crypto`, which takes longer to load than all else that a cached
 * token needs.
 */
export function folderName(portal: string): string {
  return portal
    .replace(/^https:\/\//, '')
    .replace(
      /[^a-z0-9.-]/g,
      character => `_${character.charCodeAt(0).toString(16)}_`,
    )
    .slice(0, MAX_NAME);
}

/**
 * Creates a folder that only its owner may enter, and its parents. `mkdir` with `recursive` never returns below
 * some folders of `/proc`.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      return;
    }
    if (code !== 'ENOENT' || dirname(path) === path) {
      throw error;
    }
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

function homeFolder({ HOME }: NodeJS.ProcessEnv): string | undefined {
  try {
    return absolute(HOME) ?? absolute(homedir());
  } catch {
    // There is no HOME, and the user has no entry in the password file, as in some containers.
    return undefined;
  }
}

function under(base: string | undefined, ...names: string[]) {
  return base && join(base, ...names);
}

function absolute(path: string | undefined): string | undefined {
  return path && isAbsolute(path) ? path : undefined;
}
