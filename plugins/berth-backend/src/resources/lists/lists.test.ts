import { once } from 'node:events';
import { connect } from 'node:net';
import { failedStatus, sendJson } from '../../kube/__testUtils__/TestServer';
import { rowsOf } from '../__testUtils__/ResourcesUnderTest';
import {
  table,
  answering,
  podsOf,
  ListServers,
} from './__testUtils__/ListServers';

jest.setTimeout(60_000);

describe('lists over clusters', () => {
  let clusters: ListServers;

  beforeAll(async () => {
    clusters = await ListServers.create();
  });

  afterEach(() => clusters.stop());

  const start = (...args: Parameters<ListServers['start']>) =>
    clusters.start(...args);

  const byNamespace = answering((url, _, response) => {
    const namespace = podsOf(url);
    sendJson(response, table([`p-${namespace}`]));
  });

  it('S59 asks for the namespaces that the person holds and nothing wider', async () => {
    const { portal: berth, servers: started } = await start({
      prod01: {
        answer: byNamespace,
        people: { alice: { namespaces: ['team-a', 'team-b'] } },
      },
      prod02: { answer: byNamespace, people: { alice: { namespaces: [] } } },
    });
    const lines = await berth.list('core/pods');
    expect(lines[0]).toEqual({
      type: 'start',
      clusters: [
        { name: 'prod01', namespaces: ['team-a', 'team-b'] },
        { name: 'prod02', namespaces: [] },
      ],
    });
    expect(rowsOf(lines).sort()).toEqual([
      'prod01/team-a/p-team-a',
      'prod01/team-b/p-team-b',
    ]);
    expect(started.prod01.requests.map(({ url }) => url)).toEqual([
      '/api/v1',
      ...['team-a', 'team-b'].map(
        name =>
          `/api/v1/namespaces/${name}/pods?includeObject=None&resourceVersion=0`,
      ),
    ]);
    expect(started.prod02.requests.map(({ url }) => url)).toEqual(['/api/v1']);
    expect(lines.filter(({ type }) => type === 'done')).toEqual(
      expect.arrayContaining([
        { type: 'done', cluster: 'prod01', count: 2 },
        { type: 'done', cluster: 'prod02', count: 0 },
      ]),
    );
    expect(lines[lines.length - 1]).toEqual({ type: 'end' });
  });

  it('reads from the cache of servers before 1.31 only by the version 0', async () => {
    const people = { alice: { namespaces: ['a'] } };
    const { portal: berth, servers: started } = await start({
      new: { answer: byNamespace, people, version: 'v1.31.0' },
      old: { answer: byNamespace, people, version: 'v1.30.9' },
    });
    await berth.list('core/pods');
    const asked = (name: string) => started[name].requests[1].url;
    expect(asked('new')).not.toContain('resourceVersion');
    expect(asked('old')).toContain('resourceVersion=0');
  });

  it('S59 keeps the rows of all other namespaces when one is forbidden', async () => {
    const { portal: berth } = await start({
      prod01: {
        answer: answering((url, request, response) =>
          podsOf(url) === 'b'
            ? sendJson(
                response,
                failedStatus(403, 'Forbidden', 'pods is forbidden'),
                403,
              )
            : byNamespace(request, response),
        ),
        people: { alice: { namespaces: ['a', 'b', 'c'] } },
      },
    });
    const lines = await berth.list('core/pods');
    expect(rowsOf(lines).sort()).toEqual(['prod01/a/p-a', 'prod01/c/p-c']);
    expect(lines.filter(({ type }) => type === 'failed')).toEqual([
      {
        type: 'failed',
        cluster: 'prod01',
        namespace: 'b',
        cause: 'Forbidden',
        message: expect.stringContaining('pods is forbidden'),
      },
    ]);
    expect(lines).toContainEqual({ type: 'done', cluster: 'prod01', count: 2 });
  });

  it('S59 shows no difference between what does not exist and what the person does not hold', async () => {
    const { portal: berth, servers: started } = await start({
      prod01: {
        answer: byNamespace,
        people: { alice: { namespaces: ['a'] }, bob: { namespaces: ['b'] } },
      },
      secret: { answer: byNamespace, people: { bob: { namespaces: ['b'] } } },
    });
    const failed = async (query: string) => {
      const lines = await berth.list(`core/pods?${query}`);
      expect(rowsOf(lines)).toEqual([]);
      return JSON.stringify(
        lines.filter(({ type }) => type === 'failed' || type === 'start'),
      );
    };
    const [unknown, unshared] = [
      await failed('cluster=nowhere'),
      await failed('cluster=secret'),
    ];
    expect(unknown).toContain('"cause":"NotFound"');
    expect(unshared.replaceAll('secret', 'nowhere')).toBe(unknown);
    const [absent, others] = [
      await failed('cluster=prod01&namespace=z'),
      await failed('cluster=prod01&namespace=b'),
    ];
    expect(absent).toContain('"cause":"NotFound"');
    expect(
      others.replaceAll('\\"b\\"', '\\"z\\"').replaceAll('"b"', '"z"'),
    ).toBe(absent);
    expect(await failed('namespace=b')).not.toContain('failed');
    expect(started.secret.requests).toEqual([]);
    expect(
      started.prod01.requests.filter(({ url }) => url.includes('pods')),
    ).toEqual([]);
  });

  it('lists the whole cluster for admins, in pages, without managed fields', async () => {
    const names = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => `p${from + index}`);
    const { portal: berth, servers: started } = await start({
      prod01: {
        answer: answering((url, _, response) => {
          const from = Number(url.searchParams.get('continue') ?? 0);
          const limit = Number(url.searchParams.get('limit'));
          const next = from + limit;
          sendJson(
            response,
            table(names(from, Math.min(limit, 1_300 - from)), {
              namespace: 'x',
              ...(next < 1_300 && { continue: String(next) }),
            }),
          );
        }),
        people: { admin: { namespaces: [] } },
      },
    });
    const lines = await berth.list(
      'core/pods?labelSelector=app%3Dshop',
      'admin',
    );
    expect(rowsOf(lines)).toEqual(names(0, 1_300).map(n => `prod01/x/${n}`));
    expect(JSON.stringify(lines)).not.toContain('managedFields');
    expect(lines[0]).toEqual({ type: 'start', clusters: [{ name: 'prod01' }] });
    expect(
      started.prod01.requests
        .slice(1)
        .map(({ url }) => new URL(url, 'https://x').searchParams.get('limit')),
    ).toEqual(['100', '500', '500', '500']);
    expect(started.prod01.requests[1].url).toBe(
      '/api/v1/pods?limit=100&includeObject=Metadata&labelSelector=app%3Dshop',
    );

    // The cursor continues the list, for this person and this list only.
    const first = await berth.list('core/pods?limit=300', 'admin');
    const done = first.find(({ type }) => type === 'done') as { more: string };
    const more = await berth.list(`core/pods?cursor=${done.more}`, 'admin');
    expect([...rowsOf(first), ...rowsOf(more)]).toEqual(
      names(0, 1_300).map(n => `prod01/x/${n}`),
    );
    for (const path of [
      `core/secrets?cursor=${done.more}`,
      `core/pods?labelSelector=a&cursor=${done.more}`,
      `core/pods?cursor=A${done.more}`,
      `core/pods?cursor=eyJ9`,
    ]) {
      await expect(berth.list(path, 'admin')).rejects.toThrow(
        /^400.*must be the \\"more\\" of a list/s,
      );
    }
  });

  it('falls back to the held namespaces of an admin who may not list the cluster', async () => {
    const { portal: berth } = await start({
      prod01: {
        answer: answering((url, request, response) =>
          podsOf(url) === undefined
            ? sendJson(response, failedStatus(403, 'Forbidden', 'no'), 403)
            : byNamespace(request, response),
        ),
        people: { admin: { namespaces: ['a'] } },
      },
    });
    for (const kind of ['pods', 'secrets']) {
      const lines = await berth.list(`core/${kind}`, 'admin');
      expect(lines.filter(({ type }) => type === 'failed')).toHaveLength(
        kind === 'pods' ? 0 : 1,
      );
    }
    expect(rowsOf(await berth.list('core/pods', 'admin'))).toEqual([
      'prod01/a/p-a',
    ]);
  });

  it('S57 asks for no objects in a list of Secrets, not even as an admin', async () => {
    const accepted: (string | undefined)[] = [];
    const { portal: berth, servers: started } = await start({
      prod01: {
        answer: answering((url, request, response) => {
          accepted.push(request.headers.accept);
          sendJson(
            response,
            table(url.pathname === '/api/v1/namespaces' ? ['a', 'b'] : ['s']),
          );
        }),
        people: { admin: { namespaces: [] } },
      },
      plain: {
        answer: answering((_, __, response) =>
          sendJson(response, {
            kind: 'SecretList',
            items: [{ metadata: { name: 's' }, data: { key: 'dmFsdWU=' } }],
          }),
        ),
        people: { admin: { namespaces: [] } },
      },
    });
    const lines = await berth.list('core/secrets?cluster=prod01', 'admin');
    expect(rowsOf(lines).sort()).toEqual(['prod01/a/s', 'prod01/b/s']);
    expect(
      started.prod01.requests.filter(
        ({ url }) => url !== '/api/v1' && !url.includes('includeObject=None'),
      ),
    ).toEqual([]);
    const table1 = 'application/json;as=Table;g=meta.k8s.io;v=v1';
    expect(accepted).toEqual([`${table1},application/json`, table1, table1]);
    const plain = await berth.list(
      'core/secrets?cluster=plain&namespace=a',
      'admin',
    );
    expect(rowsOf(plain)).toEqual([]);
    expect(JSON.stringify(plain)).not.toContain('dmFsdWU');
    expect(plain).toContainEqual(
      expect.objectContaining({ type: 'failed', namespace: 'a' }),
    );
  });

  it('stops at the limit and continues there, over namespaces', async () => {
    const names = ['p1', 'p2', 'p3', 'p4'];
    const { portal: berth } = await start({
      prod01: {
        answer: answering((_, __, response) =>
          sendJson(response, table(names)),
        ),
        people: {
          alice: { namespaces: ['a', 'b', 'c', 'd', 'e', 'f'] },
          bob: { namespaces: ['a', 'b', 'c', 'd', 'e', 'f'] },
        },
      },
    });
    const all = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap(namespace =>
      names.map(name => `prod01/${namespace}/${name}`),
    );
    const found: string[] = [];
    let query = 'limit=7';
    let last = '';
    let pages = 0;
    for (let more: string | undefined = ''; more !== undefined; pages++) {
      const lines = await berth.list(`core/pods?${query}`);
      found.push(...rowsOf(lines));
      const done = lines.find(({ type }) => type === 'done');
      more = done?.type === 'done' ? done.more : undefined;
      if (more) {
        query = `limit=7&cursor=${more}`;
        last = more;
      }
    }
    await expect(berth.list(`core/pods?cursor=${last}`, 'bob')).rejects.toThrow(
      /^400/,
    );
    expect(found.sort()).toEqual(all);
    expect(pages).toBe(4);
  });

  it('reports that the list moved on when the place is gone', async () => {
    const { portal: berth } = await start({
      prod01: {
        answer: answering((url, _, response) =>
          url.searchParams.has('continue')
            ? sendJson(response, failedStatus(410, 'Expired', 'too old'), 410)
            : sendJson(
                response,
                table(['a'], { namespace: 'x', continue: 'c' }),
              ),
        ),
        people: { admin: { namespaces: [] } },
      },
    });
    const lines = await berth.list('core/pods', 'admin');
    expect(lines).toContainEqual({
      type: 'failed',
      cluster: 'prod01',
      cause: 'Expired',
      message: expect.stringContaining('the list moved on'),
    });
    expect(rowsOf(lines)).toEqual(['prod01/x/a']);
  });

  it('asks once for kinds of the whole cluster, and names clusters without the kind', async () => {
    const { portal: berth, servers: started } = await start({
      prod01: {
        answer: answering((_, __, response) =>
          sendJson(response, table(['node-1'])),
        ),
        people: { alice: { namespaces: ['a', 'b'] } },
      },
      without: {
        answer: (_, response) => sendJson(response, { resources: [] }),
        people: { alice: { namespaces: ['a'] } },
      },
      account: {
        answer: byNamespace,
        connection: 'serviceAccount',
        people: { alice: { namespaces: ['a'] } },
      },
    });
    const lines = await berth.list('core/nodes');
    expect(rowsOf(lines)).toEqual(['prod01/_/node-1']);
    expect(started.prod01.requests).toHaveLength(2);
    expect(lines.filter(({ type }) => type === 'failed')).toEqual([
      expect.objectContaining({ cluster: 'account', cause: 'Unsupported' }),
      expect.objectContaining({ cluster: 'without', cause: 'NotFound' }),
    ]);
  });

  it('is never 401 when the cluster refuses the token', async () => {
    const { portal: berth } = await start({
      prod01: {
        answer: (_, response) => sendJson(response, {}, 401),
        people: { alice: { namespaces: ['a'] } },
      },
    });
    expect(await berth.list('core/pods')).toContainEqual({
      type: 'failed',
      cluster: 'prod01',
      cause: 'Failed',
      message: expect.stringContaining('refuses the token of the portal (401)'),
    });
    expect((await berth.fetch('/clusters/prod01/abilities')).status).toBe(502);
  });

  it('ends the calls to clusters when the person goes', async () => {
    let open = 0;
    let onClose = () => {};
    const closed = new Promise<void>(resolve => {
      onClose = resolve;
    });
    const { portal: berth } = await start({
      prod01: {
        answer: answering((_, __, response) => {
          open++;
          response.on('close', onClose);
        }),
        people: { alice: { namespaces: ['a'] } },
      },
    });
    const going = new AbortController();
    const answer = await berth.fetch('/resources/core/pods', 'alice', {
      signal: going.signal,
    });
    const reader = answer.body!.getReader();
    await reader.read();
    while (open === 0) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
    going.abort();
    await closed;
    await expect(reader.read()).rejects.toThrow();
  });

  it('reads from clusters no faster than the person reads', async () => {
    let served = 0;
    const names = Array.from({ length: 500 }, (_, index) => `p${index}`);
    const wide = 'x'.repeat(2_000);
    const { portal: berth } = await start({
      prod01: {
        answer: answering((url, _, response) => {
          served++;
          const rows = names.slice(0, Number(url.searchParams.get('limit')));
          sendJson(response, {
            ...table([], { continue: `c${served}` }),
            rows: rows.map(name => ({
              cells: [name, `${wide}${Math.random()}`],
            })),
          });
        }),
        people: { admin: { namespaces: [] } },
      },
    });
    const socket = connect(berth.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.pause();
    socket.write(
      'GET /api/berth/resources/core/pods HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer person-admin\r\n\r\n',
    );
    // 5,000 rows are 10 MB, which the buffers of two sockets do not hold.
    let before = -1;
    while (before !== served || served === 0) {
      before = served;
      await new Promise(resolve => {
        setTimeout(resolve, 300);
      });
    }
    expect(served).toBeLessThan(11);
    socket.destroy();
  });

  it('S30 never mixes up 200 people who share connections', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `q${index}`);
    const { portal: berth } = await start({
      prod01: {
        answer: answering((url, { headers }, response) => {
          setTimeout(
            () =>
              sendJson(
                response,
                table([`${headers.authorization} in ${podsOf(url)}`]),
              ),
            Math.random() * 20,
          );
        }),
        people: Object.fromEntries(
          names.map(name => [name, { namespaces: [`ns-${name}`] }]),
        ),
      },
    });
    const found = await Promise.all(
      names.map(async name => rowsOf(await berth.list('core/pods', name))),
    );
    expect(found).toEqual(
      names.map(name => [`prod01/ns-${name}/Bearer of-${name} in ns-${name}`]),
    );
  });
});
