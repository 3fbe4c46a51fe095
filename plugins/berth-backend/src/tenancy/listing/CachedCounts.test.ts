import { Knex } from 'knex';
import { CachedCounts } from './CachedCounts';

/** Rows with fixed counts; records how often they were counted. */
function rows(...numbers: (number | Error)[]) {
  const count = jest.fn(async () => {
    const next = numbers.shift();
    if (next === undefined || next instanceof Error) {
      throw next ?? new Error('counted too often');
    }
    // PostgreSQL returns large numbers as text.
    return [{ count: `${next}` }];
  });
  return { count, matching: { count } as unknown as Knex.QueryBuilder };
}

describe('CachedCounts', () => {
  it('counts numbers below ten thousand each time', async () => {
    const counts = new CachedCounts();
    const { matching } = rows(9_999, 9_998);
    expect(await counts.count({}, matching)).toBe(9_999);
    expect(await counts.count({}, matching)).toBe(9_998);
  });

  it('caches a large number for each filter, independent of the order', async () => {
    const counts = new CachedCounts();
    const { count, matching } = rows(10_000, 20_000);
    expect(await counts.count({ search: 'a' }, matching)).toBe(10_000);
    expect(
      await counts.count(
        { search: 'a', order: 'desc', orderBy: 'phase' },
        matching,
      ),
    ).toBe(10_000);
    expect(await counts.count({ search: 'b' }, matching)).toBe(20_000);
    expect(count).toHaveBeenCalledTimes(2);
  });

  it('counts again after ten seconds', async () => {
    let now = 1;
    const counts = new CachedCounts({ now: () => now });
    const { matching } = rows(10_000, 10_001);
    await counts.count({}, matching);
    now += 10_000;
    expect(await counts.count({}, matching)).toBe(10_000);
    now += 1;
    expect(await counts.count({}, matching)).toBe(10_001);
  });

  it('counts once for concurrent calls', async () => {
    const counts = new CachedCounts();
    const { matching } = rows(5);
    expect(
      await Promise.all([
        counts.count({}, matching),
        counts.count({}, matching),
      ]),
    ).toEqual([5, 5]);
  });

  it('does not cache a failure', async () => {
    const counts = new CachedCounts();
    const { matching } = rows(new Error('out of reach'), 10_000);
    await expect(counts.count({}, matching)).rejects.toThrow('out of reach');
    expect(await counts.count({}, matching)).toBe(10_000);
  });
});
