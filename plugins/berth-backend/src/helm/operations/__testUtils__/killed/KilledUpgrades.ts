import { Knex } from 'knex';
import { ulid } from 'ulid';
import { KeyCipher } from '../../../../crypto/KeyCipher';
import { migrate } from '../../../../database/migrate';
import {
  connectionOf,
  ReplicaProcess,
} from '../../../../reconciler/__testUtils__/replica/ReplicaProcess';
import { DatabaseClusterStore } from '../../../../registry/DatabaseClusterStore';
import { until } from '../../../../resources/objects/__testUtils__/TeamCluster';
import { aChart, anObject } from '../../../runner/__testUtils__/aChart';
import { RunnerUnderTest } from '../../../runner/__testUtils__/RunnerUnderTest';
import { DatabaseOperationStore } from '../../DatabaseOperationStore';
import { OperationRecord } from '../../types';
import { KilledSettings, KillPoint } from './types';

const NAMESPACE = 'shop';
const TIMES = { tickMs: 50, unsureMs: 1_500, silentMs: 2_000 };

/**
 * Upgrades by the real helm in replicas that are processes of their own. Each replica that is killed is followed by the
 * next one, which ends the operation of the former.
 */
export class KilledUpgrades {
  readonly #runner: RunnerUnderTest;
  readonly #settings: KilledSettings;
  readonly #store: DatabaseOperationStore;
  #next?: ReplicaProcess;

  /** @param knex - a database that other processes can open */
  static async start(
    runner: RunnerUnderTest,
    knex: Knex,
  ): Promise<KilledUpgrades> {
    await migrate(knex);
    const { cluster } = runner.aRun({
      command: { kind: 'test', namespace: NAMESPACE, release: 'any' },
    });
    const { id } = await DatabaseClusterStore.create(knex).create({
      ...{ name: cluster.name, apiServer: cluster.apiServer },
      ...{ caPem: cluster.caPem, connection: 'oidc' },
      ...{ usernamePrefix: '', groupsPrefix: '' },
    });
    return new KilledUpgrades(knex, runner, {
      database: connectionOf(knex),
      cluster: { ...cluster, id },
      token: runner.token,
      helm: runner.helm,
      times: TIMES,
    });
  }

  private constructor(
    knex: Knex,
    runner: RunnerUnderTest,
    settings: KilledSettings,
  ) {
    this.#runner = runner;
    this.#settings = settings;
    this.#store = DatabaseOperationStore.create(knex, {
      cipher: KeyCipher.fromSecrets({
        secrets: ['a secret of at least thirty-two characters'],
        production: false,
        purpose: 'berth helm operations',
      }),
      limits: { runningPerPerson: 2 },
    });
  }

  /**
   * Upgrades a new release, in a replica that dies at a write of helm. Resolves once another replica has ended the
   * operation, with the status of each revision.
   */
  async upgrade(
    release: string,
    killAt: KillPoint,
    followedBy?: KillPoint,
  ): Promise<{ operation: OperationRecord; statuses: string[] }> {
    const killed = this.#next ?? this.#replica(killAt);
    await this.#runner.install(release);
    const id = await this.#add(release);
    const get = async () => (await this.#store.get(id))!;
    await until(async () => (await get()).state !== 'Queued');
    this.#next = this.#replica(followedBy);
    const end = await killed.ended;
    if (end !== 'SIGKILL') {
      throw new Error(`The replica ended with ${end}`);
    }
    await until(async () => (await get()).endedAt !== undefined);
    return { operation: await get(), statuses: await this.#statuses(release) };
  }

  async stop(): Promise<void> {
    await this.#next?.kill();
  }

  #replica(killAt?: KillPoint): ReplicaProcess {
    return ReplicaProcess.start<KilledSettings>(
      { ...this.#settings, ...(killAt && { killAt }) },
      require.resolve('./runKilled.ts'),
    );
  }

  async #add(release: string): Promise<string> {
    const { id: clusterId, name: cluster } = this.#settings.cluster;
    const id = ulid();
    await this.#store.add(
      {
        ...{ id, clusterId, cluster, release, namespace: NAMESPACE },
        ...{ kind: 'upgrade', baseRevision: 1, options: {}, digest: 'any' },
        ...{ requestHash: id, person: 'user:default/ann' },
        ...{ personUid: 'uid-of-ann', policy: '{}' },
      },
      {
        command: { kind: 'upgrade', namespace: NAMESPACE, release },
        chart: await aChart({
          'templates/first.yaml': anObject('v1', 'ConfigMap', release),
        }),
        values: JSON.stringify({ size: 2 }),
      },
    );
    return id;
  }

  async #statuses(release: string): Promise<string[]> {
    const history = JSON.parse(
      await this.#runner.direct('history', release, '--output=json'),
    );
    return history.map(({ status }: { status: string }) => status);
  }
}
