import { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { sendJson } from '../../kube/__testUtils__/TestServer';
import { LIST_TIMES } from './ListCalls';
import { rowsOf } from '../__testUtils__/ResourcesUnderTest';
import {
  table,
  answering,
  podsOf,
  ListServers,
} from './__testUtils__/ListServers';

jest.setTimeout(60_000);

describe('lists of hostile clusters', () => {
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

  describe('a hostile cluster', () => {
    const many = 100 * 1024 * 1024;
    const people = { alice: { namespaces: ['a'] }, admin: { namespaces: [] } };
    const hostile: [string, string, string, RequestListener][] = [
      [
        'a list of 100 MB',
        'TooLarge',
        'alice',
        answering((_, __, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          let sent = 0;
          const chunk = Buffer.alloc(64 * 1024, '{"a":"');
          const more = () => {
            while (!response.destroyed && sent < many) {
              sent += chunk.length;
              if (!response.write(chunk)) {
                return;
              }
            }
            response.end();
          };
          response.on('drain', more);
          more();
        }),
      ],
      [
        'compressed answers',
        'Failed',
        'alice',
        answering((_, __, response) => {
          response.writeHead(200, {
            'content-type': 'application/json',
            'content-encoding': 'gzip',
          });
          response.end(gzipSync(Buffer.alloc(10 * 1024 * 1024)));
        }),
      ],
      [
        'an endless list',
        'TooLarge',
        'admin',
        answering((url, _, response) => {
          const page = Number(url.searchParams.get('continue') ?? 0) + 1;
          sendJson(response, table([], { continue: String(page) }));
        }),
      ],
      [
        'the same place again',
        'TooLarge',
        'admin',
        answering((_, __, response) =>
          sendJson(response, table(['a'], { namespace: 'x', continue: 'c' })),
        ),
      ],
      [
        'more rows than asked for',
        'TooLarge',
        'admin',
        answering((_, __, response) =>
          sendJson(
            response,
            table(
              Array.from({ length: 7_000 }, (_row, index) => `p${index}`),
              { namespace: 'x' },
            ),
          ),
        ),
      ],
      [
        'HTML',
        'Failed',
        'alice',
        answering((_, __, response) => {
          response.writeHead(200, { 'content-type': 'text/html' });
          response.end('<script>evil()</script>');
        }),
      ],
      [
        'JSON nested too deep',
        'TooLarge',
        'alice',
        answering((_, __, response) =>
          sendJson(response, `${'['.repeat(9_999)}${']'.repeat(9_999)}`),
        ),
      ],
      [
        'a redirect',
        'Failed',
        'alice',
        answering((_, __, response) => {
          response.writeHead(302, { location: 'https://evil.example.com' });
          response.end();
        }),
      ],
      [
        'an answer that ends in the middle',
        'Unreachable',
        'alice',
        answering((_, __, response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.write('{"kind":"Table"');
          setImmediate(() => response.socket?.destroy());
        }),
      ],
    ];

    it.each(hostile)(
      'S32 keeps %s within bounds, and other clusters unaffected',
      async (_, cause, person, answer) => {
        const { portal: berth } = await start({
          evil: { answer, people },
          good: {
            answer: byNamespace,
            people: { [person]: { namespaces: ['a'] } },
          },
        });
        const before = process.memoryUsage().rss;
        const lines = await berth.list('core/pods', person);
        expect(lines).toContainEqual(
          expect.objectContaining({ type: 'failed', cluster: 'evil', cause }),
        );
        expect(lines).toContainEqual({
          type: 'done',
          cluster: 'good',
          count: 1,
        });
        expect(rowsOf(lines).length).toBeLessThanOrEqual(5_001);
        expect(process.memoryUsage().rss - before).toBeLessThan(
          150 * 1024 * 1024,
        );
      },
    );

    it('S32 passes markup in names on as text, and never as a page', async () => {
      const name = '<img src=x onerror=evil()>';
      const { portal: berth } = await start({
        evil: {
          answer: answering((_, __, response) =>
            sendJson(response, table([name])),
          ),
          people,
        },
      });
      const answer = await berth.fetch('/resources/core/pods');
      expect(answer.headers.get('content-type')).toBe(
        'application/x-ndjson; charset=utf-8',
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await answer.text()).toContain(JSON.stringify(name));
    });

    it('S32 gives a frozen cluster up at its deadline, after the rows of the others', async () => {
      const { portal: berth } = await start({
        frozen: { answer: answering(() => {}), people },
        good: { answer: byNamespace, people },
      });
      const replaced = jest.replaceProperty(LIST_TIMES, 'first', 2_000);
      const lines = await berth.list('core/pods');
      replaced.restore();
      expect(
        lines.map(line => [line.type, 'cluster' in line && line.cluster]),
      ).toEqual([
        ['start', false],
        ['columns', 'good'],
        ['rows', 'good'],
        ['done', 'good'],
        ['failed', 'frozen'],
        ['end', false],
      ]);
      expect(lines[4]).toMatchObject({
        cause: 'Timeout',
        message: 'frozen did not answer within 2 s',
      });
    });
  });

  it('S32 gives a cluster with many slow namespaces up in one line, and keeps the rows that it has', async () => {
    const namespaces = Array.from({ length: 500 }, (_, index) => `n${index}`);
    let asked = 0;
    const { portal: berth } = await start({
      slow: {
        answer: answering((_, request, response) => {
          asked += 1;
          if (asked <= 20) {
            byNamespace(request, response);
          }
        }),
        people: { alice: { namespaces } },
      },
    });
    const replaced = jest.replaceProperty(LIST_TIMES, 'cluster', 2_000);
    const lines = await berth.list('core/pods');
    replaced.restore();
    const rows = rowsOf(lines);
    expect(rows.length).toBeGreaterThan(0);
    expect(lines.slice(-2)).toEqual([
      {
        type: 'failed',
        cluster: 'slow',
        cause: 'Timeout',
        message: `The list of slow did not end within 2 s: ${
          500 - rows.length
        } of 500 namespaces are missing`,
      },
      { type: 'end' },
    ]);
    expect(lines.filter(({ type }) => type === 'failed')).toHaveLength(1);
  });
});
