import {
  TERMINAL_TICKET_SECONDS,
  TerminalTicket,
} from '@berth/plugin-berth-common';
import { randomBytes } from 'node:crypto';
import { seal, ticketHash, unseal } from './seal';
import { TerminalOpening, TicketStore } from './types';

const BYTES = 32;
const TICKET = /^[A-Za-z0-9_-]{43}$/;

/** Gives tickets, each of which opens one terminal within half a minute, on any replica. */
export class Tickets {
  readonly #store: TicketStore;
  readonly #now: () => Date;

  constructor(store: TicketStore, now = () => new Date()) {
    this.#store = store;
    this.#now = now;
  }

  async give(opening: TerminalOpening): Promise<TerminalTicket> {
    const ticket = randomBytes(BYTES).toString('base64url');
    const expiresAt = this.#now().getTime() + TERMINAL_TICKET_SECONDS * 1000;
    await this.#store.add({
      ticketHash: ticketHash(ticket),
      sealed: await seal(opening, ticket),
      expiresAt: new Date(expiresAt).toISOString(),
    });
    return { ticket, expiresIn: TERMINAL_TICKET_SECONDS };
  }

  /** @returns undefined for a ticket that is unknown, used or expired: they look the same */
  async redeem(ticket: string): Promise<TerminalOpening | undefined> {
    if (!TICKET.test(ticket)) {
      return undefined;
    }
    const sealed = await this.#store.take(
      ticketHash(ticket),
      this.#now().toISOString(),
    );
    return sealed === undefined ? undefined : unseal(sealed, ticket);
  }
}
