import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Knex } from 'knex';
import { ReplicaMessage, ReplicaSettings } from './types';

/** A replica in a separate process, of the reconciler by default. */
export class ReplicaProcess {
  readonly messages: ReplicaMessage[] = [];
  /** Resolves with the signal or the exit code that ended the process. */
  readonly ended: Promise<NodeJS.Signals | number>;
  readonly #child: ChildProcess;

  /** @param program - a TypeScript file; it reads the settings from `BERTH_TEST_REPLICA` */
  static start<Settings extends object = ReplicaSettings>(
    settings: Settings,
    program = require.resolve('./runReplica.ts'),
  ): ReplicaProcess {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        program,
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: {
          ...process.env,
          NODE_ENV: 'development',
          BERTH_TEST_REPLICA: JSON.stringify(settings),
        },
      },
    );
    return new ReplicaProcess(child);
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.ended = once(child, 'exit').then(
      ([code, signal]) => signal ?? code ?? 0,
    );
    child.on('message', message => {
      this.messages.push(message as ReplicaMessage);
    });
  }

  /** Sends a signal. `SIGSTOP` and `SIGCONT` make the process hang for a while, `SIGKILL` kills it. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves once the process has sent a matching message, or has ended. */
  async until(test: (message: ReplicaMessage) => boolean): Promise<void> {
    let over = false;
    this.ended.then(() => {
      over = true;
    });
    while (!over && !this.messages.some(test)) {
      await new Promise(resolve => {
        setTimeout(resolve, 50);
      });
    }
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }
}

/** Returns the settings with which another process connects to the same database. */
export function connectionOf(knex: Knex): ReplicaSettings['database'] {
  const { client, connection } = knex.client.config;
  return { client, connection };
}
