import { LogLine } from '@berth/plugin-berth-common';
import { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import {
  failedStatus,
  sendJson,
  TestServer,
} from '../../kube/__testUtils__/TestServer';
import { LogsUnderTest, textLines } from './__testUtils__/LogsUnderTest';
import { CUT_MARK, MAX_LINE_BYTES } from './LineSplitter';

const PATH = 'core/pods/web/logs?namespace=a';
const AT = '2026-01-31T18:00:00.000000000Z';
const MIB = 1024 * 1024;

jest.setTimeout(60_000);

describe('logs of hostile clusters', () => {
  let server: TestServer;
  let logs: LogsUnderTest;
  let containers: string[];
  /** Answers for the logs of all containers. */
  let answerLog: RequestListener;

  beforeAll(async () => {
    const authority = await TestAuthority.create('ca');
    server = await TestServer.start(await authority.issue());
    logs = await LogsUnderTest.start(
      { apiServer: server.url, caPem: authority.pem },
      { discovery: 50, review: 20, heartbeat: 100 },
    );
    server.answer = (request, response) => {
      if (new URL(request.url!, server.url).pathname.endsWith('/log')) {
        answerLog(request, response);
      } else {
        sendJson(response, {
          metadata: { name: 'web', uid: 'u1' },
          spec: { containers: containers.map(name => ({ name })) },
          status: {
            containerStatuses: containers.map(name => ({
              name,
              state: { running: {} },
            })),
          },
        });
      }
    };
  });

  beforeEach(() => {
    containers = ['app'];
    server.requests.length = 0;
  });

  afterAll(async () => {
    await logs?.stop();
    await server?.stop();
  });

  const read = (query = '', isLast?: (line: LogLine) => boolean) =>
    logs.read(`${PATH}${query}`, 'token', isLast);

  function sendText(response: ServerResponse, text: string | Buffer) {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end(text);
  }

  /** Sends the same bytes again and again, as fast as they are taken. */
  function sendEndless(response: ServerResponse, part: Buffer): () => number {
    let sent = 0;
    response.writeHead(200, { 'content-type': 'text/plain' });
    const send = () => {
      while (!response.destroyed) {
        sent += part.length;
        if (!response.write(part)) {
          response.once('drain', send);
          return;
        }
      }
    };
    send();
    return () => sent;
  }

  it.each(['web%2Fexec', 'web%252Fexec', '..%2Fx'])(
    'S20 refuses the name %s before the cluster is called',
    async name => {
      const answer = await logs.get(`core/pods/${name}/logs?namespace=a`, {
        token: 't',
      });
      expect(answer.status).toBe(400);
      expect(server.requests).toEqual([]);
    },
  );

  it('S32 passes HTML and bytes that are not UTF-8 on as text in JSON', async () => {
    answerLog = (_, response) =>
      sendText(
        response,
        Buffer.concat([
          Buffer.from(`${AT} <img src=x onerror=alert(1)>\n${AT} `),
          Buffer.from([0xff, 0xfe, 0x0a]),
        ]),
      );
    const response = await logs.get(PATH, { token: 'token' });
    expect(response.headers.get('content-type')).toBe(
      'application/x-ndjson; charset=utf-8',
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toContain('no-transform');
    expect(await response.text()).toContain(
      `[1,"${AT}","<img src=x onerror=alert(1)>"],[1,"${AT}","\ufffd\ufffd"]`,
    );
  });

  it('S32 shows lines without times', async () => {
    answerLog = (_, response) => sendText(response, 'one\ntwo\n');
    expect(textLines(await read())).toEqual([
      [1, '', 'one'],
      [1, '', 'two'],
    ]);
  });

  it('S32 cuts an endless line, and lets the cluster send no more than the person takes', async () => {
    let sent = () => 0;
    answerLog = (_, response) => {
      sent = sendEndless(response, Buffer.alloc(64 * 1024, 'x'));
    };
    const lines = await read('&follow=true', ({ type }) => type === 'lines');
    const [[, , text]] = textLines(lines);
    expect(text).toHaveLength(MAX_LINE_BYTES + CUT_MARK.length);
    expect(sent()).toBeLessThan(200 * MIB);
  });

  it('S32 ends an endless log at its limit, and the call with it', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    answerLog = (_, response) => {
      closed = new Promise(resolve => {
        response.once('close', resolve);
      });
      sendEndless(
        response,
        Buffer.from(`${AT} ${'x'.repeat(1_000)}\n`.repeat(64)),
      );
    };
    const lines = await read();
    expect(lines.slice(-1)).toEqual([{ type: 'end', reason: 'limit' }]);
    const size = JSON.stringify(lines).length;
    expect(size).toBeGreaterThan(9 * MIB);
    expect(size).toBeLessThan(11 * MIB);
    await closed;
  });

  it('S32 reads no further than the person does', async () => {
    let sent = () => 0;
    answerLog = (_, response) => {
      sent = sendEndless(
        response,
        Buffer.from(`${AT} ${'x'.repeat(1_000)}\n`.repeat(64)),
      );
    };
    const iterator = logs.lines(`${PATH}&follow=true`, 'token');
    await iterator.next();
    let before = -1;
    while (sent() !== before) {
      before = sent();
      await new Promise(resolve => {
        setTimeout(resolve, 300);
      });
    }
    // The buffers of two connections, and what waits in between.
    expect(before).toBeLessThan(64 * MIB);
    await iterator.return(undefined);
  });

  it('S32 shows each line of a slow log, and is alive in between', async () => {
    answerLog = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write(`${AT} sl`);
      setTimeout(() => response.write('ow\n'), 400);
    };
    const lines = await read('&follow=true', ({ type }) => type === 'lines');
    expect(textLines(lines)).toEqual([[1, AT, 'slow']]);
    expect(lines).toContainEqual({ type: 'heartbeat' });
  });

  it('S32 does not unpack what was not asked for', async () => {
    answerLog = (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(20 * MIB)));
    };
    expect(await read()).toContainEqual(
      expect.objectContaining({
        type: 'failed',
        message: expect.stringContaining('the answer is compressed'),
      }),
    );
  });

  it('S32 ends the calls to the cluster when the person goes', async () => {
    containers = ['app', 'other'];
    const closed: Promise<unknown>[] = [];
    answerLog = (_, response) => {
      response.writeHead(200);
      response.write(`${AT} one\n`);
      closed.push(
        new Promise(resolve => {
          response.once('close', resolve);
        }),
      );
    };
    await read('&follow=true', ({ type }) => type === 'lines');
    await Promise.all(closed);
    expect(closed).toHaveLength(2);
    while (logs.streams.open > 0) {
      await new Promise(setImmediate);
    }
  });

  it('reads at most 20 logs at the same time, and says so', async () => {
    containers = Array.from({ length: 25 }, (_, index) => `c${index}`);
    answerLog = (_, response) => sendText(response, `${AT} one\n`);
    const lines = await read();
    expect(textLines(lines)).toHaveLength(20);
    expect(lines).toContainEqual({
      type: 'failed',
      message: expect.stringContaining('5 more containers are not shown'),
    });
  });

  it('answers 403 if the person may read none of the logs, and asks once', async () => {
    containers = ['app', 'other'];
    answerLog = (_, response) =>
      sendJson(response, failedStatus(403, 'Forbidden', 'no pods/log'), 403);
    const response = await logs.get(`${PATH}&follow=true`, { token: 'token' });
    expect(response.status).toBe(403);
    expect((await response.json()).error.message).toContain('no pods/log');
    expect(
      server.requests.filter(({ url }) => url.includes('/log?')),
    ).toHaveLength(2);
    expect(logs.events.slice(-1)).toMatchObject([{ outcome: 'fail' }]);
  });

  it('follows a container again whose connection ended, without doubles', async () => {
    let count = 0;
    answerLog = (request, response) => {
      count += 1;
      const since = new URL(request.url!, server.url).searchParams.get(
        'sinceTime',
      );
      expect(since).toBe(count === 1 ? null : AT);
      sendText(
        response,
        `${AT} one\n${AT} two\n`.repeat(1 + (count > 2 ? 1 : 0)),
      );
    };
    const lines = await read('&follow=true', () => count > 4);
    expect(textLines(lines).map(([, , text]) => text)).toEqual([
      'one',
      'two',
      'one',
      'two',
    ]);
  });
});
