import { measureRounds } from './measureRounds';

describe('measureRounds', () => {
  it('runs the same number of operations of every contestant, in turns, and compares with the baseline', async () => {
    const order: string[] = [];
    const contestant = (what: string) => ({
      what,
      operation: async () => order.push(what),
    });
    const rows = await measureRounds(
      [
        contestant('bare'),
        { ...contestant('ours'), baseline: 'bare', goal: 0.9 },
      ],
      { rounds: 2, operations: 2, concurrency: 1, progress: () => {} },
    );
    const twice = (what: string) => [what, what];
    expect(order).toEqual(
      ['bare', 'ours', 'ours', 'bare', 'bare', 'ours'].flatMap(twice),
    );
    expect(rows).toEqual([
      { what: 'bare', median: expect.any(String), p99: expect.any(String) },
      {
        what: 'ours',
        median: expect.any(String),
        p99: expect.any(String),
        ratio: expect.any(Number),
        goal: 0.9,
      },
    ]);
  });

  it('runs the given number of operations at a time, and no more', async () => {
    let underWay = 0;
    let most = 0;
    const operation = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(resolve => setImmediate(resolve));
      underWay -= 1;
    };
    await measureRounds([{ what: 'it', operation }], {
      rounds: 1,
      operations: 10,
      concurrency: 3,
      progress: () => {},
    });
    expect(most).toBe(3);
  });
});
