import { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { TestAuthority } from '../../../kube/__testUtils__/certificates';
import { sendJson, TestServer } from '../../../kube/__testUtils__/TestServer';
import {
  ClusterUnderTest,
  ResourcesUnderTest,
} from '../../__testUtils__/ResourcesUnderTest';

const RESOURCES = {
  kind: 'APIResourceList',
  resources: [
    ['pods', 'Pod', true],
    ['secrets', 'Secret', true],
    ['nodes', 'Node', false],
    ['namespaces', 'Namespace', false],
  ].map(([name, kind, namespaced]) => ({
    name,
    kind,
    namespaced,
    verbs: ['list'],
  })),
};
export const COLUMNS = [
  { name: 'Name', type: 'string', format: 'name', priority: 0 },
  { name: 'Status', type: 'string', priority: 0 },
];

/** A page of pods as the API server writes it. */
export function table(
  names: string[],
  more: { continue?: string; namespace?: string } = {},
) {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { continue: more.continue },
    columnDefinitions: COLUMNS,
    rows: names.map(name => ({
      cells: [name, 'Running'],
      object: more.namespace
        ? {
            metadata: {
              name,
              namespace: more.namespace,
              managedFields: [{ manager: 'x' }],
            },
          }
        : null,
    })),
  };
}

/** Answers discovery, and everything else with a function. */
export function answering(
  list: (url: URL, request: IncomingMessage, response: ServerResponse) => void,
): RequestListener {
  return (request, response) => {
    const url = new URL(request.url ?? '', 'https://x');
    if (url.pathname === '/api/v1') {
      sendJson(response, RESOURCES);
    } else {
      list(url, request, response);
    }
  };
}

/** Returns the namespace of a list of pods. */
export const podsOf = (url: URL) =>
  /namespaces\/([^/]+)\/pods$/.exec(url.pathname)?.[1];

/** API servers that answer as a test wants, with a portal that reads from them. */
export class ListServers {
  readonly #authority: TestAuthority;
  readonly #servers: TestServer[] = [];
  #portal: ResourcesUnderTest | undefined;

  static async create(): Promise<ListServers> {
    return new ListServers(await TestAuthority.create('acme-ca'));
  }

  private constructor(authority: TestAuthority) {
    this.#authority = authority;
  }

  async start(
    clusters: Record<
      string,
      Pick<ClusterUnderTest, 'people' | 'version' | 'connection'> & {
        answer: RequestListener;
      }
    >,
  ) {
    const found: Record<string, ClusterUnderTest> = {};
    const servers: Record<string, TestServer> = {};
    for (const [name, { answer, ...rest }] of Object.entries(clusters)) {
      const server = await TestServer.start(await this.#authority.issue());
      this.#servers.push(server);
      server.answer = answer;
      servers[name] = server;
      found[name] = {
        ...rest,
        apiServer: server.url,
        caPem: this.#authority.pem,
      };
    }
    this.#portal = await ResourcesUnderTest.start(found);
    return { portal: this.#portal, servers };
  }

  async stop(): Promise<void> {
    await this.#portal?.stop();
    this.#portal = undefined;
    await Promise.all(this.#servers.splice(0).map(server => server.stop()));
  }
}
