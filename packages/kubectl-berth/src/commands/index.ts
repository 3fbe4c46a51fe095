import { Command } from './types';

interface ListedCommand {
  /** One line for the list of commands. */
  summary: string;
  load(): Promise<Command>;
}

/** A command loads when it runs: kubectl waits for `credential`, which needs the fewest parts of Node. */
export const commands: Record<string, ListedCommand> = {
  login: {
    summary: 'sign in to a portal, and set up kubectl',
    load: async () => (await import('./login')).login,
  },
  logout: {
    summary: 'sign out: end the sign-in at the portal, and delete its files',
    load: async () => (await import('./logout')).logout,
  },
  setup: {
    summary: 'add your clusters to the kubeconfig',
    load: async () => (await import('./setup')).setup,
  },
  status: {
    summary: 'show where you are signed in, and until when',
    load: async () => (await import('./status')).status,
  },
  clusters: {
    summary: 'list the clusters that are shared with you',
    load: async () => (await import('./clusters')).clusters,
  },
  credential: {
    summary: 'print a token for kubectl, which runs this command',
    load: async () => (await import('./credentialCommand')).credentialCommand,
  },
  version: {
    summary: 'print the version',
    load: async () => (await import('./version')).version,
  },
};
