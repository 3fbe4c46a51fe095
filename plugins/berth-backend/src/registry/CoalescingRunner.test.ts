import { CoalescingRunner } from './CoalescingRunner';

function steered() {
  const ends: {
    resolve: (value: string) => void;
    reject: (error: Error) => void;
  }[] = [];
  const work = jest.fn(
    () =>
      new Promise<string>((resolve, reject) => {
        ends.push({ resolve, reject });
      }),
  );
  return { ends, work, runner: new CoalescingRunner<string>() };
}

describe('CoalescingRunner', () => {
  it('gives all calls during a run the result of the next run', async () => {
    const { ends, work, runner } = steered();
    const first = runner.run('a', work);
    const second = runner.run('a', work);
    const third = runner.run('a', work);
    expect(work).toHaveBeenCalledTimes(1);
    ends[0].resolve('1');
    await expect(first).resolves.toBe('1');
    await new Promise(setImmediate);
    expect(work).toHaveBeenCalledTimes(2);
    ends[1].resolve('2');
    await expect(Promise.all([second, third])).resolves.toEqual(['2', '2']);
    expect(runner.allRunning()).toEqual([]);
  });

  it('does not let one key wait for another', () => {
    const { work, runner } = steered();
    void runner.run('a', work);
    void runner.run('b', work);
    expect(work).toHaveBeenCalledTimes(2);
    expect(runner.allRunning()).toHaveLength(2);
  });

  it('continues after a failure', async () => {
    const { ends, work, runner } = steered();
    const first = runner.run('a', work);
    const second = runner.run('a', work);
    ends[0].reject(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await new Promise(setImmediate);
    ends[1].resolve('2');
    await expect(second).resolves.toBe('2');
  });
});
