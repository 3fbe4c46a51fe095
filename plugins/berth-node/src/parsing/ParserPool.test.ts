import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ParserError } from './ParserError';
import { ParserJob, ParserOptions, ParserPool } from './ParserPool';
import { programOf } from './program';

const JSON_PARSER = `function* (bytes) {
  yield process.pid;
  yield Object.keys(JSON.parse(bytes.toString('utf8'))).length;
}`;
const FOR_EVER = `function* () {
  yield process.pid;
  yield /^(a|a)+$/.test('a'.repeat(60) + '!');
}`;

/** Starts a parser, and sends a message once the parser has begun its job. */
const PORTAL = `
const parser = require('node:child_process').spawn(
  process.execPath,
  ['--eval', process.argv[1]],
  { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
);
parser.send({ size: 0, settings: {}, next: 500 });
parser.send({ next: 500 });
parser.once('message', () => process.send('started'));
`;

function aPool(parser: string, options: Partial<ParserOptions> = {}) {
  return new ParserPool({ parser, maxHeapMb: 32, ...options });
}

async function partsOf(
  pool: ParserPool,
  text = '{}',
  job: Partial<ParserJob> = {},
): Promise<unknown[]> {
  const parts: unknown[] = [];
  const bytes = Buffer.from(text);
  for await (const part of pool.run({ bytes, deadlineMs: 20_000, ...job })) {
    parts.push(part);
  }
  return parts;
}

function failure(reason: ParserError['reason']) {
  return expect.objectContaining({
    name: 'ParserError',
    message: `The text cannot be parsed (${reason})`,
  });
}

describe('ParserPool', () => {
  it('passes on bytes and settings, and returns the parts in order', async () => {
    const pool = aPool(`function* (bytes, { most }) {
      for (let at = 0; at < bytes.length; at += most) {
        yield bytes.subarray(at, at + most).toString('latin1');
      }
      yield Object.keys(process.env);
    }`);
    const text = 'ab'.repeat(2_000_000);
    const parts = await partsOf(pool, text, { settings: { most: 1_500_000 } });
    expect(parts.pop()).toEqual([]);
    expect(parts.map(part => String(part).length)).toEqual([
      1_500_000, 1_500_000, 1_000_000,
    ]);
    expect(parts.join('')).toBe(text);
  });

  it('keeps one idle process, or none', async () => {
    const kept = aPool(JSON_PARSER, { idleMs: 60_000 });
    const [first] = await partsOf(kept);
    expect(await partsOf(kept)).toEqual([first, 0]);
    const [other] = await Promise.all([partsOf(kept), partsOf(kept)]);
    expect(other).toEqual([first, 0]);

    const fresh = aPool(JSON_PARSER);
    const [one] = await partsOf(fresh);
    expect((await partsOf(fresh))[0]).not.toBe(one);
  });

  it.each([
    ['many objects', `[${'{},'.repeat(2_000_000)}{}]`],
    [
      'many keys',
      `{${Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":{}`)}}`,
    ],
  ])('S32 survives %s, and parses the next text', async (_, text) => {
    const pool = aPool(JSON_PARSER, { idleMs: 60_000 });
    const [first] = await partsOf(pool);
    await expect(partsOf(pool, text)).rejects.toEqual(failure('Ended'));
    const [second, keys] = await partsOf(pool, '{"a":1}');
    expect(second).not.toBe(first);
    expect(keys).toBe(1);
  });

  it('S32 says nothing of a text that the parser refuses', async () => {
    const pool = aPool(JSON_PARSER);
    for (const text of ['secret', '['.repeat(1_000_000)]) {
      await expect(partsOf(pool, text)).rejects.toEqual(failure('Thrown'));
    }
  });

  it('S32 survives settings that cannot be copied', async () => {
    const job = { settings: { call: () => {} } };
    await expect(partsOf(aPool(JSON_PARSER), '', job)).rejects.toEqual(
      failure('Thrown'),
    );
  });

  it('S32 ends a process at the deadline and when the caller leaves', async () => {
    const pool = aPool(FOR_EVER);
    await expect(partsOf(pool, '', { deadlineMs: 500 })).rejects.toEqual(
      failure('Deadline'),
    );
    const caller = new AbortController();
    const left = partsOf(pool, '', { signal: caller.signal });
    caller.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
  });

  it('S32 waits for an answer that came in time while the event loop was blocked', async () => {
    const parser = `function* () {
      yield 'first';
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      yield 'second';
    }`;
    const pool = aPool(parser, { idleMs: 60_000 });
    // The process runs already, so that the deadline does not include its start.
    await partsOf(pool, '');
    const job = { bytes: Buffer.from(''), deadlineMs: 2_000 };
    const parts: unknown[] = [];
    for await (const part of pool.run(job)) {
      parts.push(part);
      setTimeout(() => {
        const end = performance.now() + 2_200;
        while (performance.now() < end);
      });
    }
    expect(parts).toEqual(['first', 'second']);
  });

  it('S32 fails only the job whose process is killed', async () => {
    const pool = aPool(FOR_EVER, { idleMs: 60_000 });
    const job = pool.run({ bytes: Buffer.from(''), deadlineMs: 20_000 });
    const { value: pid } = await job.next();
    process.kill(pid as number, 'SIGKILL');
    await expect(job.next()).rejects.toEqual(failure('Ended'));
    const next = pool.run({ bytes: Buffer.from(''), deadlineMs: 20_000 });
    expect((await next.next()).value).not.toBe(pid);
    await next.return(undefined);
  });

  it.each([
    ['waits', JSON_PARSER],
    ['is busy', FOR_EVER],
  ])(
    'S32 leaves no process behind that %s when the portal is killed',
    async (_, parser) => {
      // The parser holds the other end of stderr for as long as it runs.
      const portal = spawn(
        process.execPath,
        ['--eval', PORTAL, programOf(parser)],
        { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
      );
      const closed = once(portal, 'close');
      await once(portal, 'message');
      portal.kill('SIGKILL');
      await closed;
      expect(portal.signalCode).toBe('SIGKILL');
    },
  );
});
