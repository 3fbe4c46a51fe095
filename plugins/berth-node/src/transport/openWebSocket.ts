import { IncomingMessage } from 'node:http';
import { buildConnector } from 'undici';
import { WebSocket } from 'ws';
import { classifyFailure } from './classifyFailure';
import { classifyResponse } from './classifyResponse';
import { KubeError } from './KubeError';
import { parseJson } from './readJson';
import { redact } from './redact';
import { KubeTarget } from './types';

const MAX_ERROR_BODY_BYTES = 64 * 1024;
/** The API server answers the upgrade once the container runtime has answered it. */
const HANDSHAKE_TIMEOUT = 30_000;
/** Kubernetes' own clients and servers write messages of 32 KiB. */
const MAX_MESSAGE_BYTES = 1024 * 1024;

/**
 * A request for a WebSocket to an API server.
 *
 * @public
 */
export interface KubeWebSocketRequest {
  /** The escaped path below the API server's address, with a leading slash. */
  path: string;
  query: URLSearchParams;
  /**
   * The subprotocols, the preferred one first. The server must choose one. Kubernetes also uses names with a slash,
   * which RFC 6455 does not allow; the open WebSocket does not have such a name as its `protocol`.
   */
  protocols: string[];
  /** All headers but those of the upgrade, `authorization` and `host`. */
  headers: Record<string, string>;
  /** Ends the attempt, not the open WebSocket. */
  signal: AbortSignal;
}

/**
 * Opens a WebSocket to an API server. The connection is made like every other: to the checked address, with the
 * registered CA, and without redirects. The WebSocket is paused, so that its reader misses nothing.
 *
 * @throws KubeError with the words of the API server if it refuses, or the reason of `request.signal`
 *
 * @public
 */
export function openWebSocket(options: {
  connect: buildConnector.connector;
  request: KubeWebSocketRequest;
  target: KubeTarget;
  token: string;
}): Promise<WebSocket> {
  const { connect, request, target, token } = options;
  const url = new URL(target.apiServer);
  const server = url.host;
  const path = `${url.pathname.replace(/\/+$/, '')}${request.path}`;
  const isStandard = !request.protocols.some(name => name.includes('/'));
  return new Promise((resolve, reject) => {
    const webSocket = new WebSocket(
      `wss://${url.host}${path}?${request.query}`,
      isStandard ? request.protocols : [],
      {
        createConnection: ((
          _: unknown,
          opened: (error: Error | null, socket?: unknown) => void,
        ) => {
          connect(
            {
              hostname: url.hostname.replace(/^\[|\]$/g, ''),
              host: url.host,
              protocol: url.protocol,
              port: url.port || '443',
            },
            (error, socket) => opened(error, socket ?? undefined),
          );
        }) as never,
        followRedirects: false,
        handshakeTimeout: HANDSHAKE_TIMEOUT,
        headers: {
          ...request.headers,
          ...(!isStandard && {
            'sec-websocket-protocol': request.protocols.join(', '),
          }),
          authorization: `Bearer ${token}`,
        },
        maxPayload: MAX_MESSAGE_BYTES,
        perMessageDeflate: false,
      },
    );
    const onAbort = () => webSocket.terminate();
    const fail = (error: unknown) => {
      request.signal.removeEventListener('abort', onAbort);
      reject(request.signal.aborted ? request.signal.reason : error);
    };
    request.signal.addEventListener('abort', onAbort, { once: true });
    if (!isStandard) {
      webSocket.once('upgrade', ({ headers }: IncomingMessage) => {
        const chosen = headers['sec-websocket-protocol'] ?? '';
        if (!request.protocols.includes(chosen)) {
          fail(new KubeError('Protocol', `${server} chose no subprotocol`));
          webSocket.terminate();
        }
        // `ws` refuses a subprotocol in the answer to a request that `ws` made without one.
        delete headers['sec-websocket-protocol'];
      });
    }
    webSocket.on('unexpected-response', (_, response) => {
      failureOf(response, server).then(fail, fail);
    });
    webSocket.on('error', error => fail(classify(error, server, token)));
    webSocket.once('open', () => {
      request.signal.removeEventListener('abort', onAbort);
      webSocket.pause();
      webSocket.removeAllListeners('error');
      // Each owner of an open WebSocket hears of its end by `close`.
      webSocket.on('error', () => {});
      resolve(webSocket);
    });
    if (request.signal.aborted) {
      onAbort();
    }
  });
}

function classify(error: unknown, server: string, token: string): KubeError {
  const { message } = error as Error;
  const failed =
    message === 'Opening handshake has timed out'
      ? new KubeError('Timeout', `${server} did not answer in time`)
      : classifyFailure(error, server);
  return new KubeError(failed.failure, redact(failed.message, [token]), failed);
}

/** Reads the refusal of an API server, which is a Status. */
async function failureOf(
  response: IncomingMessage,
  server: string,
): Promise<KubeError> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      size += chunk.length;
      if (size > MAX_ERROR_BODY_BYTES) {
        break;
      }
      chunks.push(chunk);
    }
  } catch {
    // The status is enough.
  } finally {
    response.destroy();
  }
  return classifyResponse(
    {
      status: response.statusCode ?? 0,
      retryAfter: response.headers['retry-after'],
      body: await parseJson(
        new Uint8Array(Buffer.concat(chunks)),
        server,
      ).catch(() => undefined),
    },
    server,
  );
}
