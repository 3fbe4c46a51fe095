import { DryRuns } from './DryRuns';

describe('DryRuns', () => {
  it('P2 carries out dry runs again that failed in an earlier pass', async () => {
    const dryRuns = new DryRuns();
    const { signal } = new AbortController();
    let isDown = true;
    const wanted = ['a', 'b', 'c'].map(key => ({
      key,
      run: async () => {
        if (isDown) {
          throw new Error('down');
        }
        return [`pod of ${key}`];
      },
    }));
    const results = () => dryRuns.results('cluster', wanted, signal);
    await expect(results()).rejects.toThrow('down');
    isDown = false;
    expect([...(await results())]).toEqual([
      ['a', ['pod of a']],
      ['b', ['pod of b']],
      ['c', ['pod of c']],
    ]);
  });
});
