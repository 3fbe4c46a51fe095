import { Cluster } from '@berth/plugin-berth-common';
import { ClusterTokens } from './ClusterTokens';

const STAGING = '01m7z2mq9rjt74kjjrt04qpc2j';
const GPULAB = '01m7z2mqaz5vpfwnrqrdd36bxj';

function setUp() {
  const state = {
    now: Date.parse('2026-11-21T12:00:00Z'),
    user: 'user:default/alice',
    clusters: [{ id: STAGING.toUpperCase(), name: 'staging' }],
    minted: 0,
  };
  const berth = {
    listClusters: jest.fn(async () => ({
      items: state.clusters as Cluster[],
      totalItems: state.clusters.length,
    })),
    createToken: jest.fn(async (name: string) => {
      state.minted += 1;
      return {
        token: `${state.user} on ${name}, ${state.minted}`,
        expiresAt: new Date(state.now + 600_000).toISOString(),
        expiresIn: 600,
      };
    }),
  };
  const tokens = ClusterTokens.create({
    berth,
    user: async () => state.user,
    now: () => state.now,
  });
  return { berth, state, tokens };
}

describe('ClusterTokens', () => {
  it('asks once until the token is about to expire', async () => {
    const { berth, state, tokens } = setUp();

    const [first, again] = await Promise.all([
      tokens.get(STAGING),
      tokens.get(STAGING),
    ]);
    state.now += 539_000;
    const later = await tokens.get(STAGING);

    expect(first).toBe('user:default/alice on staging, 1');
    expect([again, later]).toEqual([first, first]);
    expect(berth.createToken).toHaveBeenCalledTimes(1);

    state.now += 1_000;
    expect(await tokens.get(STAGING)).toBe('user:default/alice on staging, 2');
  });

  it('returns no token of one person to another', async () => {
    const { state, tokens } = setUp();
    await tokens.get(STAGING);

    state.user = 'user:default/bob';

    expect(await tokens.get(STAGING)).toBe('user:default/bob on staging, 2');
  });

  it('does not use the clusters of one person for another', async () => {
    const { berth, state, tokens } = setUp();
    await tokens.get(STAGING);

    state.user = 'user:default/bob';
    state.clusters = [];

    await expect(tokens.get(STAGING)).rejects.toThrow('no longer shared');
    expect(berth.listClusters).toHaveBeenCalledTimes(2);
  });

  it('does not remember a failure', async () => {
    const { berth, tokens } = setUp();
    berth.createToken.mockRejectedValueOnce(new Error('no issuer'));

    await expect(tokens.get(STAGING)).rejects.toThrow('no issuer');
    expect(await tokens.get(STAGING)).toContain('on staging');
  });

  it('finds a new cluster soon, and reports why a cluster can be unknown', async () => {
    const { state, tokens } = setUp();

    await expect(tokens.get(GPULAB)).rejects.toThrow(
      'the cluster is gone, or no longer shared with you',
    );
    state.clusters.push({ id: GPULAB.toUpperCase(), name: 'gpulab' });
    state.now += 10_000;
    expect(await tokens.get(GPULAB)).toContain('on gpulab');
  });
});
