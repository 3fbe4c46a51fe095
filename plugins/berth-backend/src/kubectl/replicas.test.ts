import { TestDatabases } from '@backstage/backend-test-utils';
import { Laptop } from './__testUtils__/Laptop';
import { createWorld, ISSUER, startPortal } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

describe('two backends on one database', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'S49 S52 activate a code once, and know each other’s sign-ins and their ends on %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const world = createWorld();
      const one = await startPortal(knex, world);
      const two = await startPortal(knex, world);
      const prod = await one.addCluster('prod', 'team-a');
      const laptop = await Laptop.create(ISSUER);
      const { body } = await one.connect('alice', laptop);
      const statuses = await Promise.all(
        [one, two, one, two].map(
          async portal => (await portal.activate(laptop, body.code)).status,
        ),
      );
      expect(statuses.sort()).toEqual([200, 403, 403, 403]);
      expect((await two.mint(laptop, 'prod', prod)).status).toBe(201);
      const ended = await two
        .as('alice')
        .delete(`/kubectl/devices/${laptop.id}`);
      expect(ended.status).toBe(204);
      expect((await one.mint(laptop, 'prod', prod)).status).toBe(403);
      await Promise.all([one.stop(), two.stop()]);
    },
  );
});
