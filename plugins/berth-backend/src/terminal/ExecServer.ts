import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  isError,
  NotAllowedError,
} from '@backstage/errors';
import { Request } from 'express';
import { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Caller } from '../access/Callers';
import { isKubeError, KubeSockets } from '../kube';
import { refuseUpgrade } from '../upgrades/Upgrades';
import { EXEC_PROTOCOLS } from './channels';
import { ExecTunnel } from './ExecTunnel';
import { ExecUrl, readExecUrl } from './execUrl';
import { OpenTerminals } from './OpenTerminals';
import { TerminalAccess, TerminalEntry } from './TerminalAccess';

const USER_AGENT = 'berth-exec';
const LONGEST_MS = 60 * 60_000;
/** Messages of kubectl are at most 32 KiB. */
const MAX_MESSAGE = 1024 * 1024;

/** Identifies callers of the proxy by the token that the portal minted for kubectl. */
export interface ProxyCallerResolver {
  identify(
    request: Request,
    cluster: string,
  ): Promise<{
    kind: 'portal' | 'kubectl';
    userRef: string;
    /** @throws if kubectl may not call the cluster through the portal */
    enter(permission: 'write'): Promise<unknown>;
  }>;
}

export interface ExecServerOptions {
  access: TerminalAccess;
  auditorOf(userRef: string): AuditorService;
  /** Returns a person who signed in with kubectl, as the catalog and the recorded policy have the person. */
  callerOf(userRef: string): Promise<Caller>;
  callers: ProxyCallerResolver;
  logger: LoggerService;
  open: OpenTerminals;
  sockets: KubeSockets;
}

interface Asked {
  userRef: string;
  url: ExecUrl;
  entry: TerminalEntry;
}

const STATUSES: Record<string, string> = {
  AuthenticationError: '401 Unauthorized',
  InputError: '400 Bad Request',
  NotAllowedError: '403 Forbidden',
  NotFoundError: '404 Not Found',
  NotImplementedError: '501 Not Implemented',
};

/** Serves `kubectl exec` and `kubectl cp` through the proxy, for kubectl that speaks WebSockets: 1.31 and newer. */
export class ExecServer {
  readonly #options: ExecServerOptions;

  constructor(options: ExecServerOptions) {
    this.#options = options;
  }

  /** Answers a request to start a program. */
  async handle(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    socket.on('error', () => {});
    try {
      const asked = await this.#enter(request);
      if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
        throw new NotAllowedError(
          'The portal passes exec on over WebSockets only. Use kubectl 1.31 or newer. If kubectl is newer, the cluster did not start the program: the container may not run',
        );
      }
      await this.#connect(request, socket, head, asked);
    } catch (error) {
      this.#refuse(socket, error);
    }
  }

  async #enter(request: IncomingMessage): Promise<Asked> {
    const { callers } = this.#options;
    const url = readExecUrl(request.url ?? '');
    const person = await callers.identify(request as Request, url.cluster);
    if (person.kind !== 'kubectl') {
      throw new AuthenticationError(
        'Only kubectl starts programs here. Pages use the terminal',
      );
    }
    await person.enter('write');
    const { userRef } = person;
    return { userRef, url, entry: await this.#check(userRef, url) };
  }

  /** Asks everything again, but for the policy, which is that of the sign-in. */
  async #check(userRef: string, url: ExecUrl): Promise<TerminalEntry> {
    const { access, callerOf } = this.#options;
    return access.enter(await callerOf(userRef), url);
  }

  async #connect(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    { userRef, url, entry }: Asked,
  ): Promise<void> {
    const { auditorOf, logger, open, sockets } = this.#options;
    if (open.isFull(userRef)) {
      throw new NotAllowedError(open.tooMany);
    }
    const { cluster, namespace, pod, container, path, query } = url;
    const meta = {
      cluster,
      clusterId: entry.cluster.id,
      namespace,
      pod,
      ...(container !== undefined && { container }),
      via: 'kubectl',
    };
    const record = async (eventId: string, more = {}) =>
      auditorOf(userRef).createEvent({
        eventId,
        severityLevel: 'medium',
        meta: { ...meta, ...more },
      });
    const opened = await record('terminal-open');
    const gone = new AbortController();
    socket.once('close', () => gone.abort());
    try {
      const upstream = await sockets.connect(entry.cluster, entry.token, {
        path,
        query,
        protocols: offeredBy(request),
        headers: { 'user-agent': USER_AGENT },
        signal: gone.signal,
      });
      const server = new WebSocketServer({
        noServer: true,
        clientTracking: false,
        handleProtocols: () => upstream.protocol,
        maxPayload: MAX_MESSAGE,
        perMessageDeflate: false,
      });
      await opened.success();
      server.handleUpgrade(request, socket, head, client => {
        const tunnel = new ExecTunnel({
          client,
          upstream,
          check: async () => {
            const now = await this.#check(userRef, url);
            if (now.cluster.id !== entry.cluster.id) {
              throw new NotAllowedError(`${cluster} is another cluster now`);
            }
          },
          endsAt: new Date(Date.now() + LONGEST_MS),
        });
        const release = open.add(userRef, tunnel);
        tunnel
          .run()
          .finally(() => release?.())
          .then(async ({ end, ...counts }) => {
            const closed = await record('terminal-close', {
              cause: end.cause,
              ...counts,
            });
            await closed.success();
          })
          .catch(error => logger.error('An exec failed', error));
      });
    } catch (error) {
      await opened.fail({ error: error as Error });
      throw error;
    }
  }

  #refuse(socket: Duplex, error: unknown) {
    if (isKubeError(error)) {
      const forbidden = error.failure === 'Forbidden';
      refuseUpgrade(
        socket,
        forbidden ? '403 Forbidden' : '502 Bad Gateway',
        error.message,
      );
      return;
    }
    const status = isError(error) ? STATUSES[error.name] : undefined;
    if (status === undefined) {
      this.#options.logger.error('An exec was refused', error as Error);
    }
    refuseUpgrade(
      socket,
      status ?? '503 Service Unavailable',
      status ? (error as Error).message : 'Try again in a moment',
    );
  }
}

function offeredBy({ headers }: IncomingMessage): string[] {
  const offered = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map(protocol => protocol.trim());
  const known = EXEC_PROTOCOLS.filter(protocol => offered.includes(protocol));
  if (known.length === 0) {
    throw new NotAllowedError(
      `The subprotocol must be one of ${EXEC_PROTOCOLS.join(', ')}`,
    );
  }
  return known;
}
