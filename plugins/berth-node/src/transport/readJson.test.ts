import { setImmediate as nextTurn } from 'node:timers/promises';
import { readJson } from './readJson';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Yields parts of 64 KiB, each in its own turn of the event loop, like a socket. */
async function* parts(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) {
    await nextTurn();
    yield bytes.subarray(at, at + 65_536);
  }
}

function read(text: string, limits: { maxBytes?: number; maxItems?: number }) {
  return readJson(
    parts(Buffer.from(text)),
    JSON_TYPE,
    { maxBytes: 32 * 1024 * 1024, ...limits },
    'server',
  );
}

/** A list of objects of about `bytes` in total. */
function list(count: number, bytes: number) {
  return {
    kind: 'PodList',
    metadata: { resourceVersion: '7' },
    items: Array.from({ length: count }, (_, index) => ({
      metadata: { name: `pod-${index}` },
      filler: 'x"\\[{'.repeat(Math.ceil(bytes / count / 8)),
    })),
  };
}

/** The time that this thread has computed, in microseconds. What the machine does besides does not count. */
function computed(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/** Measures the longest time that a task computes in one turn of the event loop. */
async function longestBlock(task: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = computed();
  let running = true;
  const look = () => {
    const now = computed();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const goOn = () => {
    look();
    if (running) {
      setImmediate(goOn);
    }
  };
  setImmediate(goOn);
  await task();
  look();
  running = false;
  return longest;
}

describe('readJson', () => {
  it.each([10, 10_000])('reads a list of %d objects unchanged', async count => {
    const value = list(count, count * 100);
    expect(await read(JSON.stringify(value), {})).toEqual(value);
  });

  it('reads a large object that is not a list', async () => {
    const value = { data: { a: 'ä'.repeat(400_000) } };
    expect(await read(JSON.stringify(value), {})).toEqual(value);
  });

  it.each(['__proto__', '\\u005f_proto__'])(
    'S32 ignores a key %s of a large list',
    async key => {
      const text = JSON.stringify(list(100, 600_000)).replaceAll(
        '"metadata":{',
        `"metadata":{"${key}":{"polluted":"yes"},`,
      );
      const { items } = (await read(text, {})) as ReturnType<typeof list>;
      const copies = items.map(item => Object.assign({}, item.metadata));
      expect(copies.filter(copy => 'polluted' in copy)).toEqual([]);
    },
  );

  it.each([1_000, 10_000_000])(
    'S32 refuses a list of more objects than requested (%d bytes)',
    async bytes => {
      await expect(
        read(JSON.stringify(list(501, bytes)), { maxItems: 500 }),
      ).rejects.toMatchObject({
        failure: 'Protocol',
        reason: 'TooManyItems',
        message:
          'server was asked for at most 500 objects and answers with 501',
      });
    },
  );

  it.each([
    ['deep arrays', '['.repeat(1_600_000)],
    ['deep objects', '{"a":'.repeat(100_000)],
    ['millions of values', `[${'{},'.repeat(2_100_000)}{}]`],
  ])('S32 refuses %s before they are parsed', async (_what, text) => {
    await expect(read(text, {})).rejects.toMatchObject({
      failure: 'Protocol',
      reason: 'JsonTooComplex',
    });
  });

  it.each([
    ['an object', JSON.stringify({ a: 'x'.repeat(5_000_000) })],
    ['an item', JSON.stringify(list(1, 6_000_000))],
  ])('S32 refuses %s that is too large for etcd', async (_what, text) => {
    await expect(read(text, {})).rejects.toMatchObject({
      failure: 'Protocol',
      reason: 'ResponseTooLarge',
    });
  });

  it('S32 refuses text that is not JSON, small or large', async () => {
    for (const size of [10, 1_000_000]) {
      await expect(read('x'.repeat(size), {})).rejects.toMatchObject({
        failure: 'Protocol',
        message: 'server answers with malformed JSON',
      });
    }
  });

  it('S32 reads no more than the limit', async () => {
    let asked = 0;
    async function* endless() {
      for (;;) {
        asked++;
        yield Buffer.alloc(1_000, ' ');
      }
    }
    await expect(
      readJson(endless(), JSON_TYPE, { maxBytes: 10_000 }, 'server'),
    ).rejects.toMatchObject({ reason: 'ResponseTooLarge' });
    expect(asked).toBe(11);
  });

  it('S32 parses a large list without blocking the event loop as JSON.parse does', async () => {
    const text = JSON.stringify({
      ...list(0, 0),
      items: Array.from({ length: 30_000 }, (_, index) => ({
        metadata: { name: `n${index}`, labels: { a: 'b', c: 'd', e: 'f' } },
        spec: Array.from({ length: 8 }, () => ({ key: 'a longer value' })),
      })),
    });
    const bytes = Buffer.from(text);
    const whole = await longestBlock(async () => JSON.parse(text));
    const blocks: number[] = [];
    while (blocks.length < 3 && !blocks.some(block => block / whole < 0.5)) {
      blocks.push(
        await longestBlock(() =>
          readJson(parts(bytes), JSON_TYPE, { maxBytes: Infinity }, 'server'),
        ),
      );
    }
    // The minimum of three, because the garbage collector also has its turns.
    const pieces = Math.min(...blocks);
    expect(pieces / whole).toBeLessThan(0.5);
  }, 60_000);
});
