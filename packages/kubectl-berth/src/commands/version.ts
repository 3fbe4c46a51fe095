import { VERSION } from '../version';
import { Command } from './types';

export const version: Command = {
  help: `Usage: kubectl berth version

Prints the version of kubectl-berth, and of Node.
`,
  run() {
    process.stdout.write(
      `kubectl-berth ${VERSION} (Node ${process.version}, ${process.platform} ${process.arch})\n`,
    );
  },
};
