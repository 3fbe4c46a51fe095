import {
  ClusterDetails,
  FetchResponseWrapper,
  KubernetesFetcher,
  ObjectToFetch,
} from '@backstage/plugin-kubernetes-node';
import { makeServingCertificate } from '@berth/cluster-sandbox';
import { missingTokenText } from '@berth/plugin-berth-common';
import { AddressPolicy } from '@berth/plugin-berth-node';
import { RequestListener, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { clusterDetails } from './clusterDetails';
import { ResilientFetcher, ResilientFetcherOptions } from './ResilientFetcher';

const THEIRS: ClusterDetails = {
  name: 'old',
  url: 'https://old.example.com',
  authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
};
const PODS: FetchResponseWrapper = {
  errors: [],
  responses: [{ type: 'pods', resources: [] }],
};
const TYPES: ObjectToFetch[] = [
  { objectType: 'pods', group: '', apiVersion: 'v1', plural: 'pods' },
  {
    objectType: 'configmaps',
    group: '',
    apiVersion: 'v1',
    plural: 'configmaps',
  },
  {
    objectType: 'deployments',
    group: 'apps',
    apiVersion: 'v1',
    plural: 'deployments',
  },
];

/** A server of lists: answers as a test defines, and counts connections and bytes. */
class ListServer {
  readonly urls: string[] = [];
  readonly tokens: (string | undefined)[] = [];
  answer: RequestListener = (_request, response) => sendList(response, []);
  written = 0;
  caPem = '';
  readonly #open = new Set<unknown>();
  #server?: Server;

  async start() {
    const made = await makeServingCertificate('test', ['127.0.0.1']);
    this.caPem = made.caPem;
    this.#server = createServer(
      { cert: made.certificatePem, key: made.keyPem },
      (request, response) => {
        this.urls.push(request.url ?? '');
        this.tokens.push(request.headers.authorization);
        this.answer(request, response);
      },
    );
    this.#server.on('secureConnection', socket => {
      this.#open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#open.delete(socket));
    });
    await new Promise<void>(done =>
      this.#server!.listen(0, '127.0.0.1', () => done()),
    );
  }

  get port(): number {
    return (this.#server!.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#open.size;
  }

  /** Resolves once every connection is closed. */
  async closed(): Promise<void> {
    while (this.#open.size > 0) {
      await new Promise(setImmediate);
    }
  }

  /** Answers without an end. */
  endless(response: ServerResponse) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.on('error', () => {});
    response.write('{"kind":"PodList","items":[');
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const write = () => {
      while (!response.destroyed && response.write(chunk)) {
        this.written += chunk.length;
      }
    };
    response.on('drain', write);
    write();
  }

  async stop() {
    this.#server!.closeAllConnections();
    await new Promise(done => this.#server!.close(done));
  }
}

function sendList(
  response: ServerResponse,
  items: unknown[],
  more: { kind?: string; token?: string } = {},
) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      kind: more.kind ?? 'PodList',
      metadata: { resourceVersion: '1', continue: more.token },
      items,
    }),
  );
}

function sendStatus(response: ServerResponse, code: number) {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ kind: 'Status', code }));
}

describe('ResilientFetcher', () => {
  const server = new ListServer();
  const fetchers: ResilientFetcher[] = [];
  let ours: ClusterDetails;
  let port = 0;

  beforeEach(async () => {
    await server.start();
    port = server.port;
    ours = clusterDetails({
      id: '01M7Z2MQ9RJT74KJJRT04QPC2J',
      name: 'staging',
      apiServer: `https://127.0.0.1:${port}`,
      caData: Buffer.from(server.caPem).toString('base64'),
    });
  });

  afterEach(async () => {
    await Promise.all(fetchers.splice(0).map(it => it.close()));
    await server.stop();
    server.urls.length = 0;
    server.tokens.length = 0;
    server.written = 0;
  });

  function setUp(options: Partial<ResilientFetcherOptions> = {}) {
    const others = jest.fn(async () => PODS);
    const clock = { now: 0 };
    const fetcher = ResilientFetcher.create({
      fetcher: {
        fetchObjectsForService: others,
        fetchPodMetricsByNamespaces: others,
      } as KubernetesFetcher,
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      suspendMs: 1000,
      now: () => clock.now,
      ...options,
    });
    fetchers.push(fetcher);
    const fetch = (
      details: ClusterDetails = ours,
      more: { token?: string; types?: ObjectToFetch[] } = {},
    ) =>
      fetcher.fetchObjectsForService({
        serviceId: 'storefront',
        clusterDetails: details,
        credential: { type: 'bearer token', token: more.token ?? 'signed' },
        objectTypesToFetch: new Set(more.types ?? TYPES.slice(0, 1)),
        labelSelector: 'backstage.io/kubernetes-id=storefront',
        namespace: 'team-a',
        customResources: [],
      });
    return { others, clock, fetch, fetcher };
  }

  it('reads each collection with the person’s token, page by page', async () => {
    const { fetch } = setUp();
    server.answer = (request, response) => {
      const isFirst = !request.url?.includes('continue');
      sendList(response, [{ metadata: { name: isFirst ? 'a' : 'b' } }], {
        kind: 'ConfigMapList',
        token: isFirst ? 'next' : undefined,
      });
    };

    expect(await fetch(ours, { types: TYPES.slice(1, 2) })).toEqual({
      errors: [],
      responses: [
        {
          type: 'configmaps',
          resources: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
        },
      ],
    });
    expect(server.urls).toEqual([
      '/api/v1/namespaces/team-a/configmaps?limit=500&labelSelector=backstage.io%2Fkubernetes-id%3Dstorefront',
      '/api/v1/namespaces/team-a/configmaps?limit=500&continue=next&labelSelector=backstage.io%2Fkubernetes-id%3Dstorefront',
    ]);
    expect(server.tokens).toEqual(['Bearer signed', 'Bearer signed']);
  });

  it('shows the error of one collection next to the objects of the others', async () => {
    const { fetch } = setUp();
    server.answer = (request, response) =>
      request.url?.includes('/deployments')
        ? sendStatus(response, 403)
        : sendList(response, []);

    const { errors, responses } = await fetch(ours, { types: TYPES });
    expect(errors).toEqual([
      {
        errorType: 'UNKNOWN_ERROR',
        statusCode: 403,
        resourcePath: '/apis/apps/v1/namespaces/team-a/deployments',
      },
    ]);
    expect(responses.map(({ type }) => type)).toEqual(['pods', 'configmaps']);
  });

  it('S57 shows no value of a secret from any list', async () => {
    const { fetch } = setUp();
    server.answer = (_request, response) =>
      sendList(
        response,
        [
          {
            metadata: {
              name: 'db',
              annotations: {
                'kubectl.kubernetes.io/last-applied-configuration':
                  '{"data":{"password":"c2VjcmV0"}}',
                team: 'a',
              },
            },
            data: { password: 'c2VjcmV0' },
            stringData: { key: 'secret' },
          },
        ],
        { kind: 'SecretList' },
      );

    expect((await fetch()).responses).toEqual([
      {
        type: 'pods',
        resources: [
          {
            metadata: { name: 'db', annotations: { team: 'a' } },
            data: { password: '***' },
            stringData: { key: '***' },
          },
        ],
      },
    ]);
  });

  it('leaves other clusters to the plugin’s own fetcher', async () => {
    const { fetch, others } = setUp();
    expect(await fetch(THEIRS)).toEqual(PODS);
    others.mockRejectedValueOnce(new TypeError('broken'));
    await expect(fetch(THEIRS)).rejects.toThrow(TypeError);
    expect(server.urls).toEqual([]);
  });

  it('S32 closes the connections of an endless cluster at the deadline, and suspends requests to it', async () => {
    const { clock, fetch } = setUp({ deadlineMs: 3_000 });
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"kind":"PodList","items":[');
    };

    expect((await fetch(ours, { types: TYPES })).errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: 'the cluster did not answer within 3 s',
      },
    ]);
    await server.closed();
    expect(server.connections).toBe(0);

    clock.now = 999;
    expect((await fetch()).errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: 'the cluster did not answer; it is asked again soon',
      },
    ]);
    expect(server.urls).toHaveLength(3);

    clock.now = 1000;
    server.answer = (_request, response) => sendList(response, []);
    expect(await fetch()).toEqual(PODS);
  });

  it('S32 reads a bounded number of bytes of a view, and no more after it', async () => {
    const { fetch } = setUp({ maxViewBytes: 1_000_000 });
    server.answer = (_request, response) => server.endless(response);

    expect((await fetch(ours, { types: TYPES })).errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: expect.stringContaining('the cluster has more than 1 MiB'),
      },
    ]);
    await server.closed();
    // The sockets of three connections hold some bytes in addition.
    expect(server.written).toBeLessThan(40_000_000);
  });

  it('S32 bounds the bytes of all views at a time, and frees them afterwards', async () => {
    const { fetch } = setUp({ maxTotalBytes: 1_000_000, deadlineMs: 30_000 });
    const waiting: (() => void)[] = [];
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(`{"kind":"PodList","x":"${'x'.repeat(400_000)}"`);
      waiting.push(() => response.end(',"items":[]}'));
      if (waiting.length === 3) {
        // Too late for the third, in time for the others.
        setImmediate(() => waiting.forEach(end => end()));
      }
    };
    const views = await Promise.all([fetch(), fetch(), fetch()]);
    const messages = views.flatMap(({ errors }) => errors);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages[0]).toMatchObject({
      message: expect.stringContaining('all Kubernetes pages together'),
    });
    server.answer = (_request, response) => sendList(response, []);
    expect(await fetch()).toEqual(PODS);
  });

  it('S32 leaves a cluster alone for minutes after an answer beyond the bounds', async () => {
    const { fetch } = setUp();
    server.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('['.repeat(100_000));
    };
    await fetch();
    expect((await fetch()).errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: expect.stringContaining('is not called until'),
      },
    ]);
    expect(server.urls).toHaveLength(1);
  });

  it('S23 checks the address when it connects, and follows no redirect', async () => {
    const strict = setUp({ policy: AddressPolicy.create() });
    expect((await strict.fetch()).errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: expect.stringContaining('127.0.0.1 is a loopback address'),
      },
    ]);
    expect(server.urls).toEqual([]);

    const { fetch } = setUp();
    server.answer = (_request, response) => {
      response.writeHead(302, { location: `https://127.0.0.1:${port}/else` });
      response.end();
    };
    expect((await fetch()).errors).toMatchObject([{ statusCode: 302 }]);
    expect(server.urls).toHaveLength(1);
  });

  it('shows why there is no token, and does not send the reason to the cluster', async () => {
    const { fetch } = setUp();
    const { errors } = await fetch(ours, {
      token: missingTokenText('too many requests'),
    });
    expect(errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: 'there is no token for the cluster: too many requests',
      },
    ]);
    expect(server.urls).toEqual([]);
  });

  describe('pod metrics', () => {
    const pod = (name: string) => ({
      metadata: { name },
      spec: {
        containers: [
          { name: 'main', resources: { requests: { memory: '1Gi' } } },
          { name: 'other', resources: { requests: { memory: '1Gi' } } },
        ],
      },
    });
    const use = (name: string, cpu = '250m') => ({
      metadata: { name },
      containers: [{ name: 'main', usage: { cpu, memory: '64Mi' } }],
    });
    const metrics = (namespaces: string[]) =>
      setUp().fetcher.fetchPodMetricsByNamespaces(
        ours,
        { type: 'bearer token', token: 'signed' },
        new Set(namespaces),
        'app=a',
      );

    it('adds up each pod', async () => {
      server.answer = (request, response) =>
        sendList(
          response,
          request.url?.startsWith('/apis/metrics') ? [use('a')] : [pod('a')],
        );
      const { errors, responses } = await metrics(['team-a']);
      expect(errors).toEqual([]);
      expect(responses).toMatchObject([
        {
          type: 'podstatus',
          resources: [
            {
              CPU: { CurrentUsage: 0.25 },
              Memory: { CurrentUsage: 67108864, RequestTotal: 2147483648 },
              Containers: [{ Container: 'main' }],
            },
          ],
        },
      ]);
    });

    it('S32 counts values that are no quantity, or too long, as nothing', async () => {
      server.answer = (request, response) =>
        sendList(
          response,
          request.url?.startsWith('/apis/metrics')
            ? [use('a', '1'.repeat(100_000)), { containers: 7 }]
            : [pod('a'), { spec: { containers: [7] } }],
        );
      const { errors, responses } = await metrics(['team-a']);
      expect(errors).toEqual([]);
      expect(responses).toMatchObject([
        {
          resources: [
            { CPU: { CurrentUsage: 0 }, Memory: { CurrentUsage: 67108864 } },
            { CPU: { CurrentUsage: 0 }, Containers: [] },
          ],
        },
      ]);
    });

    it('warns about failures, but not about a missing metrics server', async () => {
      const codes: Record<string, number> = { a: 404, b: 403, c: 503 };
      server.answer = (request, response) =>
        sendStatus(
          response,
          codes[/namespaces\/(.)/.exec(request.url ?? '')![1]],
        );
      const { errors } = await metrics(['a', 'b', 'c']);
      expect(errors).toMatchObject([{ statusCode: 503 }]);
    });

    it('S32 asks for a bounded number of namespaces', async () => {
      const { errors } = await metrics(
        Array.from({ length: 51 }, (_, index) => `n${index}`),
      );
      expect(errors).toMatchObject([
        { message: expect.stringContaining('more than 50 namespaces') },
      ]);
      expect(server.urls).toEqual([]);
    });
  });
});
