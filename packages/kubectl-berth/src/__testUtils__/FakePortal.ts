import { randomBytes } from 'node:crypto';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, Socket } from 'node:net';
import { compactVerify, importJWK, JWTPayload } from 'jose';

interface FakeDevice {
  x: string;
  y: string;
  code?: string;
}

/** Answers in place of the portal; returns true where it has. */
export type Misbehaviour = (response: ServerResponse) => void;

/** A portal that verifies the assertions of devices as Berth does. */
export class FakePortal {
  readonly devices = new Map<string, FakeDevice>();
  /** The routes that were called, such as `credential`. */
  readonly calls: string[] = [];
  clusters: object[] = [];
  /** The token of a person who is signed in to the portal. */
  userToken = 'a.user.token';
  /** The id of every cluster, for that person. */
  clusterId?: string;
  /** Milliseconds that the clock of the portal is ahead of this computer's. */
  clockOffset = 0;
  /** An error in place of every answer of a device's route. */
  error?: { status: number; error: object; headers?: Record<string, string> };
  misbehaviour?: Misbehaviour;
  /** Milliseconds until a token is there. */
  delay = 0;
  /** Files below `/api/berth/kubectl/cli`. */
  files: Record<string, string | Buffer> = {};
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(tls?: { key: string; cert: string }) {
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch(error => {
        response.statusCode = 500;
        response.end(`${error}`);
      });
    };
    this.#server = tls ? createTlsServer(tls, handle) : createServer(handle);
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(tls?: { key: string; cert: string }): Promise<FakePortal> {
    const portal = new FakePortal(tls);
    await new Promise<void>(resolve => {
      portal.#server.listen(0, '127.0.0.1', resolve);
    });
    return portal;
  }

  async stop(): Promise<void> {
    this.#sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    const scheme = 'cert' in this.#server ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${this.port}`;
  }

  /** Confirms the key of a link, as a person does on the page *Connect kubectl*. */
  confirm(link: URL): { id: string; code: string } {
    const [x, y] = (link.searchParams.get('key') ?? '').split('.');
    const id = ulid();
    const code = randomBytes(32).toString('base64url');
    this.devices.set(id, { x, y, code });
    return { id, code };
  }

  mints(): number {
    return this.calls.filter(call => call === 'credential').length;
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const route = request.url?.replace('/api/berth/kubectl/', '') ?? '';
    const file = this.files[route.replace(/^cli\//, '')];
    if (file !== undefined) {
      response.end(file);
      return;
    }
    if (this.misbehaviour) {
      this.calls.push(route.replace('session/', ''));
      this.misbehaviour(response);
      return;
    }
    if (route === 'cli/portal.json') {
      send(response, 200, {
        app: this.address,
        api: `${this.address}/api/berth`,
        issuer: `${this.address}/api/oidc`,
        time: new Date(this.#now()).toISOString(),
      });
      return;
    }
    const [, cluster] =
      /^\/api\/berth\/clusters\/([a-z0-9]+)\/token$/.exec(route) ?? [];
    if (cluster !== undefined) {
      this.calls.push(`token of ${cluster}`);
      this.#createToken(request, response);
      return;
    }
    const act = route.replace('session/', '');
    this.calls.push(act);
    const { assertion } = JSON.parse(await readText(request));
    const { status, error, claims, id } = await this.#verify(assertion, act);
    if (error) {
      send(response, status, { error });
    } else if (this.error) {
      const { headers, ...answer } = this.error;
      send(response, answer.status, { error: answer.error }, headers);
    } else {
      await new Promise(resolve => {
        setTimeout(resolve, this.delay);
      });
      this.#serve(response, act, id, claims);
    }
  }

  /** The plain route, for a person with a token for the portal. */
  #createToken(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.authorization !== `Bearer ${this.userToken}`) {
      send(response, 401, {
        error: { name: 'AuthenticationError', message: 'Wrong token' },
      });
      return;
    }
    send(response, 201, this.#token(this.clusterId));
  }

  #token(clusterId: unknown): object {
    return {
      token: `header.${Buffer.from(
        JSON.stringify({ jti: `jti-${this.mints()}`, aud: clusterId }),
      ).toString('base64url')}.${randomBytes(16).toString('base64url')}`,
      expiresAt: new Date(this.#now() + 600_000).toISOString(),
      expiresIn: 600,
    };
  }

  async #verify(assertion: string, act: string) {
    const header = JSON.parse(
      Buffer.from(assertion.split('.')[0], 'base64url').toString(),
    );
    const device = this.devices.get(header.kid);
    const refused = (why: string) => ({
      status: 401,
      error: { name: 'AuthenticationError', message: why, signIn: true },
      claims: {} as JWTPayload,
      id: '',
    });
    if (!device || header.typ !== 'berth-device+jwt') {
      return refused('This computer is not signed in');
    }
    const key = await importJWK(
      { kty: 'EC', crv: 'P-256', x: device.x, y: device.y },
      'ES256',
    );
    const { payload } = await compactVerify(assertion, key, {
      algorithms: ['ES256'],
    });
    const claims: JWTPayload = JSON.parse(new TextDecoder().decode(payload));
    const { iat = 0, exp = 0 } = claims;
    if (
      claims.aud !== `${this.address}/api/oidc` ||
      claims.act !== act ||
      exp - iat > 60 ||
      !claims.jti
    ) {
      return refused(`The assertion is wrong: ${JSON.stringify(claims)}`);
    }
    if (Math.abs(iat * 1000 - this.#now()) > 120_000) {
      return {
        ...refused('The clock of this computer is wrong'),
        error: {
          name: 'ClockSkewError',
          message: 'The clock of this computer is wrong',
          serverTime: new Date(this.#now()).toISOString(),
        },
      };
    }
    return { status: 200, error: undefined, claims, id: header.kid as string };
  }

  #serve(
    response: ServerResponse,
    act: string,
    id: string,
    claims: JWTPayload,
  ): void {
    const device = this.devices.get(id)!;
    if (act === 'activate') {
      if (claims.code !== device.code) {
        send(response, 401, {
          error: { name: 'AuthenticationError', message: 'Wrong code' },
        });
        return;
      }
      device.code = undefined;
      send(response, 200, {
        id,
        user: 'user:default/ada',
        endsAt: new Date(this.#now() + 12 * 3_600_000).toISOString(),
        endsIn: 12 * 3600,
      });
    } else if (act === 'credential') {
      send(response, 201, {
        ...this.#token(claims.clusterId),
        clusterId: claims.clusterId,
      });
    } else if (act === 'clusters') {
      send(response, 200, { items: this.clusters });
    } else {
      this.devices.delete(id);
      response.writeHead(204).end();
    }
  }

  #now(): number {
    return Date.now() + this.clockOffset;
  }
}

export function ulid(): string {
  return randomBytes(26)
    .map(byte => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charCodeAt(byte % 32))
    .toString();
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
