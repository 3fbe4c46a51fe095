import { TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../database/migrate';
import { DatabaseTicketStore } from './DatabaseTicketStore';
import { Tickets } from './Tickets';
import { TerminalOpening } from './types';

jest.setTimeout(60_000);

const OPENING: TerminalOpening = {
  cluster: 'prod',
  clusterId: '01KB',
  namespace: 'shop',
  pod: 'web',
  container: 'main',
  shell: 'auto',
  userRef: 'user:default/alice',
  portalToken: 'the-token-of-alice',
  endsAt: '2026-01-01T10:00:00.000Z',
};

describe('Tickets', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'S60 open one terminal each, on any replica, within 30 seconds, and are not in the database, on %p',
    async id => {
      const knex = await databases.init(id);
      await migrate(knex);
      let now = new Date('2026-01-01T09:00:00.000Z');
      const replica = () =>
        new Tickets(DatabaseTicketStore.create(knex), () => now);
      const one = replica();
      const two = replica();

      const { ticket, expiresIn } = await one.give(OPENING);
      expect(expiresIn).toBe(30);
      const kept = JSON.stringify(await knex('terminal_tickets'));
      expect(kept).not.toContain(ticket);
      expect(kept).not.toMatch(/alice|shop|prod/);

      const answers = await Promise.all(
        [one, two, one, two].map(tickets => tickets.redeem(ticket)),
      );
      expect(answers.filter(Boolean)).toEqual([OPENING]);
      expect(await two.redeem(ticket)).toBeUndefined();
      expect(await knex('terminal_tickets')).toEqual([]);

      const late = await one.give(OPENING);
      now = new Date(now.getTime() + 30_000);
      expect(await two.redeem(late.ticket)).toBeUndefined();

      await one.give(OPENING);
      const store = DatabaseTicketStore.create(knex);
      expect(await store.deleteExpired(now.toISOString())).toBe(0);
      now = new Date(now.getTime() + 30_000);
      expect(await store.deleteExpired(now.toISOString())).toBe(1);
    },
  );
});
