import { TestDatabases } from '@backstage/backend-test-utils';
import { createHash, randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { migrate } from '../database/migrate';
import { DatabaseDeviceStore } from './DatabaseDeviceStore';
import { NewDevice } from './types';

jest.setTimeout(120_000);

const at = (seconds: number) =>
  new Date(Date.UTC(2026, 10, 29, 12) + seconds * 1000).toISOString();

const END = { at: at(200), why: 'user:default/ada ended it' };

function newDevice(more: Partial<NewDevice> = {}): NewDevice {
  return {
    id: ulid(),
    userRef: 'user:default/alice',
    userUid: 'uid-of-alice',
    name: 'laptop-x',
    system: 'linux',
    version: '0.1.0',
    publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
    thumbprint: randomBytes(32).toString('base64url'),
    policy: '{}',
    codeHash: createHash('sha256').update('code').digest('hex'),
    codeExpiresAt: at(120),
    createdAt: at(0),
    createdAddress: '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
    endsAt: at(3600),
    ...more,
  };
}

describe('the store of connected computers', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function setUp() {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      // Two replicas on one database.
      return {
        knex,
        one: DatabaseDeviceStore.create(knex),
        two: DatabaseDeviceStore.create(knex),
      };
    }

    const use = (device: NewDevice, time = at(1)) => ({
      codeHash: device.codeHash,
      at: time,
      address: '10.1.2.3',
    });

    it('keeps a device, and refuses its key for another one', async () => {
      const { one, two } = await setUp();
      const device = newDevice();
      await one.create(device);
      const { codeHash, thumbprint, ...kept } = device;
      expect(await two.get(device.id)).toEqual({ ...kept, state: 'Pending' });
      await expect(
        two.create(newDevice({ thumbprint, userRef: 'user:default/bob' })),
      ).rejects.toThrow('publicKey was used before');
      expect((await two.list({}, { limit: 1 })).totalItems).toBe(1);
    });

    it('lists devices page by page', async () => {
      const { one } = await setUp();
      const devices = Array.from({ length: 3 }, () => newDevice());
      for (const device of devices) {
        await one.create(device);
      }
      const ids = devices.map(({ id }) => id).sort();
      const first = await one.list({}, { limit: 2 });
      expect(first.totalItems).toBe(3);
      const second = await one.list({}, { limit: 2, position: first.next });
      expect(
        [...first.items, ...second.items].map(({ id }) => id).reverse(),
      ).toEqual(ids);
      expect(second.next).toBeUndefined();
    });

    it('S49 lets one of many activations with a code win', async () => {
      const { one, two } = await setUp();
      const device = newDevice();
      await one.create(device);
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 ? one : two).activate(device.id, use(device)),
        ),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await one.get(device.id)).toMatchObject({
        state: 'Active',
        lastUsedAt: at(1),
        lastAddress: '10.1.2.3',
      });
    });

    it('S49 activates nothing with a wrong, an old or the code of another device', async () => {
      const { one } = await setUp();
      const [device, other] = [newDevice(), newDevice({ codeHash: 'other' })];
      await one.create(device);
      await one.create(other);
      expect(await one.activate(device.id, use(other))).toBe(false);
      expect(await one.activate(ulid(), use(device))).toBe(false);
      expect(await one.activate(device.id, use(device, at(120)))).toBe(false);
      await one.end({ id: device.id }, END);
      expect(await one.activate(device.id, use(device))).toBe(false);
      expect(await one.activate(other.id, use(other, at(119)))).toBe(true);
    });

    it('S52 ends once, and says why', async () => {
      const { one, two } = await setUp();
      const device = newDevice();
      await one.create(device);
      await one.activate(device.id, use(device));
      const both = await Promise.all([
        one.end({ id: device.id }, END),
        two.end({ userRef: device.userRef }, { ...END, why: 'another' }),
      ]);
      expect(both.flat()).toHaveLength(1);
      expect(await one.get(device.id)).toMatchObject({
        state: 'Ended',
        endedAt: END.at,
      });
      const over = newDevice({ endsAt: at(100) });
      await one.create(over);
      expect(await one.end({ id: over.id }, END)).toEqual([]);
    });

    it('ends the longest unused beyond a number', async () => {
      const { one } = await setUp();
      const devices = [1, 2, 3].map(() => newDevice());
      for (const [index, device] of devices.entries()) {
        await one.create(device);
        await one.activate(device.id, use(device, at(index + 1)));
      }
      await one.recordUse(devices[0].id, { at: at(100) });
      const ended = await one.endLongestUnused('user:default/alice', 2, END);
      expect(ended.map(({ id }) => id)).toEqual([devices[1].id]);
      expect(await one.endLongestUnused('user:default/alice', 2, END)).toEqual(
        [],
      );
    });

    it('deletes what nobody activated after a while, and what ended long ago', async () => {
      const { one } = await setUp();
      const [pending, active, ended, over, fresh] = [
        newDevice(),
        newDevice(),
        newDevice(),
        newDevice({ endsAt: at(50) }),
        newDevice({ createdAt: at(1000) }),
      ];
      for (const device of [pending, active, ended, over, fresh]) {
        await one.create(device);
      }
      for (const device of [active, ended, over]) {
        await one.activate(device.id, use(device));
      }
      await one.end({ id: ended.id }, END);
      expect(await one.deleteOld({ pending: at(600), ended: at(60) })).toBe(2);
      expect(await one.deleteOld({ pending: at(600), ended: at(201) })).toBe(1);
      const { items } = await one.list({}, { limit: 9 });
      expect(items.map(({ id }) => id).sort()).toEqual(
        [active.id, fresh.id].sort(),
      );
    });
  });
});
