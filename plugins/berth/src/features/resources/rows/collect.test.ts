import { ResourceListLine } from '@berth/plugin-berth-common';
import { COLUMNS, linesOf } from '../../../__testUtils__/resources';
import { KnownRefusals, withoutRefused } from '../../../kit/listing';
import { ListCollector, Listing } from './collect';

const AT = '2026-11-29T10:00:00.000Z';
const LATER = '2026-11-29T10:00:20.000Z';

function listingOf(lines: ResourceListLine[], previous?: Listing): Listing {
  const collector = new ListCollector(previous);
  lines.forEach(line => collector.add(line));
  return collector.listing(true);
}

const pods = (cluster: string, status: string, age: string) => ({
  cluster,
  columns: COLUMNS.pods,
  namespaces: {
    shop: [
      ['web', '1/1', 'Running', '0', '7d4h', '10.0.0.1', 'node-1'],
      ['api', '1/1', status, '0', age, '10.0.0.2', 'node-1'],
    ],
    cart: [],
  },
});

describe('ListCollector', () => {
  const first = listingOf(linesOf([pods('a', 'Running', '20s')], [], AT));

  it('knows each cluster, its namespaces and its rows', () => {
    expect(first.clusters).toEqual({
      a: { state: 'done', namespaces: ['shop', 'cart'], more: undefined },
    });
    expect(first.rows.map(({ id }) => id)).toEqual([
      'a/shop/web',
      'a/shop/api',
    ]);
  });

  it('keeps rows that say the same, although they are older', () => {
    const second = listingOf(
      linesOf([pods('a', 'Error', '40s')], [], LATER),
      first,
    );
    expect(second.rows[0]).toBe(first.rows[0]);
    expect(second.rows[1]).not.toBe(first.rows[1]);
    expect(second.rows[1].cells[2]).toBe('Error');
  });

  it('keeps the rows of a cluster that cannot be reached for now', () => {
    const failure = {
      cluster: 'a',
      cause: 'Unreachable' as const,
      message: 'No route',
    };
    const second = listingOf(linesOf([], [failure], LATER), first);
    expect(second.rows).toEqual(first.rows);
    expect(second.columns).toEqual(first.columns);
    expect(second.failures).toEqual([{ ...failure, rowsFrom: Date.parse(AT) }]);
    const third = listingOf(linesOf([], [failure], LATER), second);
    expect(third.failures[0].rowsFrom).toBe(Date.parse(AT));
  });

  it('drops rows that the person may no longer read', () => {
    const failure = {
      cluster: 'a',
      cause: 'Forbidden' as const,
      message: 'No role',
    };
    const second = listingOf(linesOf([], [failure], LATER), first);
    expect(second.rows).toEqual([]);
    expect(second.clusters.a.state).toBe('failed');
  });
});

describe('withoutRefused', () => {
  const refused = (cluster: string, namespace?: string) => ({
    cluster,
    namespace,
    cause: 'Forbidden' as const,
    message: '',
  });
  const listing = listingOf(
    linesOf([pods('a', 'Running', '1s'), pods('b', 'Running', '1s')], [], AT),
  );
  const known = (...failures: ReturnType<typeof refused>[]) => {
    const refusals = new KnownRefusals();
    refusals.add(failures);
    return refusals.current();
  };
  const plan = (...failures: ReturnType<typeof refused>[]) =>
    withoutRefused({}, listing, known(...failures));

  it('asks for everything if nothing was refused', () => {
    expect(plan()).toEqual({});
    expect(plan({ ...refused('a'), cause: 'Timeout' as 'Forbidden' })).toEqual(
      {},
    );
  });

  it('leaves out a cluster', () => {
    expect(plan(refused('a'))).toEqual({ cluster: ['b'] });
  });

  it('leaves out a namespace that is refused on each cluster', () => {
    expect(plan(refused('a', 'shop'), refused('b', 'shop'))).toEqual({
      namespace: ['cart'],
    });
  });

  it('asks again after some minutes, also if the refusal is repeated until then', () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(0);
    const refusals = new KnownRefusals();
    refusals.add([refused('a')]);
    clock.mockReturnValue(4 * 60_000);
    refusals.add([refused('a')]);
    expect(refusals.current().size).toBe(1);
    clock.mockReturnValue(6 * 60_000);
    expect(refusals.current().size).toBe(0);
    clock.mockRestore();
  });

  it('asks for nothing if all is refused', () => {
    expect(
      plan(refused('a'), refused('b', 'shop'), refused('b', 'cart')),
    ).toBeUndefined();
  });

  it('remembers refusals in the next list', () => {
    const collector = new ListCollector(listing);
    collector.remember(listing, known(refused('a', 'shop')));
    const [start, ...lines] = linesOf([pods('b', 'Running', '1s')], [], LATER);
    [start, ...lines].forEach(line => collector.add(line));
    const { clusters, failures } = collector.listing(true);
    expect(Object.keys(clusters)).toEqual(['a', 'b']);
    expect(failures).toEqual([refused('a', 'shop')]);
  });
});
