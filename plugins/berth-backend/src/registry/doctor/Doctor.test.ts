import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { CheckRun } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { migrate } from '../../database/migrate';
import { KubeClient } from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { ClusterStore } from '../../model/clusters';
import { DatabaseClusterStore } from '../DatabaseClusterStore';
import { DatabaseCheckRunStore } from './DatabaseCheckRunStore';
import { Doctor } from './Doctor';
import { dueChecks, runDueChecks } from './scheduledChecks';
import { Check } from './types';

jest.setTimeout(60_000);

function runOf(id: string, startedAt = '2026-11-21T12:00:00.000Z'): CheckRun {
  return {
    id,
    trigger: 'Request',
    startedAt,
    finishedAt: startedAt,
    items: [{ id: 'dns', title: 'Host name', status: 'Passed', message: 'm' }],
    totalItems: 1,
  };
}

const ulidOf = (number: number) => `01JD${String(number).padStart(22, '0')}`;

describe('Doctor and its runs', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  let caPem: string;

  beforeAll(async () => {
    caPem = (await TestAuthority.create('ca')).pem;
  });

  async function setUp(id: Parameters<typeof databases.init>[0]) {
    const knex: Knex = await databases.init(id);
    await migrate(knex);
    const clusters: ClusterStore = DatabaseClusterStore.create(knex);
    const create = (name: string) =>
      clusters.create({
        name,
        apiServer: `https://${name}.example.com`,
        caPem,
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      });
    const runs = DatabaseCheckRunStore.create(knex);
    const run = jest.fn<ReturnType<Check['run']>, Parameters<Check['run']>>();
    run.mockResolvedValue({ status: 'Passed', message: 'm' });
    const client = {} as KubeClient;
    const doctor = Doctor.create({
      checks: [{ id: 'one', title: 'One', run }],
      clients: { create: () => client, close: async () => {} },
      clusters,
      connect: () => client,
      runs,
    });
    return { clusters, create, doctor, knex, run, runs };
  }

  it.each(databases.eachSupportedId())(
    'keeps the last 30 runs of each cluster, the latest first (%p)',
    async id => {
      const { create, runs } = await setUp(id);
      const [one, other] = [await create('one'), await create('other')];
      await runs.add(other.id, runOf(ulidOf(0)));
      for (let number = 1; number <= 33; number += 1) {
        await runs.add(
          one.id,
          runOf(
            ulidOf(number),
            `2026-11-21T12:00:${String(number).padStart(2, '0')}.000Z`,
          ),
        );
      }
      const kept = await runs.list(one.id);
      expect(kept.map(run => run.id)).toEqual(
        Array.from({ length: 30 }, (_, index) => ulidOf(33 - index)),
      );
      expect(kept[0].items).toEqual(runOf('x').items);
      await expect(runs.list(other.id)).resolves.toHaveLength(1);
      await expect(runs.lastStarts()).resolves.toEqual(
        new Map([
          [one.id, '2026-11-21T12:00:33.000Z'],
          [other.id, '2026-11-21T12:00:00.000Z'],
        ]),
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'deletes the runs of a cluster with it, and ignores a later one (%p)',
    async id => {
      const { clusters, create, knex, runs } = await setUp(id);
      const one = await create('one');
      await runs.add(one.id, runOf(ulidOf(1)));
      await clusters.delete(one.id);
      await runs.add(one.id, runOf(ulidOf(2)));
      await expect(knex('check_runs')).resolves.toEqual([]);
    },
  );

  it('runs the checks and stores the results', async () => {
    const { create, doctor, runs } = await setUp('SQLITE_3');
    const { id } = await create('one');
    const run = await doctor.run(id, 'Request');
    expect(run).toMatchObject({
      trigger: 'Request',
      items: [{ id: 'one', title: 'One', status: 'Passed', message: 'm' }],
      totalItems: 1,
    });
    expect(run.startedAt <= run.finishedAt).toBe(true);
    await expect(runs.list(id)).resolves.toEqual([run]);
  });

  it('runs once at a time for each cluster', async () => {
    const { create, doctor, run } = await setUp('SQLITE_3');
    const { id } = await create('one');
    let atOnce = 0;
    let most = 0;
    run.mockImplementation(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise(resolve => {
        setTimeout(resolve, 20);
      });
      atOnce -= 1;
      return { status: 'Passed', message: 'm' };
    });
    const [first, ...later] = await Promise.all(
      Array.from({ length: 5 }, () => doctor.run(id, 'Request')),
    );
    expect(most).toBe(1);
    expect(run).toHaveBeenCalledTimes(2);
    expect(new Set(later.map(one => one.id)).size).toBe(1);
    expect(later[0].id).not.toBe(first.id);
  });

  it('reports that a cluster does not exist', async () => {
    const { doctor } = await setUp('SQLITE_3');
    await expect(doctor.run('nosuch', 'Request')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('stores nothing after it is stopped', async () => {
    const { create, doctor, run, runs } = await setUp('SQLITE_3');
    const { id } = await create('one');
    run.mockImplementation(() => new Promise(() => {}));
    const running = doctor.run(id, 'Request');
    const ended = running.catch((error: Error) => error.message);
    while (run.mock.calls.length === 0) {
      await new Promise(setImmediate);
    }
    await doctor.stop();
    await expect(ended).resolves.toBe('The doctor is stopped');
    await expect(runs.list(id)).resolves.toEqual([]);
  });

  it('runs the checks of new or changed clusters in each round, and of the others once a day', async () => {
    const { clusters, create, doctor, runs } = await setUp('SQLITE_3');
    const { id } = await create('one');
    const rounds = () =>
      runDueChecks({
        clusters,
        doctor,
        logger: mockServices.logger.mock(),
        runs,
      });
    const triggers = async () =>
      (await runs.list(id)).map(({ trigger }) => trigger);
    await rounds();
    await rounds();
    await expect(triggers()).resolves.toEqual(['Change']);
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
    await clusters.update(id, { title: 'One' });
    await rounds();
    await clusters.setStatus(id, { state: 'Connected' });
    await rounds();
    await expect(triggers()).resolves.toEqual(['Change', 'Change']);
  });

  it('continues with other clusters when one fails', async () => {
    const { clusters, create, doctor, run, runs } = await setUp('SQLITE_3');
    const [bad, good] = [await create('bad'), await create('good')];
    const logger = mockServices.logger.mock();
    jest.spyOn(runs, 'add').mockRejectedValueOnce(new Error('disk full'));
    await runDueChecks({ clusters, doctor, logger, runs });
    expect(run).toHaveBeenCalledTimes(2);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('disk full'),
    );
    const kept = [...(await runs.list(bad.id)), ...(await runs.list(good.id))];
    expect(kept).toHaveLength(1);
  });
});

describe('dueChecks', () => {
  const now = new Date('2026-11-21T12:00:00.000Z');
  const cluster = {
    id: 'a',
    updatedAt: '2026-11-01T00:00:00.000Z',
    status: {
      state: 'Unreachable',
      since: '2026-11-10T00:00:00.000Z',
    } as const,
  };

  it.each([
    [undefined, 'Change'],
    ['2026-10-31T23:59:59.999Z', 'Change'],
    ['2026-11-09T23:59:59.999Z', 'State'],
    ['2026-11-20T12:00:00.000Z', 'Schedule'],
    ['2026-11-20T12:00:00.001Z', undefined],
    ['2026-11-21T11:59:59.000Z', undefined],
  ])('last run at %s: %s', (last, trigger) => {
    const lastStarts = new Map(last ? [['a', last]] : []);
    expect(dueChecks([cluster], lastStarts, now)).toEqual(
      trigger ? [{ id: 'a', trigger }] : [],
    );
  });
});
