import { clusters } from './clusters';
import { credentialCommand } from './credentialCommand';
import { login } from './login';
import { logout } from './logout';
import { setup } from './setup';
import { status } from './status';
import { Command } from './types';
import { version } from './version';

export const commands: Record<string, Command> = {
  login,
  logout,
  setup,
  status,
  clusters,
  credential: credentialCommand,
  version,
};
