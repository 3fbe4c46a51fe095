import {
  BerthApi,
  PodAddress,
  TERMINAL_PROTOCOL,
  TERMINAL_TICKET_PREFIX,
  TerminalEndCause,
  TerminalMessage,
  TerminalRequest,
} from '@berth/plugin-berth-common';

/** How long the portal's ingress may take until it passes the WebSocket on, in milliseconds. */
const UPGRADE_TIMEOUT = 5_000;
/** The bytes of one message: a pasted text can be longer than TERMINAL_MAX_MESSAGE, at which the portal ends the shell. */
const MAX_MESSAGE = 32 * 1024;

export type TerminalState =
  | { phase: 'connecting' }
  | { phase: 'open' }
  | {
      phase: 'ended';
      /**
       * `NoUpgrade`: the WebSocket did not come about; `Forbidden`: the content security policy of the page forbids it;
       * `Refused`: the portal gives no ticket.
       */
      cause: TerminalEndCause | 'NoUpgrade' | 'Forbidden' | 'Refused' | 'Lost';
      message?: string;
      error?: unknown;
    };

export interface TerminalConnectionOptions {
  api: Pick<BerthApi, 'createTerminalTicket' | 'getTerminalUrl'>;
  address: PodAddress;
  request: TerminalRequest;
  onState(state: TerminalState): void;
  onOutput(bytes: Uint8Array): void;
}

/**
 * The connection of a page to one shell: gets a ticket, and opens a WebSocket with it. A replica of the portal that
 * answers its first request for a WebSocket may not be ready for one, so a quick failure is tried once more.
 */
export class TerminalConnection {
  readonly #options: TerminalConnectionOptions;
  #socket?: WebSocket;
  #timer?: ReturnType<typeof setTimeout>;
  #size?: { columns: number; rows: number };
  #phase: TerminalState['phase'] = 'connecting';
  #forgetPolicy = () => {};

  constructor(options: TerminalConnectionOptions) {
    this.#options = options;
  }

  async open(tries = 2): Promise<void> {
    const { address, api, request } = this.#options;
    try {
      const { ticket } = await api.createTerminalTicket(address, request);
      const url = await api.getTerminalUrl();
      if (this.#phase === 'connecting') {
        this.#connect(url, ticket, tries);
      }
    } catch (error) {
      this.#set({ phase: 'ended', cause: 'Refused', error });
    }
  }

  type(text: string): void {
    if (this.#phase !== 'open') {
      return;
    }
    const bytes = new TextEncoder().encode(text);
    for (let start = 0; start < bytes.length; start += MAX_MESSAGE) {
      this.#socket?.send(bytes.subarray(start, start + MAX_MESSAGE));
    }
  }

  resize(columns: number, rows: number): void {
    this.#size = { columns, rows };
    this.#sendSize();
  }

  /** Ends the shell. Nothing is reported after it. */
  close(): void {
    this.#phase = 'ended';
    clearTimeout(this.#timer);
    this.#forgetPolicy();
    this.#socket?.close();
  }

  #connect(url: string, ticket: string, tries: number) {
    this.#watchPolicy(url);
    const socket = new WebSocket(url, [
      TERMINAL_PROTOCOL,
      `${TERMINAL_TICKET_PREFIX}${ticket}`,
    ]);
    let upgraded = false;
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    this.#timer = setTimeout(() => {
      this.#set({ phase: 'ended', cause: 'NoUpgrade' });
      socket.close();
    }, UPGRADE_TIMEOUT);
    socket.onopen = () => {
      upgraded = true;
      clearTimeout(this.#timer);
      this.#forgetPolicy();
    };
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => {
      clearTimeout(this.#timer);
      if (!upgraded && tries > 1 && this.#phase === 'connecting') {
        this.open(tries - 1);
        return;
      }
      this.#set({ phase: 'ended', cause: upgraded ? 'Lost' : 'NoUpgrade' });
    };
  }

  /**
   * Reports a WebSocket that the page may not open. Only this event has the reason.
   *
   * @see https://www.w3.org/TR/CSP3/#report-violation
   */
  #watchPolicy(url: string) {
    const { origin } = new URL(url);
    const onViolation = (event: SecurityPolicyViolationEvent) => {
      const { blockedURI, disposition } = event;
      if (disposition === 'enforce' && blockedURI.startsWith(origin)) {
        this.#set({ phase: 'ended', cause: 'Forbidden' });
      }
    };
    this.#forgetPolicy();
    document.addEventListener('securitypolicyviolation', onViolation);
    this.#forgetPolicy = () =>
      document.removeEventListener('securitypolicyviolation', onViolation);
  }

  #receive(data: string | ArrayBuffer) {
    if (typeof data !== 'string') {
      this.#options.onOutput(new Uint8Array(data));
      return;
    }
    const message: TerminalMessage = JSON.parse(data);
    if (message.type === 'open') {
      this.#set({ phase: 'open' });
      this.#sendSize();
    } else {
      const { cause, message: words } = message;
      this.#set({ phase: 'ended', cause, message: words });
    }
  }

  #sendSize() {
    if (this.#phase === 'open' && this.#size) {
      this.#socket?.send(JSON.stringify({ type: 'resize', ...this.#size }));
    }
  }

  /** The first end is the reason; what follows it says nothing. */
  #set(state: TerminalState) {
    if (this.#phase !== 'ended') {
      this.#phase = state.phase;
      if (state.phase === 'ended') {
        this.#forgetPolicy();
      }
      this.#options.onState(state);
    }
  }
}
