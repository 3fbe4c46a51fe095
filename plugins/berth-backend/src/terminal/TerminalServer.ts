import {
  AuditorService,
  AuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  TERMINAL_MAX_MESSAGE,
  TERMINAL_PROTOCOL,
} from '@berth/plugin-berth-common';
import { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { Caller } from '../access/Callers';
import { KubeSockets } from '../kube';
import { PersonResolver } from '../model/people';
import { refuseUpgrade } from '../upgrades/Upgrades';
import { EXEC_PROTOCOLS, execRequest } from './channels';
import { connectInTime } from './connectInTime';
import { Origins, readHandshake } from './handshake';
import { OpenTerminals } from './OpenTerminals';
import { TerminalAccess } from './TerminalAccess';
import { TerminalSummary } from './Connection';
import { TerminalSession } from './TerminalSession';
import { Tickets } from './Tickets';
import { TerminalOpening } from './types';

const USER_AGENT = 'berth-terminal';

export interface TerminalServerOptions {
  access: TerminalAccess;
  /** Returns an auditor for a person whose WebSocket has no credentials of the portal. */
  auditorOf(userRef: string): AuditorService;
  auth: Pick<AuthService, 'authenticate' | 'isPrincipal'>;
  logger: LoggerService;
  open: OpenTerminals;
  origins: Origins;
  people: PersonResolver;
  sockets: KubeSockets;
  tickets: Tickets;
}

/** Opens terminals for tickets, over WebSockets of pages of the portal. */
export class TerminalServer {
  readonly #options: TerminalServerOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: TERMINAL_MAX_MESSAGE,
    perMessageDeflate: false,
    // The ticket is never sent back.
    handleProtocols: () => TERMINAL_PROTOCOL,
  });

  constructor(options: TerminalServerOptions) {
    this.#options = options;
  }

  /** Answers a request for a WebSocket: with the terminal of its ticket, or a refusal. */
  async handle(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    const { logger, origins, tickets } = this.#options;
    socket.on('error', () => {});
    try {
      const asked = readHandshake(request.headers, origins);
      if ('status' in asked) {
        refuseUpgrade(socket, asked.status, asked.message);
        return;
      }
      const opening = await tickets.redeem(asked.ticket);
      if (!opening) {
        refuseUpgrade(
          socket,
          '401 Unauthorized',
          'The ticket is not valid: it opens one terminal within 30 seconds',
        );
        return;
      }
      this.#server.handleUpgrade(request, socket, head, browser => {
        this.#run(browser, opening).catch(error =>
          logger.error('A terminal failed', error as Error),
        );
      });
    } catch (error) {
      logger.error('A terminal could not be opened', error as Error);
      refuseUpgrade(
        socket,
        '503 Service Unavailable',
        'The portal could not open the terminal; try again in a moment',
      );
    }
  }

  async #run(browser: WebSocket, opening: TerminalOpening): Promise<void> {
    const { open, sockets } = this.#options;
    const session = new TerminalSession({
      browser,
      check: async () => {
        await this.#enter(opening);
      },
      connect: async signal => {
        const { cluster, token } = await this.#enter(opening);
        return connectInTime(sockets, cluster, token, {
          ...execRequest(opening, opening.shell),
          headers: { 'user-agent': USER_AGENT },
          protocols: EXEC_PROTOCOLS,
          signal,
        });
      },
      endsAt: new Date(opening.endsAt),
      shell: opening.shell,
    });
    const release = open.add(opening.userRef, session);
    const running = session.run();
    if (!release) {
      session.end({ cause: 'Failed', message: open.tooMany });
    }
    const summary = await running.finally(() => release?.());
    await this.#record(opening, summary);
  }

  /** Asks everything again: with new credentials, the policy is asked again, too. */
  async #enter(opening: TerminalOpening) {
    const { access, auth, people } = this.#options;
    const credentials = await auth.authenticate(opening.portalToken);
    if (!auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError('Only people open terminals');
    }
    const caller: Caller = {
      credentials,
      person: await people.resolve(credentials),
    };
    const entry = await access.enter(caller, opening);
    if (entry.cluster.id !== opening.clusterId) {
      throw new NotAllowedError(
        `${opening.cluster} is another cluster now than the one of this terminal`,
      );
    }
    return entry;
  }

  async #record(
    { userRef, ...opening }: TerminalOpening,
    { end, ...counts }: TerminalSummary,
  ): Promise<void> {
    const { cluster, clusterId, namespace, pod, container, shell } = opening;
    const event = await this.#options.auditorOf(userRef).createEvent({
      eventId: 'terminal-close',
      severityLevel: 'medium',
      meta: {
        cluster,
        clusterId,
        namespace,
        pod,
        container,
        shell,
        cause: end.cause,
        ...counts,
      },
    });
    await event.success();
  }
}
