import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { getProxyForUrl } from 'proxy-from-env';
import { Problem } from '../Problem';
import { connectionProblem } from './connectionProblem';
import { isLoopback } from './portalAddress';

const CONNECT_MS = 5_000;

/**
 * Opens a connection to the host of a URL, through the proxy that `HTTPS_PROXY` and `NO_PROXY` name. The
 * certificate of the host is always verified, whatever `NODE_TLS_REJECT_UNAUTHORIZED` is.
 */
export async function connect(
  url: URL,
  ca: string[],
  withinMs: number,
): Promise<Duplex> {
  const proxy = proxyFor(url);
  const { signal, done } = deadline(Math.min(withinMs, CONNECT_MS));
  let socket: Duplex | undefined;
  try {
    socket = proxy
      ? await tunnel(url, proxy, ca, signal)
      : await opened(net.connect({ ...target(url) }), 'connect', signal);
    if (url.protocol === 'https:') {
      socket = await secured(socket, url, ca, signal);
    }
    return socket;
  } catch (error) {
    socket?.destroy();
    throw error instanceof Problem
      ? error
      : connectionProblem(signal.aborted ? timedOut() : error, url, proxy);
  } finally {
    done();
  }
}

function proxyFor(url: URL): URL | undefined {
  const address = isLoopback(url) ? '' : getProxyForUrl(url);
  if (!address) {
    return undefined;
  }
  const proxy = URL.canParse(address) ? new URL(address) : undefined;
  if (!proxy || !/^https?:$/.test(proxy.protocol)) {
    throw new Problem(
      `The proxy for ${url.host} must be an HTTP proxy (http:// or https://); kubectl-berth does not know SOCKS. See HTTPS_PROXY and ALL_PROXY.`,
    );
  }
  return proxy;
}

/** Asks a proxy for a tunnel by the method CONNECT. */
function tunnel(
  url: URL,
  proxy: URL,
  ca: string[],
  signal: AbortSignal,
): Promise<Duplex> {
  const { host, port } = target(url);
  const authority = `${net.isIPv6(host) ? `[${host}]` : host}:${port}`;
  const request = (proxy.protocol === 'https:' ? https : http).request({
    ...target(proxy),
    method: 'CONNECT',
    path: authority,
    agent: false,
    signal,
    headers: {
      host: authority,
      ...(proxy.username && { 'proxy-authorization': basic(proxy) }),
    },
    ...(proxy.protocol === 'https:' && { ca, rejectUnauthorized: true }),
  });
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', response => {
      response.destroy();
      reject(refusal(response, url, proxy));
    });
    request.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        resolve(socket);
      } else {
        socket.destroy();
        reject(refusal(response, url, proxy));
      }
    });
    request.end();
  });
}

function refusal({ statusCode }: http.IncomingMessage, url: URL, proxy: URL) {
  return new Problem(
    `Cannot reach ${url.host} through the proxy ${proxy.origin}: the proxy answered with status ${statusCode}.`,
  );
}

async function secured(
  socket: Duplex,
  url: URL,
  ca: string[],
  signal: AbortSignal,
): Promise<Duplex> {
  const { host } = target(url);
  const secure = tls.connect({
    socket: socket as net.Socket,
    ca,
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
    ...(net.isIP(host) === 0 && { servername: host }),
    host,
  });
  // The names of an untrusted certificate are gone when `error` is emitted.
  let issuer: string | undefined;
  secure.prependOnceListener('secure', () => {
    issuer = outermostIssuer(secure);
  });
  try {
    return await opened(secure, 'secureConnect', signal);
  } catch (error) {
    throw connectionProblem(
      signal.aborted ? timedOut() : error,
      url,
      undefined,
      issuer,
    );
  }
}

function outermostIssuer(socket: tls.TLSSocket): string | undefined {
  let certificate = socket.getPeerCertificate(true);
  for (let depth = 0; depth < 10; depth += 1) {
    const above = certificate?.issuerCertificate;
    if (!above || above === certificate) {
      break;
    }
    certificate = above;
  }
  const name = certificate?.issuer?.CN;
  return Array.isArray(name) ? name[0] : name;
}

function opened<T extends Duplex>(
  socket: T,
  event: string,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => socket.destroy(timedOut());
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', reject);
    socket.once(event, () => {
      signal.removeEventListener('abort', stop);
      socket.removeListener('error', reject);
      resolve(socket);
    });
  });
}

function deadline(milliseconds: number) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds);
  return { signal: controller.signal, done: () => clearTimeout(timer) };
}

function timedOut(): Error {
  return Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' });
}

function target(url: URL): { host: string; port: number } {
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
  };
}

function basic({ username, password }: URL): string {
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(
    password,
  )}`;
  return `Basic ${Buffer.from(text).toString('base64')}`;
}
