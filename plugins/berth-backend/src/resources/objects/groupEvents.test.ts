import { setImmediate } from 'node:timers/promises';
import { groupEvents } from './groupEvents';

const event = (fields: object) => ({
  involvedObject: { kind: 'Pod', name: 'web-1' },
  type: 'Warning',
  reason: 'BackOff',
  message: 'Back-off 10s restarting failed container',
  firstTimestamp: '2026-01-01T10:00:00Z',
  lastTimestamp: '2026-01-01T10:05:00Z',
  count: 3,
  source: { component: 'kubelet' },
  ...fields,
});

describe('groupEvents', () => {
  it('S32 groups messages of any length in a short time, and cuts them', async () => {
    const events = Array.from({ length: 200 }, (_, index) =>
      event({ message: 'a'.repeat(20_000 + index) }),
    );
    // A search that grows with the square of the length would reach the timeout of the test.
    const [group, ...others] = groupEvents(events);
    await setImmediate();
    expect(group.message).toHaveLength(2_000);
    expect(others).toEqual([]);
  });

  it('groups by object, reason and message without numbers and names', () => {
    expect(
      groupEvents([
        event({}),
        event({
          message: 'Back-off 20s restarting failed container',
          firstTimestamp: '2026-01-01T09:00:00Z',
          lastTimestamp: '2026-01-01T11:00:00Z',
          count: 2,
        }),
        event({ reason: 'Failed' }),
        event({ involvedObject: { kind: 'Pod', name: 'web-2' } }),
      ]),
    ).toMatchObject([
      {
        message: 'Back-off 20s restarting failed container',
        count: 5,
        firstAt: '2026-01-01T09:00:00Z',
        lastAt: '2026-01-01T11:00:00Z',
        source: 'kubelet',
      },
      { reason: 'Failed', count: 3 },
      { name: 'web-2', count: 3 },
    ]);
  });

  it.each([
    [
      'that events.k8s.io recorded',
      {
        firstTimestamp: null,
        lastTimestamp: null,
        count: undefined,
        source: {},
        eventTime: '2026-01-01T10:00:00.000000Z',
        series: { count: 7, lastObservedTime: '2026-01-01T12:00:00.000000Z' },
        reportingComponent: 'scheduler',
      },
      {
        count: 7,
        firstAt: '2026-01-01T10:00:00.000000Z',
        lastAt: '2026-01-01T12:00:00.000000Z',
        source: 'scheduler',
      },
    ],
    [
      'of wrong types',
      { message: { a: 1 }, reason: 5, count: 'x', involvedObject: [] },
      { message: '', reason: '', count: 1, kind: '', name: '' },
    ],
  ])('reads an event %s', (_, fields, expected) => {
    expect(groupEvents([event(fields)])).toEqual([
      expect.objectContaining(expected),
    ]);
  });
});
