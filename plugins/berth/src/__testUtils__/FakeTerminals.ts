import {
  PodAddress,
  TERMINAL_TICKET_SECONDS,
  TerminalRequest,
  TerminalTicket,
} from '@berth/plugin-berth-common';
import { FakeKubectl } from './FakeKubectl';
import { responseError } from './responseError';

/** The part of `FakeBerthApi` that gives tickets for terminals. */
export class FakeTerminals extends FakeKubectl {
  /** The requests for tickets, the latest last. */
  readonly terminals: (PodAddress & TerminalRequest)[] = [];
  /** Why the next tickets are refused. */
  terminalRefusal?: string;
  /** The address of the WebSocket. */
  terminalUrl = 'ws://localhost/api/berth/terminal';

  async createTerminalTicket(
    address: PodAddress,
    request: TerminalRequest,
  ): Promise<TerminalTicket> {
    if (this.terminalRefusal !== undefined) {
      throw await responseError(403, this.terminalRefusal);
    }
    this.terminals.push({ ...address, ...request });
    const ticket = String(this.terminals.length).padStart(43, 't');
    return { ticket, expiresIn: TERMINAL_TICKET_SECONDS };
  }

  async getTerminalUrl(): Promise<string> {
    return this.terminalUrl;
  }
}
