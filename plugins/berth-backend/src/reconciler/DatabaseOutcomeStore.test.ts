import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../database/migrate';
import { Outcome } from '../model/outcome';
import { DatabaseClusterStore } from '../registry';
import { DatabaseShareStore } from '../tenancy/DatabaseShareStore';
import { DatabaseTenancy } from '../tenancy/DatabaseTenancy';
import { DatabaseOutcomeStore } from './DatabaseOutcomeStore';
import { DatabaseLeaseStore } from './leases/DatabaseLeaseStore';
import { Subject } from './types';

const GROUP = 'group:default/team-a';

describe('DatabaseOutcomeStore', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  async function setUp(databaseId: TestDatabaseId) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const { id: clusterId } = await DatabaseClusterStore.create(knex).create({
      name: 'one',
      apiServer: 'https://k8s.example.com',
      caPem: 'the CA',
      connection: 'oidc',
      usernamePrefix: '',
      groupsPrefix: '',
    });
    await DatabaseShareStore.create(knex).replace(clusterId, [GROUP]);
    const tenancy = DatabaseTenancy.create(knex);
    for (const name of ['first', 'second']) {
      const key = { clusterId, name };
      await tenancy.namespaces.create(key);
      await tenancy.quotas.set(key, {
        hard: { pods: '1' },
        limits: [],
        priorityClasses: [],
      });
      await tenancy.grants.replace(
        key,
        [{ group: GROUP, role: 'view' }],
        'user:default/a',
      );
    }
    const leases = DatabaseLeaseStore.create(knex);
    await leases.join('us');
    const state = await leases.acquire(clusterId, 'us');
    const fencingToken = { clusterId, holder: 'us', token: state!.token };
    const grants = await tenancy.grants.list({ clusterId });
    const own = grants.filter(({ source }) => source === 'grant');
    const subjects: Subject[] = [
      { type: 'share', group: GROUP },
      ...['first', 'second'].flatMap((name): Subject[] => [
        { type: 'namespace', name },
        { type: 'quota', namespace: name },
      ]),
      ...own.map(({ id }): Subject => ({ type: 'grant', id })),
    ];
    const outcomes = DatabaseOutcomeStore.create(knex);
    return {
      subjects,
      note: (outcome: Outcome, some = subjects) =>
        outcomes.record(
          fencingToken,
          some.map(subject => ({ subject, outcome })),
        ),
      rows: async () => {
        const all = await Promise.all([
          tenancy.namespaces.listByCluster(clusterId),
          tenancy.quotas.list({ clusterId }),
          tenancy.grants.list({ clusterId }),
        ]);
        return all.flat().map(({ state: is, cause, message, since }) => ({
          summary: [is, cause, message].filter(Boolean).join(' '),
          since,
        }));
      },
    };
  }

  async function summaries(rows: () => Promise<{ summary: string }[]>) {
    return [...new Set((await rows()).map(one => one.summary))].sort();
  }

  it.each(databases.eachSupportedId())(
    'records all subjects, and changes `since` only with the state and cause, %p',
    async databaseId => {
      const { note, rows } = await setUp(databaseId);
      expect(await rows()).toHaveLength(8);
      await note({ state: 'Ready' });
      expect(await summaries(rows)).toEqual(['Ready']);
      const before = await rows();
      await note({ state: 'Ready' });
      expect(await rows()).toEqual(before);

      await note({ state: 'Failed', cause: 'Forbidden', message: 'one' });
      const failed = await rows();
      expect(await summaries(rows)).toEqual(['Failed Forbidden one']);
      await note({ state: 'Failed', cause: 'Forbidden', message: 'other' });
      expect(await summaries(rows)).toEqual(['Failed Forbidden other']);
      expect((await rows()).map(({ since }) => since)).toEqual(
        failed.map(({ since }) => since),
      );
      await note({ state: 'Ready' });
      expect(await summaries(rows)).toEqual(['Ready']);
    },
  );

  it.each(databases.eachSupportedId())(
    'records the outcome of each subject, and skips subjects that are gone, %p',
    async databaseId => {
      const { note, rows, subjects } = await setUp(databaseId);
      await note({ state: 'Ready' });
      const failed: Outcome = { state: 'Failed', cause: 'X', message: 'y' };
      await note(failed, [
        { type: 'namespace', name: 'first' },
        { type: 'namespace', name: 'gone' },
        { type: 'grant', id: 'gone' },
      ]);
      const all = (await rows()).map(one => one.summary);
      expect(all.filter(one => one === 'Failed X y')).toHaveLength(1);
      expect(all.filter(one => one === 'Ready')).toHaveLength(subjects.length);
    },
  );
});
