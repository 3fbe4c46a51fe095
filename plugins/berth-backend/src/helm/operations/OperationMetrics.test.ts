import { OperationMetrics } from './OperationMetrics';

it('counts operations that ended, and those that wait and run', () => {
  const counted: unknown[] = [];
  const gauges = new Map<string, (result: object) => void>();
  const metrics = OperationMetrics.create({
    createCounter: (name: string) => ({
      add: (value: number, of: object) => counted.push([name, value, of]),
    }),
    createHistogram: (name: string) => ({
      record: (value: number, of: object) => counted.push([name, value, of]),
    }),
    createObservableGauge: (name: string) => ({
      addCallback: (callback: (result: object) => void) =>
        gauges.set(name, callback),
    }),
  } as unknown as Parameters<typeof OperationMetrics.create>[0]);
  metrics.ended('upgrade', { state: 'Failed' }, 1.5);
  metrics.seen({ queued: 3, running: 2 });
  const of = { kind: 'upgrade', result: 'Failed' };
  expect(counted).toEqual([
    ['berth.helm.operations', 1, of],
    ['berth.helm.duration', 1.5, of],
  ]);
  const observed = [...gauges].map(([name, callback]) => {
    let seen: number | undefined;
    callback({ observe: (value: number) => (seen = value) });
    return [name, seen];
  });
  expect(observed).toEqual([
    ['berth.helm.queued', 3],
    ['berth.helm.running', 2],
  ]);
});
