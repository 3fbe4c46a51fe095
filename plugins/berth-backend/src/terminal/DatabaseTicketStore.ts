import { Knex } from 'knex';
import { TicketStore } from './types';

interface TicketRow {
  ticket_hash: string;
  sealed: string;
  expires_at: string;
}

/** Tickets in the table `terminal_tickets`. */
export class DatabaseTicketStore implements TicketStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseTicketStore {
    return new DatabaseTicketStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(ticket: Parameters<TicketStore['add']>[0]): Promise<void> {
    await this.#table().insert({
      ticket_hash: ticket.ticketHash,
      sealed: ticket.sealed,
      expires_at: ticket.expiresAt,
    });
  }

  async take(ticketHash: string, at: string): Promise<string | undefined> {
    const where = { ticket_hash: ticketHash };
    const found = await this.#table().where(where).first();
    // Of several who found the ticket, one deletes it.
    const taken = (await this.#table().where(where).delete()) === 1;
    return found && taken && found.expires_at > at ? found.sealed : undefined;
  }

  deleteExpired(at: string): Promise<number> {
    return this.#table().where('expires_at', '<=', at).delete();
  }

  #table() {
    return this.#knex<TicketRow>('terminal_tickets');
  }
}
