import { TerminalEndCause, TerminalShell } from '@berth/plugin-berth-common';

/** A container of a pod. */
export interface ContainerAddress {
  cluster: string;
  namespace: string;
  pod: string;
  container: string;
}

/** The subresources of a pod that open a connection to it. */
export type PodSubresource = 'exec' | 'attach' | 'portforward';

/** What a ticket opens. */
export interface TerminalOpening extends ContainerAddress {
  clusterId: string;
  shell: TerminalShell;
  userRef: string;
  /** The person's token for the portal. It is nowhere in clear but in memory. */
  portalToken: string;
  /** The end of the sign-in to the portal, at most an hour later. */
  endsAt: string;
}

/** Tickets that were not used. */
export interface TicketStore {
  add(ticket: {
    ticketHash: string;
    sealed: string;
    expiresAt: string;
  }): Promise<void>;
  /**
   * Removes a ticket. Of several calls with one ticket, one gets it, on any replica.
   *
   * @returns undefined for a ticket that is unknown, used or expired
   */
  take(ticketHash: string, at: string): Promise<string | undefined>;
  /** Deletes the expired tickets. */
  deleteExpired(at: string): Promise<number>;
}

/** Why a terminal ended, for people and the activity log. */
export interface TerminalEnd {
  cause: TerminalEndCause;
  message: string;
}
