import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const REMOTE = ['SSH_CONNECTION', 'SSH_TTY'];
const CLOUD = ['CODESPACES', 'CLOUD_SHELL', 'GITPOD_WORKSPACE_ID'];
const DISPLAYS = ['DISPLAY', 'WAYLAND_DISPLAY'];

export interface Machine {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  wsl: boolean;
}

export function thisMachine(): Machine {
  return {
    env: process.env,
    platform: process.platform,
    wsl: process.platform === 'linux' && isWsl(),
  };
}

/** Returns whether a browser on this computer is out of reach, as over SSH and in a container. */
export function isHeadless({ env, platform, wsl }: Machine): boolean {
  return (
    [...REMOTE, ...CLOUD].some(name => env[name]) ||
    (platform === 'linux' &&
      !wsl &&
      !env.BROWSER &&
      !DISPLAYS.some(name => env[name]))
  );
}

/** Returns the programs that can open a link, the first choice first. The link is the last argument. */
export function browserCommands({ env, platform, wsl }: Machine): string[][] {
  const chosen = env.BROWSER ? [[env.BROWSER]] : [];
  if (platform === 'darwin') {
    return [...chosen, ['open']];
  }
  const windows = [
    'powershell.exe',
    '-NoProfile',
    '-NonInteractive',
    '-Command',
    'Start-Process',
  ];
  if (platform === 'win32') {
    return [...chosen, windows];
  }
  return wsl ? [...chosen, ['wslview'], windows] : [...chosen, ['xdg-open']];
}

/** Opens a link, and returns whether a program for it started. The person has the link in the terminal, too. */
export async function openBrowser(
  link: string,
  machine: Machine,
): Promise<boolean> {
  for (const [command, ...args] of browserCommands(machine)) {
    // PowerShell reads its arguments as code. The link has no quotation mark, see connectLink.
    const target = command === 'powershell.exe' ? `'${link}'` : link;
    if (await starts(command, [...args, target])) {
      return true;
    }
  }
  return false;
}

function starts(command: string, args: string[]): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(command, args, { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function isWsl(): boolean {
  try {
    return /microsoft/i.test(readFileSync('/proc/version', 'utf8'));
  } catch {
    return false;
  }
}
