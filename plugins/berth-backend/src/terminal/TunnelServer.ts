import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  InputError,
  isError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Request } from 'express';
import { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { Caller } from '../access/Callers';
import { isKubeError, KubeSockets } from '../kube';
import { refuseUpgrade } from '../upgrades/Upgrades';
import { EXEC_PROTOCOLS, PORT_FORWARD_PROTOCOL } from './channels';
import { connectInTime } from './connectInTime';
import { Tunnel, TunnelOptions } from './Tunnel';
import { TunnelUrl, readTunnelUrl } from './tunnelUrl';
import { OpenTerminals } from './OpenTerminals';
import { TerminalAccess, TerminalEntry } from './TerminalAccess';
import { PodSubresource } from './types';

const USER_AGENT = 'berth-exec';
/** 16 bytes in base64. */
const WEBSOCKET_KEY = /^[A-Za-z0-9+/]{22}==$/;
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
    /** The computer that got the token by its sign-in. */
    device?: string;
    /** @throws if kubectl may not call the cluster through the portal */
    enter(permission: 'write'): Promise<unknown>;
  }>;
}

export interface TunnelServerOptions {
  access: TerminalAccess;
  auditorOf(userRef: string): AuditorService;
  /**
   * Returns a person who signed in with kubectl on a computer, as the catalog and the recorded policy have the person.
   *
   * @throws NotAllowedError if the sign-in is over
   */
  callerOf(userRef: string, device: string): Promise<Caller>;
  callers: ProxyCallerResolver;
  logger: LoggerService;
  open: OpenTerminals;
  sockets: KubeSockets;
}

interface Asked {
  userRef: string;
  url: TunnelUrl;
  entry: TerminalEntry;
  /** The computer whose sign-in the program ends with. */
  device: string;
}

const STATUSES: Record<string, string> = {
  AuthenticationError: '401 Unauthorized',
  InputError: '400 Bad Request',
  NotAllowedError: '403 Forbidden',
  NotFoundError: '404 Not Found',
  NotImplementedError: '501 Not Implemented',
  ServiceUnavailableError: '503 Service Unavailable',
};

/**
 * Serves `kubectl exec`, `cp`, `attach` and `port-forward` through the proxy, for kubectl that speaks WebSockets: 1.31
 * and newer.
 */
export class TunnelServer {
  readonly #options: TunnelServerOptions;

  constructor(options: TunnelServerOptions) {
    this.#options = options;
  }

  /** Answers a request to open a connection to a pod. */
  async handle(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    socket.on('error', () => {});
    try {
      const asked = await this.#enter(request);
      assertHandshake(request);
      await this.#connect(request, socket, head, asked);
    } catch (error) {
      this.#refuse(socket, error);
    }
  }

  async #enter(request: IncomingMessage): Promise<Asked> {
    const { callers } = this.#options;
    const url = readTunnelUrl(request.url ?? '');
    const person = await callers.identify(request as Request, url.cluster);
    if (person.kind !== 'kubectl') {
      throw new AuthenticationError(
        'Only kubectl opens connections to pods here. Pages use the terminal',
      );
    }
    const { device, userRef } = person;
    if (device === undefined) {
      // Its end could not end the connection.
      throw new NotAllowedError(
        'A connection to a pod needs a token of the sign-in with kubectl, and this one is of no computer. Run: kubectl berth setup',
      );
    }
    try {
      await person.enter('write');
      const entry = await this.#check({ userRef, device, url });
      return { userRef, device, url, entry };
    } catch (error) {
      throw await this.#recordRefusal({ userRef, url }, error);
    }
  }

  /** Asks everything again, but for the policy, which is that of the sign-in. */
  async #check({
    userRef,
    device,
    url,
  }: Omit<Asked, 'entry'>): Promise<TerminalEntry> {
    const { access, callerOf } = this.#options;
    const caller = await callerOf(userRef, device);
    return access.enter(caller, url, url.subresource);
  }

  async #connect(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    asked: Asked,
  ): Promise<void> {
    const { logger, open } = this.#options;
    const gone = new AbortController();
    let tunnel: Tunnel | undefined;
    // The place is taken before anything waits, so that parallel requests cannot pass the limit.
    const release = open.add(asked.userRef, {
      end: end => {
        tunnel?.end(end);
        gone.abort(new ServiceUnavailableError(end.message));
      },
    });
    if (!release) {
      throw await this.#recordRefusal(asked, new NotAllowedError(open.tooMany));
    }
    socket.once('close', () => gone.abort(left()));
    let upstream: WebSocket | undefined;
    try {
      const opened = await this.#record('terminal-open', asked);
      try {
        upstream = await this.#open(request, asked, gone.signal);
        gone.signal.throwIfAborted();
        await opened.success();
        gone.signal.throwIfAborted();
        tunnel = this.#upgrade(request, socket, head, asked, upstream);
      } catch (error) {
        upstream?.terminate();
        await opened.fail({ error: error as Error });
        throw error;
      }
    } catch (error) {
      release();
      throw error;
    }
    tunnel
      .run()
      .finally(release)
      .then(async ({ end, ...counts }) => {
        const more = { cause: end.cause, ...counts };
        const closed = await this.#record('terminal-close', asked, more);
        await closed.success();
      })
      .catch(error => logger.error('A connection to a pod failed', error));
  }

  /** Returns the error, once the activity log has it. */
  async #recordRefusal(
    asked: Pick<Asked, 'userRef' | 'url'>,
    error: unknown,
  ): Promise<unknown> {
    const refused = await this.#record('terminal-open', asked);
    await refused.fail({ error: error as Error });
    return error;
  }

  #record(
    eventId: string,
    { userRef, url, entry }: Omit<Asked, 'device' | 'entry'> & Partial<Asked>,
    more = {},
  ) {
    const { cluster, namespace, pod, container, subresource } = url;
    return this.#options.auditorOf(userRef).createEvent({
      eventId,
      severityLevel: 'medium',
      meta: {
        cluster,
        ...(entry && { clusterId: entry.cluster.id }),
        namespace,
        pod,
        ...(container !== undefined && { container }),
        via: 'kubectl',
        ...(subresource !== 'exec' && { subresource }),
        ...more,
      },
    });
  }

  #open(
    request: IncomingMessage,
    { entry, url: { path, query, subresource } }: Asked,
    signal: AbortSignal,
  ): Promise<WebSocket> {
    return connectInTime(this.#options.sockets, entry.cluster, entry.token, {
      path,
      query,
      protocols: offeredBy(request, subresource),
      headers: { 'user-agent': USER_AGENT },
      signal,
    });
  }

  /** @throws NotAllowedError if kubectl takes no WebSocket any more */
  #upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    asked: Asked,
    upstream: WebSocket,
  ): Tunnel {
    const { entry, url } = asked;
    const forwardsPort = url.subresource === 'portforward';
    const client = forwardsPort
      ? acceptPortForward(request, socket, head)
      : accept(request, socket, head, () => upstream.protocol);
    if (!client) {
      throw left();
    }
    return new Tunnel({
      client,
      upstream,
      check: async () => {
        const { cluster } = await this.#check(asked);
        if (cluster.id !== entry.cluster.id) {
          throw new NotAllowedError(`${url.cluster} is another cluster now`);
        }
      },
      endsAt: new Date(Date.now() + LONGEST_MS),
      hasChannels: !forwardsPort,
      input: inputOf(url),
    });
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
      this.#options.logger.error(
        'A connection to a pod was refused',
        error as Error,
      );
    }
    refuseUpgrade(
      socket,
      status ?? '503 Service Unavailable',
      status ? (error as Error).message : 'Try again in a moment',
    );
  }
}

/** Returns the WebSocket of kubectl, or undefined if kubectl takes none any more. */
function accept(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocol?: () => string,
  headers: string[] = [],
): WebSocket | undefined {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    handleProtocols: protocol,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
  });
  server.on('headers', written => written.push(...headers));
  let client: WebSocket | undefined;
  // The function is called at once, or never.
  server.handleUpgrade(request, socket, head, upgraded => {
    client = upgraded;
  });
  return client;
}

/** `ws` refuses the name of the protocol, because of its slash. */
function acceptPortForward(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): WebSocket | undefined {
  delete request.headers['sec-websocket-protocol'];
  return accept(request, socket, head, undefined, [
    `Sec-WebSocket-Protocol: ${PORT_FORWARD_PROTOCOL}`,
  ]);
}

function left(): NotAllowedError {
  return new NotAllowedError('kubectl ended before the connection was open');
}

/** Checks what would fail the WebSocket of kubectl, before anything starts on the cluster. */
function assertHandshake({ method, headers }: IncomingMessage): void {
  if (headers.upgrade?.toLowerCase() !== 'websocket') {
    throw new NotAllowedError(
      'The portal passes exec, attach and port-forward on over WebSockets only. Use kubectl 1.31 or newer. If kubectl is newer, the cluster did not open the connection: the container may not run',
    );
  }
  if (
    method !== 'GET' ||
    !WEBSOCKET_KEY.test(headers['sec-websocket-key'] ?? '') ||
    headers['sec-websocket-version'] !== '13'
  ) {
    throw new InputError(
      'A WebSocket begins with GET, a Sec-WebSocket-Key of 16 bytes in base64 and Sec-WebSocket-Version 13',
    );
  }
}

function offeredBy(
  { headers }: IncomingMessage,
  subresource: PodSubresource,
): string[] {
  const accepted =
    subresource === 'portforward' ? [PORT_FORWARD_PROTOCOL] : EXEC_PROTOCOLS;
  const offered = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map(protocol => protocol.trim());
  const known = accepted.filter(protocol => offered.includes(protocol));
  if (known.length === 0) {
    throw new NotAllowedError(
      `The subprotocol must be ${accepted.join(' or ')}`,
    );
  }
  return known;
}

/** exec starts a program, which ends with its input. What attach reaches runs without the person. */
function inputOf({ subresource, query }: TunnelUrl): TunnelOptions['input'] {
  if (subresource !== 'exec') {
    return 'unowned';
  }
  return query.get('tty') === 'true' ? 'terminal' : 'channel';
}
