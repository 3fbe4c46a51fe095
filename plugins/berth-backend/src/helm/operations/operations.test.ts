import { TestDatabases } from '@backstage/backend-test-utils';
import { setTimeout } from 'node:timers/promises';
import { OperationsUnderTest } from './__testUtils__/OperationsUnderTest';
import { WriteName } from './__testUtils__/SimulatedHelm';
import { ReadyPlaces } from './ReadyPlaces';

/** How often a replica is killed at each write. */
const KILLS = Number(process.env.BERTH_HELM_KILLS ?? 1);

jest.setTimeout(120_000);

describe('operations on releases', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %p', databaseId => {
    let portal: OperationsUnderTest;

    beforeEach(async () => {
      portal = await OperationsUnderTest.start(
        await databases.init(databaseId),
      );
      await portal.helm.seed({ name: 'web' });
    });

    afterEach(() => portal?.stop());

    /** A promise that a test resolves. */
    function gate() {
      let open = () => {};
      const opened = new Promise<void>(resolve => {
        open = resolve;
      });
      return { open, opened };
    }

    /** Lets helm wait at a write. */
    function holdAt(held: WriteName) {
      const reached = gate();
      const released = gate();
      portal.helm.afterWrite = async write => {
        if (write === held) {
          reached.open();
          await released.opened;
        }
      };
      return { reached: reached.opened, release: released.open };
    }

    const levels = ['Info', 'Change', 'Warning', 'Error', 'Output'] as const;
    const linesOf = async (id: string) =>
      (await portal.store.lines(id, { after: 0, limit: 100, levels })).map(
        ({ level, text }) => `${level}: ${text}`,
      );

    it('H13 encrypts values, the chart and the output of helm, and forgets values at the end', async () => {
      const { reached, release } = holdAt('apply');
      const id = (await portal.upgrade('web'))!;
      const queued = await portal.dump();
      portal.replica();
      await reached;
      const running = await portal.dump();
      release();
      expect(await portal.ended(id)).toMatchObject({
        state: 'Succeeded',
        revision: 2,
        message: 'web is at revision 2',
      });
      const ended = await portal.dump();
      for (const dump of [queued, running, ended]) {
        expect(dump).not.toMatch(/planted|cGxhbnRlZ/);
      }
      expect(queued).toMatch(/"sealed":"eyJ/);
      expect(ended).toMatch(/"sealed":null/);
      expect(await linesOf(id)).toEqual([
        'Info: helm begins: upgrade',
        'Change: create secrets/sh.helm.release.v1.web.v2',
        'Output: planted-output',
        'Change: patch secrets/config',
        'Change: update secrets/sh.helm.release.v1.web.v1',
        'Change: update secrets/sh.helm.release.v1.web.v2',
        'Info: web is at revision 2',
      ]);
      expect(portal.counted).toEqual(['upgrade: Succeeded']);
    });

    it('H14 runs one operation on a release at a time, over replicas', async () => {
      const replicas = [portal.replica(), portal.replica()];
      const asked = await Promise.all(
        Array.from({ length: 20 }, () => portal.upgrade('web')),
      );
      const accepted = asked.filter(id => id !== undefined);
      expect(accepted).toHaveLength(1);
      await portal.ended(accepted[0]!);
      expect(portal.helm.runs).toHaveLength(1);
      expect(await portal.helm.statuses('web')).toEqual([
        'superseded',
        'deployed',
      ]);
      // The release is free again, and the base of the next one is checked once more when it starts.
      const late = (await portal.upgrade('web'))!;
      expect(await portal.ended(late)).toMatchObject({
        state: 'Failed',
        message: expect.stringContaining('changed while the operation waited'),
      });
      expect(replicas).toHaveLength(2);
    });

    it('H14 starts no helm on a release that was installed again meanwhile', async () => {
      const id = (await portal.upgrade('web', {}, {}, 'former-uid/1'))!;
      portal.replica();
      expect(await portal.ended(id)).toMatchObject({
        state: 'Failed',
        message: expect.stringContaining('changed while the operation waited'),
      });
      expect(portal.helm.runs).toHaveLength(0);
    });

    describe('whose objects become ready later', () => {
      const late = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'late', namespace: 'shop' },
      };
      const LONG_MS = 60_000;
      const on = { namespace: 'shop', release: 'web', clusterId: '' };
      const ready = (timeoutMs = LONG_MS) => ({
        pausesMs: [50],
        places: new ReadyPlaces(2, 1),
        timeoutMs,
      });
      const waitingLine = async (id: string) => {
        while (!(await linesOf(id)).join().includes('ConfigMap late is not')) {
          await setTimeout(20);
        }
      };

      beforeEach(() => {
        on.clusterId = portal.clusterId;
        portal.helm.manifest = JSON.stringify(late);
      });

      it('waits for them without helm, while others run', async () => {
        portal.replica(1, ready());
        const id = (await portal.upgrade('web'))!;
        await waitingLine(id);
        expect(await portal.store.get(id)).toMatchObject({
          ...{ state: 'Observing', revision: 2 },
        });
        expect(await portal.store.holderOf(on)).toBeUndefined();
        // One operation at a time, and one wait of a person: the next one does not wait.
        const next = (await portal.install('next'))!;
        expect(await portal.ended(next)).toMatchObject({
          state: 'Succeeded',
          message: expect.stringContaining('those of many other operations'),
        });
        portal.put(late);
        expect(await portal.ended(id)).toMatchObject({
          state: 'Succeeded',
          revision: 2,
          message: 'web is at revision 2, and its objects are ready',
        });
        expect((await linesOf(id)).slice(-3)).toEqual([
          'Info: helm has ended. Berth waits for the objects',
          'Change: ConfigMap late is not ready: it is missing',
          'Info: web is at revision 2, and its objects are ready',
        ]);
      });

      it('ends the wait for a person, and when the portal stops', async () => {
        const { desk } = portal.replica(4, ready());
        const id = (await portal.upgrade('web'))!;
        await waitingLine(id);
        await desk.cancel(id, 'user:default/olga');
        expect(await portal.ended(id)).toMatchObject({
          state: 'Succeeded',
          message:
            'web is at revision 2. user:default/olga ended the wait for its objects',
        });
        const stopped = (await portal.upgrade('web', { baseRevision: 2 }))!;
        await waitingLine(stopped);
        await desk.stop();
        expect(await portal.ended(stopped)).toMatchObject({
          state: 'Succeeded',
          message: expect.stringContaining('The portal stopped before'),
        });
      });

      it('lets another operation change the release, and ends', async () => {
        portal.replica(4, ready());
        const id = (await portal.upgrade('web'))!;
        await waitingLine(id);
        const bob = { baseRevision: 2, person: 'user:default/bob' };
        const { reached, release } = holdAt('create');
        const next = (await portal.upgrade('web', bob))!;
        // The next one holds the release from its start.
        expect(await portal.upgrade('web', bob)).toBeUndefined();
        expect(await portal.store.holderOf(on)).toMatchObject({ id: next });
        await reached;
        expect(await portal.ended(id)).toMatchObject({
          state: 'Succeeded',
          message:
            'web is at revision 2. The release changed again before its objects were ready',
        });
        release();
        portal.put(late);
        expect(await portal.ended(next)).toMatchObject({ revision: 3 });
        expect(await portal.helm.statuses('web')).toEqual([
          ...['superseded', 'superseded', 'deployed'],
        ]);
      });

      it('waits on another replica if one is killed, which asks nobody what helm did, and no longer than it may', async () => {
        const first = portal.replica(4, ready());
        const id = (await portal.upgrade('web'))!;
        await waitingLine(id);
        first.kill();
        // The content of the revision could not be compared with this.
        await portal.spoil(id);
        portal.replica(4, ready(300));
        const { message, advice } = await portal.ended(id);
        expect(message).toMatch(/, but 1 object is not ready yet$/);
        expect(advice).toContain('roll back to revision 1');
        expect(portal.helm.runs).toHaveLength(1);
      });
    });

    it('uninstalls a pending release, which helm can do', async () => {
      await portal.helm.seed({ name: 'stuck', status: 'pending-install' });
      const id = (await portal.upgrade('stuck', { kind: 'uninstall' }))!;
      portal.replica();
      await portal.ended(id);
      expect(portal.helm.runs).toHaveLength(1);
    });

    it('ends an operation that cannot be decrypted, so that the release is free again', async () => {
      const id = (await portal.upgrade('web'))!;
      await portal.spoil(id);
      portal.replica();
      expect(await portal.ended(id)).toMatchObject({
        state: 'Failed',
        message: expect.stringContaining('cannot be decrypted'),
      });
      expect(portal.helm.runs).toHaveLength(0);
    });

    it('H14 starts each of many operations on one replica, two of a person at a time', async () => {
      const names = ['a', 'b', 'c', 'd'];
      await Promise.all(names.map(name => portal.helm.seed({ name })));
      let most = 0;
      let now = 0;
      portal.helm.afterWrite = async write => {
        now += write === 'create' ? 1 : 0;
        most = Math.max(most, now);
        now -= write === 'deploy' ? 1 : 0;
      };
      const ids = await Promise.all(names.map(name => portal.upgrade(name)));
      portal.replica();
      portal.replica();
      const ended = await Promise.all(ids.map(id => portal.ended(id!)));
      expect(ended.map(({ state }) => state)).toEqual(
        names.map(() => 'Succeeded'),
      );
      expect(portal.helm.runs).toHaveLength(names.length);
      expect(most).toBeLessThanOrEqual(2);
    });

    it('H14 keeps the bounds of the queue when many operations are added at the same time', async () => {
      const add = async (count: number, name: string) => {
        const asked = await Promise.allSettled(
          Array.from({ length: count }, (_, index) =>
            portal.upgrade(`${name}-${index}`, {
              person: `user:default/${name}`,
            }),
          ),
        );
        return asked.map(one =>
          one.status === 'fulfilled' ? one.value : one.reason.message,
        );
      };
      const answers = await add(20, 'ann');
      const refused = answers.filter(answer =>
        answer.startsWith('4 of your operations on releases wait'),
      );
      expect(refused).toHaveLength(16);
      await Promise.all(['bob', 'cleo', 'dora'].map(name => add(4, name)));
      expect(await portal.store.live()).toHaveLength(8);
      expect(await add(1, 'eve')).toEqual([
        expect.stringMatching(/^8 operations on releases wait/),
      ]);
    });

    it('H14 starts two operations of a person at a time, over replicas that claim at the same time', async () => {
      const ids = await Promise.all(
        ['a', 'b', 'c', 'd'].map(name => portal.upgrade(name)),
      );
      const claims = await Promise.all(
        ids.map(id => portal.store.claim(id!, id!)),
      );
      expect(claims.filter(claim => claim)).toHaveLength(2);
    });

    it('H14 ends helm before another replica takes over, also when the database does not answer', async () => {
      const { reached } = holdAt('apply');
      const times = { unsureMs: 1_500, silentMs: 2_500 };
      const first = portal.replica(4, undefined, times);
      const id = (await portal.upgrade('web'))!;
      await reached;
      portal.replica(4, undefined, times);
      const [run] = portal.helm.runs;
      expect(run.signal.aborted).toBe(false);
      first.hang();
      await portal.until(id, ({ fence }) => fence > 1);
      expect(run.signal.aborted).toBe(true);
      expect(await portal.ended(id)).toMatchObject({ state: 'Interrupted' });
      expect(portal.helm.runs).toHaveLength(1);
    });

    it('H14 queues an operation again whose claim is given back, or ends it if it was cancelled', async () => {
      const [id, cancelled] = [
        (await portal.upgrade('web'))!,
        (await portal.install('other'))!,
      ];
      const claim = (await portal.store.claim(id, 'slow'))!;
      await portal.store.giveBack(claim);
      expect(await portal.store.get(id)).toMatchObject({ state: 'Queued' });
      const second = (await portal.store.claim(cancelled, 'slow'))!;
      await portal.store.cancel(cancelled, 'user:default/olga');
      await portal.store.giveBack(second);
      expect(await portal.ended(cancelled)).toMatchObject({
        ...{ state: 'Cancelled', cancelledBy: 'user:default/olga' },
      });
      portal.replica();
      expect(await portal.ended(id)).toMatchObject({ state: 'Succeeded' });
      // Another one works on it, or it has ended.
      await portal.store.giveBack(claim);
      expect(await portal.ended(id)).toMatchObject({ state: 'Succeeded' });
    });

    it('H14 lets no write of a former replica through', async () => {
      const id = (await portal.upgrade('web'))!;
      const former = (await portal.store.claim(id, 'former'))!;
      expect(await portal.store.claim(id, 'other')).toBeUndefined();
      const seen = (await portal.store.get(id))!;
      const taken = (await portal.store.takeOver(seen, 'other'))!;
      expect(await portal.store.takeOver(seen, 'third')).toBeUndefined();
      const line = { level: 'Info', text: 'late', at: '' } as const;
      for (const write of [
        () => portal.store.beat(former),
        () => portal.store.work(former),
        () => portal.store.observe(former),
        () => portal.store.end(former, { state: 'Failed', message: '' }),
        () => portal.store.addLines(former, 1, [line]),
      ]) {
        await expect(write()).rejects.toThrow('Another replica works on');
      }
      await portal.store.beat(taken);
      await portal.store.end(taken, { state: 'Failed', message: 'done' });
      await expect(portal.store.observe(taken)).rejects.toThrow();
    });

    it('H15 a person who lost the right loses the operation at the next token', async () => {
      const { reached } = holdAt('apply');
      portal.replica();
      const id = (await portal.upgrade('web'))!;
      await reached;
      portal.person.holds = false;
      const [run] = portal.helm.runs;
      await expect(run.token(run.signal)).rejects.toThrow('no cluster');
      portal.helm.loseRight();
      expect(await portal.ended(id)).toMatchObject({
        state: 'Interrupted',
        message: expect.stringContaining('There is no cluster "prod"'),
        advice: expect.stringContaining('mark the revision as failed'),
      });
    });

    it.each([
      ['holds nothing', { holds: false }],
      ['was made again in the catalog', { uid: 'another-uid' }],
    ])('H15 starts no helm for a person who %s', async (_, person) => {
      const id = (await portal.upgrade('web'))!;
      Object.assign(portal.person, person);
      portal.replica();
      expect(await portal.ended(id)).toMatchObject({ state: 'Interrupted' });
      expect(portal.helm.runs).toHaveLength(0);
      expect(await portal.helm.statuses('web')).toEqual(['deployed']);
    });

    it.each([
      ['create', 'Interrupted', 'failed', /Roll back to revision 1/],
      ['apply', 'Interrupted', 'failed', /Roll back to revision 1/],
      ['supersede', 'Interrupted', 'failed', /Roll back to revision 1/],
      ['deploy', 'Succeeded', 'deployed', /^none$/],
    ])(
      'H19 after a replica is killed at the write "%s", another one ends the operation, and nothing stays pending',
      async (at, state, status, advice) => {
        for (let round = 0; round < KILLS; round++) {
          const release = `r${round}`;
          await portal.helm.seed({ name: release });
          const killed = portal.replica();
          const reached = gate();
          portal.helm.afterWrite = async write => {
            if (write === at) {
              killed.kill();
              reached.open();
              await new Promise(() => {});
            }
          };
          const id = (await portal.upgrade(release))!;
          await reached.opened;
          const rest = portal.replica();
          const ended = await portal.ended(id);
          expect(ended).toMatchObject({ state, revision: 2 });
          expect(ended.advice ?? 'none').toMatch(advice);
          expect((await portal.helm.statuses(release))[1]).toBe(status);
          expect(portal.helm.runs).toHaveLength(round + 1);
          await rest.desk.stop();
        }
      },
    );

    it.each([
      ['create', 'Interrupted', 'failed', 1],
      ['deploy', 'Succeeded', 'deployed', 1],
    ])(
      'H19 ends an installation whose replica is killed at the write "%s"',
      async (at, state, status, revision) => {
        const killed = portal.replica();
        const reached = gate();
        portal.helm.afterWrite = async write => {
          if (write === at) {
            killed.kill();
            reached.open();
            await new Promise(() => {});
          }
        };
        const id = (await portal.install('fresh'))!;
        await reached.opened;
        portal.replica();
        expect(await portal.ended(id)).toMatchObject({ state, revision });
        expect(await portal.helm.statuses('fresh')).toEqual([status]);
        expect(portal.helm.runs).toHaveLength(1);
      },
    );

    it('H14 installs nothing over a release that someone installed meanwhile', async () => {
      const id = (await portal.install('web'))!;
      expect(await portal.install('web')).toBeUndefined();
      portal.replica();
      expect(await portal.ended(id)).toMatchObject({
        state: 'Failed',
        message:
          'Someone installed web while the operation waited: revision 1 is deployed',
      });
      expect(portal.helm.runs).toHaveLength(0);
    });

    it('H19 leaves a pending revision alone that someone else made', async () => {
      const id = (await portal.upgrade('web'))!;
      const seen = (await portal.store.claim(id, 'killed'))!;
      expect(seen.fence).toBe(1);
      await portal.helm.seed({
        name: 'web',
        revision: 2,
        status: 'pending-upgrade',
        config: { other: 'values' },
      });
      portal.replica();
      expect(await portal.ended(id)).toMatchObject({
        state: 'Interrupted',
        advice: expect.stringContaining('made by someone else'),
      });
      expect(await portal.helm.statuses('web')).toEqual([
        'deployed',
        'pending-upgrade',
      ]);
    });

    it('H19 reads the release again until the cluster answers', async () => {
      portal.helm.afterWrite = async write => {
        portal.reachable = write !== 'deploy';
      };
      portal.replica();
      const id = (await portal.upgrade('web'))!;
      await portal.until(id, ({ state }) => state === 'Observing');
      portal.reachable = true;
      expect(await portal.ended(id)).toMatchObject({ state: 'Succeeded' });
    });

    it('H23 writes each run to the activity log, with its end', async () => {
      portal.replica();
      const done = (await portal.upgrade('web', {
        chart: { name: 'web', version: '1.4.2' },
      }))!;
      await portal.ended(done);
      portal.helm.fails = true;
      const failed = (await portal.upgrade('web', { baseRevision: 2 }))!;
      await portal.ended(failed);
      expect(portal.events).toMatchObject([
        {
          eventId: 'helm-upgrade',
          actor: 'user:default/alice',
          outcome: 'success',
          meta: {
            cluster: 'prod',
            namespace: 'shop',
            release: 'web',
            operation: done,
            chart: 'web 1.4.2',
            digest: 'a digest',
            baseRevision: 1,
            revision: 2,
            state: 'Succeeded',
            jtis: [],
          },
        },
        { outcome: 'fail', meta: { state: 'Failed', revision: 3 } },
      ]);
      expect(JSON.stringify(portal.events)).not.toContain('planted');
    });

    it('ends a run that a person cancels on another replica', async () => {
      const { reached } = holdAt('apply');
      portal.replica();
      const id = (await portal.upgrade('web'))!;
      await reached;
      expect(await portal.store.cancel(id, 'user:default/ada')).toBe(true);
      expect(await portal.ended(id)).toMatchObject({
        state: 'Cancelled',
        cancelledBy: 'user:default/ada',
        message: 'The upgrade of web was cancelled by user:default/ada',
      });
      expect(await portal.helm.statuses('web')).toEqual(['deployed', 'failed']);
      expect(await portal.store.cancel(id, 'user:default/ada')).toBe(false);
    });

    it('cancels a queued operation at once', async () => {
      const id = (await portal.upgrade('web'))!;
      expect(await portal.store.cancel(id, 'user:default/ada')).toBe(true);
      expect(await portal.ended(id)).toMatchObject({ state: 'Cancelled' });
      expect(await portal.dump()).toMatch(/"sealed":null/);
    });

    it('ends runs at shutdown, and leaves queued operations to other replicas', async () => {
      const { reached } = holdAt('create');
      await portal.helm.seed({ name: 'other' });
      const first = portal.replica(1);
      const running = (await portal.upgrade('web'))!;
      await reached;
      const queued = (await portal.upgrade('other'))!;
      await first.desk.stop();
      expect(await portal.store.get(running)).toMatchObject({
        state: 'Interrupted',
        message: 'The portal stopped during the upgrade of web',
      });
      expect(await portal.store.get(queued)).toMatchObject({ state: 'Queued' });
      portal.helm.afterWrite = async () => {};
      portal.replica();
      expect(await portal.ended(queued)).toMatchObject({ state: 'Succeeded' });
    });

    it('lists by place, page by page, and deletes old operations that ended', async () => {
      await Promise.all(
        ['a', 'b', 'c'].map(name => portal.upgrade(name, { namespace: name })),
      );
      const list = (filter: object, limit = 10) =>
        portal.store.list(
          { places: [{ clusterId: portal.clusterId }], ...filter },
          { limit },
        );
      expect((await list({}, 2)).items).toHaveLength(2);
      expect((await list({}, 2)).next).toBeDefined();
      const names = async (filter: object) =>
        (await list(filter)).items.map(({ release }) => release).sort();
      expect(await names({ places: [] })).toEqual([]);
      expect(
        await names({
          places: [{ clusterId: portal.clusterId, namespaces: ['a', 'b'] }],
          namespaces: ['b', 'c'],
        }),
      ).toEqual(['b']);
      expect(await names({ states: ['Running'] })).toEqual([]);
      const [{ id }] = (await list({ release: 'a' })).items;
      await portal.store.cancel(id, 'user:default/alice');
      const later = new Date(Date.now() + 1_000);
      expect(await portal.store.deleteBefore(new Date(0))).toBe(0);
      expect(await portal.store.deleteBefore(later)).toBe(1);
      expect(await names({})).toEqual(['b', 'c']);
    });
  });
});
