import { hostname } from 'node:os';
import { VERSION } from '../version';

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS',
  win32: 'Windows',
  linux: 'linux',
};

export interface LinkOptions {
  /** The address of the portal that people open. */
  app: string;
  publicKey: string;
  name: string;
  /** Where the browser comes back; absent without a browser on this computer. */
  callback?: { port: number; state: string };
}

/** Returns the link to the page that confirms the sign-in. Nothing in it is secret. */
export function connectLink({ app, publicKey, name, callback }: LinkOptions) {
  const query = new URLSearchParams({
    key: publicKey,
    name,
    system: SYSTEMS[process.platform] ?? process.platform,
    version: VERSION,
    ...(callback && { port: `${callback.port}`, state: callback.state }),
  });
  // PowerShell opens the link on Windows, and would end a text at an apostrophe.
  return `${app}/berth/kubectl/connect?${query}`.replace(/'/g, '%27');
}

/** Returns the name of this computer as the portal accepts it. */
export function computerName(name = hostname()): string {
  return (
    name
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
      .trim()
      .slice(0, 64) || 'computer'
  );
}
