/* eslint-disable jest/no-export -- cases of one test file, by subject */
import {
  createMockDirectory,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import createKnex, { Knex } from 'knex';
import { OperationsOnCluster } from '../OperationsOnCluster';
import { KilledUpgrades } from './KilledUpgrades';

/** How often a replica is killed on each database. */
const KILLS = Number(process.env.BERTH_HELM_KILLS ?? 1);
/** All points at which a replica is killed, in turn. */
const KILL_POINTS = [
  {
    write: 2,
    when: 'after',
    state: 'Interrupted',
    statuses: ['deployed', 'failed'],
  },
  {
    write: 3,
    when: 'after',
    state: 'Interrupted',
    statuses: ['superseded', 'failed'],
  },
  { write: 1, when: 'before', state: 'Interrupted', statuses: ['deployed'] },
  {
    write: 1,
    when: 'after',
    state: 'Interrupted',
    statuses: ['deployed', 'failed'],
  },
  {
    write: 2,
    when: 'before',
    state: 'Interrupted',
    statuses: ['deployed', 'failed'],
  },
  {
    write: 3,
    when: 'before',
    state: 'Interrupted',
    statuses: ['deployed', 'failed'],
  },
  {
    write: 4,
    when: 'before',
    state: 'Interrupted',
    statuses: ['superseded', 'failed'],
  },
  {
    write: 4,
    when: 'after',
    state: 'Succeeded',
    statuses: ['superseded', 'deployed'],
  },
] as const;
const KILL_MS = 60_000;

/** Kills the processes of replicas that work on upgrades by the real helm. */
export function describeKills(
  on: OperationsOnCluster,
  databases: TestDatabases,
  databaseId: TestDatabaseId,
): void {
  const folder = createMockDirectory();
  let knex: Knex;

  /** Other processes cannot open the database of Backstage's test utilities that is in memory. */
  beforeAll(async () => {
    knex =
      databaseId === 'SQLITE_3'
        ? createKnex({
            client: 'better-sqlite3',
            connection: { filename: folder.resolve('portal.sqlite') },
            useNullAsDefault: true,
          })
        : await databases.init(databaseId);
  });

  afterAll(() => knex?.destroy());

  it(
    'H19 leaves nothing pending after the process of a replica got SIGKILL at any write of helm',
    async () => {
      const upgrades = await KilledUpgrades.start(on.cluster, knex);
      const first = databaseId === 'SQLITE_3' ? 0 : 1;
      const pointOf = (run: number) =>
        KILL_POINTS[(first + run) % KILL_POINTS.length];
      try {
        for (let run = 0; run < KILLS; run++) {
          const { state, statuses } = pointOf(run);
          const { operation, ...found } = await upgrades.upgrade(
            `killed-${run}`,
            pointOf(run),
            pointOf(run + 1),
          );
          expect({ run, state: operation.state, ...found }).toEqual({
            ...{ run, state, statuses },
          });
          await on.cluster.direct('uninstall', `killed-${run}`);
        }
      } finally {
        await upgrades.stop();
      }
    },
    KILLS * KILL_MS,
  );
}
