import type { TerminalRequest, TerminalTicket } from '../api/terminal';

/**
 * Identifies a pod.
 *
 * @public
 */
export interface PodAddress {
  /** The name of the cluster. */
  cluster: string;
  namespace: string;
  pod: string;
}

/**
 * The part of the API for terminals in containers.
 *
 * @public
 */
export interface TerminalApi {
  /** Creates a ticket, which opens one terminal within 30 seconds. */
  createTerminalTicket(
    address: PodAddress,
    request: TerminalRequest,
  ): Promise<TerminalTicket>;
  /** Returns the address of the WebSocket of terminals, such as `wss://portal.example.com/api/berth/terminal`. */
  getTerminalUrl(): Promise<string>;
}
