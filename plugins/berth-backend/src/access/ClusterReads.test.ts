import { ClusterRecord, ShareRecord } from '../model/clusters';
import { ClusterReads } from './ClusterReads';

/** Reads from a database that the test changes, and counts the queries. */
function setUp() {
  const state = {
    clusters: ['a', 'b'].map(name => ({ name, id: `id-${name}` })),
    shares: ['a', 'b'].map(name => ({ clusterId: `id-${name}`, group: name })),
  };
  const clusters = jest.fn(
    async ({ names }: { names?: string[] } = {}) =>
      state.clusters.filter(({ name }) =>
        names?.includes(name),
      ) as ClusterRecord[],
  );
  const shares = jest.fn(
    async (ids?: string | string[]) =>
      state.shares.filter(({ clusterId }) =>
        ids?.includes(clusterId),
      ) as ShareRecord[],
  );
  const reads = new ClusterReads({
    clusters: { list: clusters },
    shares: { list: shares },
  });
  return { clusters, reads, shares, state };
}

describe('ClusterReads', () => {
  it('reads the clusters and shares of concurrent requests in one query each', async () => {
    const { clusters, reads, shares } = setUp();
    const names = ['a', 'b', 'a', 'unknown'];
    const found = await Promise.all(names.map(name => reads.get(name)));
    expect(found.map(it => it?.id)).toEqual([
      'id-a',
      'id-b',
      'id-a',
      undefined,
    ]);
    const ids = ['id-b', '', 'id-a'];
    const held = await Promise.all(ids.map(id => reads.sharesOf(id)));
    expect(held.map(of => of.map(({ group }) => group))).toEqual([
      ['b'],
      [],
      ['a'],
    ]);
    expect(clusters).toHaveBeenCalledTimes(1);
    expect(shares).toHaveBeenCalledTimes(1);
  });

  it('S10 sees a share that was removed before the request, while an earlier read is under way', async () => {
    const { reads, shares, state } = setUp();
    let answer = (_: ShareRecord[]) => {};
    shares.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    const earlier = reads.sharesOf('id-a');
    await new Promise(setImmediate);
    const before = [...state.shares] as ShareRecord[];
    state.shares = [];
    const later = reads.sharesOf('id-a');
    answer(before);
    expect(await earlier).toHaveLength(1);
    expect(await later).toEqual([]);
  });
});
