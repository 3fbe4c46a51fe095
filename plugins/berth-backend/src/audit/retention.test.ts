import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { readRetention, scheduleRetention } from './retention';

const DAY = 24 * 60 * 60 * 1000;

function config(retention?: unknown) {
  return new ConfigReader({
    berth: { activity: retention === undefined ? {} : { retention } },
  } as never);
}

describe('the retention of activity', () => {
  it.each([
    [undefined, 90 * DAY],
    ['30 days', 30 * DAY],
    [{ months: 12 }, 365.25 * DAY],
  ])('of %j', (retention, milliseconds) => {
    const read = readRetention(config(retention));
    expect(Math.abs(read - milliseconds)).toBeLessThan(10 * DAY);
    expect(read).toBeGreaterThan(29 * DAY);
  });

  it.each(['1 hour', { hours: 23 }])('refuses %j', retention => {
    expect(() => readRetention(config(retention))).toThrow(
      'berth.activity.retention must be at least a day',
    );
  });

  it('deletes older entries on one replica at a time', async () => {
    const scheduler = mockServices.scheduler.mock();
    const deleteBefore = jest.fn(async (_: Date) => 3);
    const logger = mockServices.logger.mock();
    await scheduleRetention(
      scheduler,
      { deleteBefore },
      config('30 days'),
      logger,
    );
    const [task] = scheduler.scheduleTask.mock.calls[0];
    await task.fn(new AbortController().signal);
    const age = Date.now() - deleteBefore.mock.calls[0][0].getTime();
    expect(Math.abs(age - 30 * DAY)).toBeLessThan(10_000);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('Forgot 3 activities'),
    );
  });
});
