import { LogLine } from '@berth/plugin-berth-common';
import { responseError } from '../../__testUtils__/responseError';
import { LogSession } from './LogSession';
import { LogStore } from './LogStore';

const ADDRESS = {
  cluster: 'prod01',
  group: 'core',
  plural: 'pods',
  namespace: 'a',
  name: 'web-0',
};
const at = (second: number) => `2027-01-31T18:00:0${second}.000000000Z`;
const source = (id: number, pod = 'web-0'): LogLine => ({
  type: 'source',
  id,
  pod,
  container: 'app',
  kind: 'container',
  restarted: false,
});
const lines = (...all: [number, number, string][]): LogLine => ({
  type: 'lines',
  lines: all.map(([id, second, text]) => [id, at(second), text]),
});
const end = (reason: 'complete' | 'token' | 'limit'): LogLine => ({
  type: 'end',
  reason,
});

/** An answer that breaks off with an error. */
type Answer = (LogLine | Error)[];

async function run(answers: Answer[], follow = true) {
  const queries: object[] = [];
  const pauses: number[] = [];
  const store = new LogStore();
  const session = new LogSession({
    api: {
      async *readLogs(_address, query = {}) {
        queries.push(query);
        for (const line of answers.shift()!) {
          if (line instanceof Error) {
            throw line;
          }
          yield line;
        }
      },
    },
    address: ADDRESS,
    query: { tail: 500, ...(follow && { follow }) },
    store,
    pause: async milliseconds => {
      pauses.push(milliseconds);
    },
  });
  await session.run();
  session.stop();
  const texts = Array.from({ length: store.end }, (_, line) =>
    store.text(line),
  );
  return { pauses, queries, state: session.state, texts };
}

describe('LogSession', () => {
  it('continues after a loss without a gap and without doubles, also of equal times', async () => {
    const { queries, state, texts } = await run([
      [
        source(1),
        source(2, 'web-1'),
        lines([1, 1, 'a'], [2, 1, 'x'], [1, 2, 'b'], [1, 2, 'c']),
        new TypeError('network error'),
      ],
      [
        // Other ids, and the lines of the last time again.
        source(1, 'web-1'),
        source(2),
        lines([2, 2, 'b'], [2, 2, 'c'], [2, 2, 'd'], [1, 1, 'x'], [1, 3, 'y']),
        end('token'),
      ],
      [
        source(1),
        lines([1, 2, 'b'], [1, 2, 'c'], [1, 2, 'd']),
        end('complete'),
      ],
    ]);
    expect(texts).toEqual(['a', 'x', 'b', 'c', 'd', 'y']);
    expect(queries).toEqual([
      { tail: 500, follow: true },
      {
        tail: 500,
        follow: true,
        resume: [`web-0/app@${at(2)}`, `web-1/app@${at(1)}`],
      },
      {
        tail: 500,
        follow: true,
        resume: [`web-1/app@${at(3)}`, `web-0/app@${at(2)}`],
      },
    ]);
    expect(state).toMatchObject({ phase: 'ended', limited: false });
    expect(state.sources.map(({ index, pod }) => [index, pod])).toEqual([
      [0, 'web-0'],
      [1, 'web-1'],
    ]);
  });

  it('waits longer after each attempt in vain, up to half a minute', async () => {
    const lost = [new TypeError('network error')];
    const { pauses } = await run([
      ...Array.from({ length: 8 }, () => lost),
      [source(1), lines([1, 1, 'a']), ...lost],
      [source(1), end('complete')],
    ]);
    const bounds = [1, 2, 4, 8, 16, 30, 30, 30, 1].map(most => most * 1_000);
    expect(pauses).toHaveLength(bounds.length);
    pauses.forEach((pause, index) => {
      expect(pause).toBeLessThanOrEqual(bounds[index]);
      expect(pause).toBeGreaterThanOrEqual(bounds[index] / 2);
    });
  });

  it('takes an answer without an end for a loss', async () => {
    const { pauses, state } = await run([[source(1)], [end('complete')]]);
    expect(pauses).toHaveLength(1);
    expect(state.phase).toBe('ended');
  });

  it.each([403, 404])(
    'does not repeat what was refused with %d',
    async code => {
      const { queries, state } = await run([[await responseError(code, 'no')]]);
      expect(queries).toHaveLength(1);
      expect(state).toMatchObject({
        phase: 'failed',
        error: { statusCode: code },
      });
    },
  );

  it('does not repeat a log that is not followed', async () => {
    const { state } = await run([[source(1), new TypeError('x')]], false);
    expect(state.phase).toBe('failed');
  });

  it('describes sources and what is missing', async () => {
    const { state } = await run([
      [
        source(1),
        source(2, 'web-1'),
        { type: 'waiting', id: 1, reason: 'has not started' },
        { type: 'failed', id: 2, message: 'no answer' },
        { type: 'failed', message: '5 more pods are not shown' },
        { type: 'heartbeat' },
        end('limit'),
      ],
    ]);
    expect(state).toMatchObject({
      phase: 'ended',
      limited: true,
      notes: ['5 more pods are not shown'],
      sources: [
        { state: 'waiting', reason: 'has not started' },
        { state: 'failed', reason: 'no answer' },
      ],
    });
  });
});
