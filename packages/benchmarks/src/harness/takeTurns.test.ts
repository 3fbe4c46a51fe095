import { takeTurns, timeRow } from './takeTurns';

it('takes turns in another order each round, without the first round', async () => {
  const order: string[] = [];
  let count = 0;
  const side = (name: string) => async () => {
    order.push(name);
    count += 1;
    return count;
  };
  const taken = await takeTurns([side('a'), side('b')], {
    rounds: 2,
    progress: () => {},
  });
  expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
  expect(taken).toEqual([
    [4, 5],
    [3, 6],
  ]);
});

it('compares times by rounds, or by their 95th percentiles', () => {
  const slow = [20, 40, 20];
  const bare = { times: [10, 10, 20], of: 'bare' };
  expect(timeRow('all rows', slow, { ...bare, most: 2 })).toEqual({
    what: 'all rows',
    median: '20 ms',
    ratio: 2,
    goal: { text: '≤ 2 × bare', met: true },
  });
  expect(timeRow('all', slow, { ...bare, most: 1.5, p95: true })).toMatchObject(
    {
      ratio: 2,
      goal: { text: 'p95 ≤ 1.5 × bare', met: false },
    },
  );
});
