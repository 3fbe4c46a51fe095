import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Knex } from 'knex';
import { ReplicaMessage, ReplicaSettings } from './types';

/** A replica of the reconciler in a process of its own. */
export class ReplicaProcess {
  readonly messages: ReplicaMessage[] = [];
  /** How it ended. */
  readonly ended: Promise<NodeJS.Signals | number>;
  readonly #child: ChildProcess;

  static start(settings: ReplicaSettings): ReplicaProcess {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve('./runReplica.ts'),
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

  /** `SIGSTOP` and `SIGCONT` make it hang for a while, `SIGKILL` kills it. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves once it has sent a message, or has ended. */
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

/** How another process reaches the same database. */
export function connectionOf(knex: Knex): ReplicaSettings['database'] {
  const { client, connection } = knex.client.config;
  return { client, connection };
}
