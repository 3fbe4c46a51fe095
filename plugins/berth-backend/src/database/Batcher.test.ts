import { Batcher } from './Batcher';

/** A batcher whose batches end when the test says so. */
function setUp(maxSize = 10) {
  const batches: { items: string[]; end: (error?: Error) => void }[] = [];
  const batcher = new Batcher<string, string>({
    maxSize,
    run: items =>
      new Promise((resolve, reject) => {
        batches.push({
          items,
          end: error =>
            error ? reject(error) : resolve(items.map(item => `${item}!`)),
        });
      }),
  });
  return { batcher, batches, begun: () => batches.map(({ items }) => items) };
}

const soon = () => new Promise(setImmediate);

describe('Batcher', () => {
  it('collects what arrives while a batch is under way, and keeps the order', async () => {
    const { batcher, batches, begun } = setUp();
    const first = batcher.add('a');
    await soon();
    const later = [batcher.add('b'), batcher.add('c')];
    await soon();
    expect(begun()).toEqual([['a']]);
    batches[0].end();
    expect(await first).toBe('a!');
    await soon();
    expect(begun()).toEqual([['a'], ['b', 'c']]);
    batches[1].end();
    expect(await Promise.all(later)).toEqual(['b!', 'c!']);
    const last = batcher.add('d');
    await soon();
    batches[2].end();
    expect(await last).toBe('d!');
  });

  it('divides what waits into batches of the largest size', async () => {
    const { batcher, batches, begun } = setUp(2);
    const all = ['a', 'b', 'c'].map(item => batcher.add(item));
    await soon();
    batches[0].end();
    await soon();
    batches[1].end();
    expect(await Promise.all(all)).toEqual(['a!', 'b!', 'c!']);
    expect(begun()).toEqual([['a', 'b'], ['c']]);
  });

  it('throws the error of a batch to its items, and runs the next batch', async () => {
    const { batcher, batches } = setUp();
    const first = batcher.add('a');
    await soon();
    const second = batcher.add('b');
    batches[0].end(new Error('The database is away'));
    await expect(first).rejects.toThrow('The database is away');
    await soon();
    batches[1].end();
    await expect(second).resolves.toBe('b!');
  });

  it('does not wait for a batch that does not end', async () => {
    const { batcher, batches, begun } = setUp();
    const stuck = batcher.add('a');
    await soon();
    const next = batcher.add('b');
    while (batches.length < 2) {
      await soon();
    }
    batches[1].end();
    await expect(next).resolves.toBe('b!');
    batches[0].end();
    await expect(stuck).resolves.toBe('a!');
    expect(begun()).toEqual([['a'], ['b']]);
  });

  it('refuses a batch with results that are missing', async () => {
    const batcher = new Batcher<string, string>({
      maxSize: 2,
      run: async () => ['one'],
    });
    const results = await Promise.allSettled([
      batcher.add('a'),
      batcher.add('b'),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
  });
});
