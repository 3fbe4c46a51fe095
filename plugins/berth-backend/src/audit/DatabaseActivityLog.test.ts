import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { ActivityEntry } from '@berth/plugin-berth-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { DatabaseActivityLog } from './DatabaseActivityLog';
import { Activity, ActivityCondition, ActivityEnd } from './types';

jest.setTimeout(60_000);

const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';

function activity(
  some: Partial<Activity & ActivityEnd> = {},
): Activity & ActivityEnd {
  return {
    actor: 'user:default/ada',
    event: 'cluster-share',
    outcome: 'Succeeded',
    ...some,
  };
}

/** Returns the latest entries. */
async function entriesOf(log: DatabaseActivityLog): Promise<ActivityEntry[]> {
  return (await log.list({}, { limit: 100 })).items;
}

describe('DatabaseActivityLog', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  afterEach(() => jest.useRealTimers());

  async function setUp(id: TestDatabaseId, uids: Record<string, string> = {}) {
    const knex: Knex = await databases.init(id);
    await migrate(knex);
    const log = DatabaseActivityLog.create(knex, {
      groupIdentities: async groups =>
        groups.map(group => ({ group, groupUid: uids[group] })),
    });
    const eventsOf = async (condition: ActivityCondition) =>
      (await log.list(condition, { limit: 100 })).items.map(
        ({ event }) => event,
      );
    return { knex, log, eventsOf };
  }

  describe.each(databases.eachSupportedId())('on %p', id => {
    it('records an activity from its start to its end', async () => {
      const { log } = await setUp(id);
      const begun = await log.begin({
        actor: 'user:default/ada',
        event: 'cluster-share',
        cluster: 'prod01',
        groups: [TEAM_A],
        meta: { from: 'here' },
      });
      const [started] = await entriesOf(log);
      expect(started).toEqual({
        id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        at: expect.any(String),
        actor: 'user:default/ada',
        event: 'cluster-share',
        outcome: 'Started',
        cluster: 'prod01',
        groups: [TEAM_A],
        meta: { from: 'here' },
      });
      await begun.end({
        outcome: 'Failed',
        error: 'It did not work',
        clusterId: 'C1',
        groups: [TEAM_A, TEAM_B],
        meta: { to: 'there' },
      });
      expect(await entriesOf(log)).toEqual([
        {
          ...started,
          outcome: 'Failed',
          error: 'It did not work',
          clusterId: 'C1',
          groups: [TEAM_A, TEAM_B],
          meta: { from: 'here', to: 'there' },
        },
      ]);
    });

    it('S46 stores no token and no PEM, in any field', async () => {
      const { knex, log } = await setUp(id);
      const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';
      const pem =
        '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----';
      const secrets = `${token} ${pem} ${btoa(pem)}`;
      await log.record(
        activity({
          actor: `user:default/${secrets}`,
          event: secrets,
          error: secrets,
          cluster: secrets,
          namespace: secrets,
          jti: secrets,
          meta: { [secrets]: [{ deep: secrets }] },
        }),
      );
      const row = JSON.stringify(await knex('activity'));
      expect(row).not.toMatch(/eyJ|BEGIN|MIIB|LS0t/);
      expect(row).toContain('[token]');
    });

    it('filters by all stored fields', async () => {
      const { log, eventsOf } = await setUp(id);
      await log.record(
        activity({
          event: 'one',
          actor: 'user:default/alice',
          clusterId: 'C1',
          cluster: 'prod01',
          namespace: 'team-a',
          jti: 'J1',
          groups: [TEAM_A],
        }),
      );
      await log.record(
        activity({
          event: 'two',
          clusterId: 'C2',
          cluster: 'staging',
          outcome: 'Failed',
          groups: [TEAM_A, TEAM_B],
        }),
      );
      await log.record(activity({ event: 'three' }));
      expect(await eventsOf({})).toEqual(['three', 'two', 'one']);
      expect(await eventsOf({ actor: 'user:default/alice' })).toEqual(['one']);
      expect(await eventsOf({ clusterId: 'C2' })).toEqual(['two']);
      expect(await eventsOf({ clusters: ['staging', 'prod01'] })).toEqual([
        'two',
        'one',
      ]);
      expect(await eventsOf({ namespace: 'team-a' })).toEqual(['one']);
      expect(await eventsOf({ jti: 'J1' })).toEqual(['one']);
      expect(await eventsOf({ outcome: 'Failed' })).toEqual(['two']);
      expect(await eventsOf({ events: ['one', 'three'] })).toEqual([
        'three',
        'one',
      ]);
      expect(await eventsOf({ groups: [TEAM_B] })).toEqual(['two']);
      expect(await eventsOf({ groups: [TEAM_A] })).toEqual(['two', 'one']);
      expect(await eventsOf({ actor: "' or 1=1 --" })).toEqual([]);
    });

    it('filters by time, from since until before until, and deletes old entries', async () => {
      const { knex, log, eventsOf } = await setUp(id);
      jest.useFakeTimers({
        doNotFake: ['setImmediate', 'setTimeout', 'nextTick', 'setInterval'],
      });
      for (const [event, time] of [
        ['one', '2026-01-01T00:00:00.000Z'],
        ['two', '2026-01-02T00:00:00.000Z'],
        ['three', '2026-01-02T00:00:00.001Z'],
      ]) {
        jest.setSystemTime(new Date(time));
        await log.record(activity({ event, groups: [TEAM_A] }));
      }
      const second = new Date('2026-01-02T00:00:00.000Z');
      expect(await eventsOf({ since: second })).toEqual(['three', 'two']);
      expect(await eventsOf({ until: second })).toEqual(['one']);

      expect(await log.deleteBefore(second)).toBe(1);
      expect(await eventsOf({})).toEqual(['three', 'two']);
      expect(await knex('activity_groups')).toHaveLength(2);
    });

    it('filters the entries of readers by their own groups only', async () => {
      const { log, eventsOf } = await setUp(id);
      const actor = 'user:default/mallory';
      const groups = [TEAM_A, TEAM_B];
      for (const outcome of ['Failed', 'Succeeded'] as const) {
        await log.record(activity({ event: outcome, actor, outcome, groups }));
      }
      await log.begin({ event: 'Started', actor, groups });
      const seen = (wanted?: string[], own: string[] = []) =>
        eventsOf({
          ...(wanted && { groups: wanted }),
          reader: { actor, groups: own.map(group => ({ group })) },
        });
      expect(await seen()).toHaveLength(3);
      expect(await seen([TEAM_A])).toEqual([]);
      expect(await seen([TEAM_A], [TEAM_B])).toEqual([]);
      expect(await seen([TEAM_A], [TEAM_A])).toHaveLength(3);
    });

    it('shows readers their own actions and the actions that touch their groups', async () => {
      const { log, eventsOf } = await setUp(id, { [TEAM_B]: 'uid-of-b' });
      const reader = 'user:default/alice';
      await log.record(activity({ event: 'own', actor: reader }));
      await log.record(activity({ event: 'a', groups: [TEAM_A] }));
      await log.record(activity({ event: 'b', groups: [TEAM_B] }));
      await log.record(activity({ event: 'ab', groups: [TEAM_A, TEAM_B] }));
      await log.record(activity({ event: 'none' }));
      const seenBy = (
        groups: { group: string; uid?: string }[],
        more: ActivityCondition = {},
      ) => eventsOf({ ...more, reader: { actor: reader, groups } });
      expect(await seenBy([])).toEqual(['own']);
      expect(await seenBy([{ group: TEAM_A }])).toEqual(['ab', 'a', 'own']);
      expect(await seenBy([{ group: TEAM_B, uid: 'uid-of-b' }])).toEqual([
        'ab',
        'b',
        'own',
      ]);
      expect(await seenBy([{ group: TEAM_A }], { groups: [TEAM_B] })).toEqual(
        [],
      );
    });

    it('S21 shows a group that was created again nothing of the former one', async () => {
      const { log, eventsOf } = await setUp(id, { [TEAM_A]: 'former' });
      await log.record(activity({ groups: [TEAM_A] }));
      const seenBy = (uid?: string) =>
        eventsOf({
          reader: { actor: 'user:x/y', groups: [{ group: TEAM_A, uid }] },
        });
      expect(await seenBy('former')).toHaveLength(1);
      expect(await seenBy('new')).toEqual([]);
      expect(await seenBy()).toEqual([]);
    });

    it('S21 shows a user who was created again nothing of the former one', async () => {
      const { log, eventsOf } = await setUp(id);
      const actor = 'user:default/alice';
      await log.record(
        activity({ event: 'former', actor, actorUid: 'former' }),
      );
      await log.record(activity({ event: 'unknown', actor }));
      const seenBy = (actorUid?: string) =>
        eventsOf({ reader: { actor, actorUid, groups: [] } });
      expect(await seenBy('former')).toEqual(['unknown', 'former']);
      expect(await seenBy('new')).toEqual(['unknown']);
      expect(await seenBy()).toEqual(['unknown']);
    });

    it('S21 shows the owner of a personal namespace what others did there, and no later user of the name', async () => {
      const { log } = await setUp(id);
      const user = 'user:default/alice';
      const owner = { user, uid: 'uid-1' };
      await log.record(activity({ event: 'theirs', owner, groups: [TEAM_A] }));
      const begun = await log.begin(activity({ event: 'late' }));
      await begun.end({ outcome: 'Succeeded', owner });
      await log.record(
        activity({
          event: 'other',
          owner: { ...owner, user: 'user:default/bob' },
        }),
      );
      // As entries had it that name no UID.
      await log.record(activity({ event: 'unknown', groups: [user] }));
      const seenBy = async (actorUid?: string, groups?: string[]) => {
        const { items } = await log.list(
          {
            ...(groups && { groups }),
            reader: { actor: user, actorUid, groups: [] },
          },
          { limit: 100 },
        );
        return items.map(({ event }) => event);
      };
      expect(await seenBy('uid-1')).toEqual(['late', 'theirs']);
      expect(await seenBy('uid-2')).toEqual([]);
      expect(await seenBy()).toEqual([]);
      // A search by a group does not reveal which entries touched the group.
      expect(await seenBy('uid-1', [TEAM_A])).toEqual([]);
    });

    it('pages back and forth without a gap or a duplicate', async () => {
      const { log } = await setUp(id);
      for (let index = 0; index < 7; index += 1) {
        await log.record(activity({ event: `e${index}` }));
      }
      const all = await entriesOf(log);
      expect(all.map(({ event }) => event)).toEqual(
        [6, 5, 4, 3, 2, 1, 0].map(index => `e${index}`),
      );
      const first = await log.list({}, { limit: 2 });
      const second = await log.list({}, { limit: 3, position: first.next });
      expect(second.items).toEqual(all.slice(2, 5));
      const last = await log.list({}, { limit: 3, position: second.next });
      expect(last.items).toEqual(all.slice(5));
      expect(last.next).toBeUndefined();
      const back = await log.list({}, { limit: 3, position: last.previous });
      expect(back.items).toEqual(second.items);
      const start = await log.list({}, { limit: 3, position: back.previous });
      expect(start.items).toEqual(first.items);
      expect(start.previous).toBeUndefined();
    });

    it('stores any input, cut to size', async () => {
      const { knex, log } = await setUp(id);
      const anything = fc.record({
        actor: fc.string({ unit: 'binary', maxLength: 400 }),
        event: fc.string({ unit: 'binary', maxLength: 100 }),
        error: fc.string({ unit: 'binary', maxLength: 10_000 }),
        cluster: fc.string({ unit: 'binary', maxLength: 300 }),
        namespace: fc.string({ unit: 'binary', maxLength: 300 }),
        jti: fc.string({ unit: 'binary', maxLength: 300 }),
        meta: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<any>),
      });
      await fc.assert(
        fc.asyncProperty(anything, async some => {
          await knex('activity').delete();
          await log.record(activity(some));
          const [entry] = await entriesOf(log);
          expect(entry.cluster!.length).toBeLessThanOrEqual(100);
          expect(JSON.stringify(entry.meta).length).toBeLessThan(6_000);
        }),
        { numRuns: fc.readConfigureGlobal().numRuns ?? 60 },
      );
    });
  });
});
