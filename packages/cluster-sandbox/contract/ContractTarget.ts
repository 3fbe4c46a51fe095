import { Agent, request } from 'undici';
import { eventually } from './eventually';
import { TestIssuer, TokenSpec } from './TestIssuer';

/** A generous timeout: TLS takes long when many tests share a machine. */
const CONNECT_TIMEOUT_MS = 60_000;

export interface Answer {
  status: number;
  /** Parsed JSON, or text if the body is not JSON. */
  body: any;
  /** The texts of the header `Warning`. */
  warnings: string[];
}

export interface Call {
  /** A bearer token, the admin's by default; an empty one sends none. */
  token?: string;
  body?: unknown;
  /** Text to send unchanged, in place of `body`. */
  text?: string;
  contentType?: string;
  /** `application/json` by default. */
  accept?: string;
}

/** The address of an API server under test. */
export interface TargetAddress {
  apiServer: string;
  caPem: string;
  adminToken: string;
}

/** The controls of a server that the cases need, apart from its API. */
export interface TargetControls {
  /** Makes the server forget the history of writes. */
  forgetHistory(): Promise<void>;
  /** Sets the prefixes of the names in the issuer's tokens. */
  setPrefixes(prefixes: TokenPrefixes): Promise<void>;
}

export interface TokenPrefixes {
  usernamePrefix?: string;
  groupsPrefix?: string;
}

/** One event of a watch. */
export interface WatchEvent {
  type: string;
  object: any;
}

/** A plain client of an API server, so that the cases show what goes over the wire. */
export class ContractTarget {
  readonly address: TargetAddress;
  readonly issuer: TestIssuer;
  readonly controls: TargetControls;
  readonly #agent: Agent;
  #count = 0;

  constructor(
    address: TargetAddress,
    issuer: TestIssuer,
    controls: TargetControls,
  ) {
    this.address = address;
    this.issuer = issuer;
    this.controls = controls;
    this.#agent = new Agent({
      connect: { ca: address.caPem, timeout: CONNECT_TIMEOUT_MS },
    });
  }

  token(spec: TokenSpec = {}): Promise<string> {
    return this.issuer.token(spec);
  }

  /** Returns a name that no other case has. */
  unique(prefix: string): string {
    this.#count += 1;
    return `${prefix}-${this.#count}`;
  }

  async call(method: string, path: string, call: Call = {}): Promise<Answer> {
    const { token = this.address.adminToken, contentType } = call;
    const sent =
      call.text ??
      (call.body === undefined ? undefined : JSON.stringify(call.body));
    const { statusCode, headers, body } = await request(
      `${this.address.apiServer}${path}`,
      {
        method: method as 'GET',
        dispatcher: this.#agent,
        headers: {
          accept: call.accept ?? 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
          ...(sent !== undefined && {
            'content-type': contentType ?? 'application/json',
          }),
        },
        body: sent,
      },
    );
    const text = await body.text();
    return {
      status: statusCode,
      body: parse(text),
      warnings: [headers.warning ?? []].flat().map(warningOf),
    };
  }

  /** Like `call`, for set-up that must succeed. */
  async must(method: string, path: string, call: Call = {}): Promise<any> {
    const { status, body } = await this.call(method, path, call);
    if (status >= 300) {
      throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    }
    return body;
  }

  async namespace(): Promise<string> {
    const name = this.unique('contract');
    await this.must('POST', '/api/v1/namespaces', {
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    });
    return name;
  }

  /** Creates a pod as soon as its namespace has the service account of its pods. */
  async createPod(pods: string, body: object): Promise<void> {
    await eventually(async () => {
      const created = await this.call('POST', pods, { body });
      if (created.status >= 300 && created.status !== 403) {
        throw new Error(`${created.status} ${JSON.stringify(created.body)}`);
      }
      return created.status === 201;
    });
  }

  /**
   * Watches until `count` events arrive or the server ends the watch.
   *
   * @returns the type and the name of each event, such as `ADDED one`
   */
  async watch(path: string, count: number): Promise<string[]> {
    const events = await this.watchEvents(path, count);
    return events.map(({ type, object }) =>
      type === 'ERROR'
        ? `ERROR ${object.code}`
        : `${type} ${object.metadata.name}`,
    );
  }

  /** Like `watch`, but returns the whole events. */
  async watchEvents(path: string, count: number): Promise<WatchEvent[]> {
    const abort = new AbortController();
    const { body } = await request(`${this.address.apiServer}${path}`, {
      dispatcher: this.#agent,
      signal: abort.signal,
      headers: { authorization: `Bearer ${this.address.adminToken}` },
    });
    const events: WatchEvent[] = [];
    let rest = '';
    for await (const chunk of body) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      events.push(...lines.map(line => JSON.parse(line)));
      if (events.length >= count) {
        break;
      }
    }
    abort.abort();
    return events;
  }

  async stop(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** Reads a warning such as `299 - "text"`. */
function warningOf(header: string): string {
  return JSON.parse(header.slice(header.indexOf('"')));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
