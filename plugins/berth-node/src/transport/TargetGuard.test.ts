import { KubeError } from './KubeError';
import { TargetGuard } from './TargetGuard';

const SERVER = 'api.example.com:6443';

function setUp() {
  const clock = { now: Date.parse('2026-01-01T10:00:00.000Z') };
  const guard = new TargetGuard({
    server: SERVER,
    limits: { maxBytesPerMinute: 6_000, suspendTime: 300_000 },
    now: () => clock.now,
  });
  return { clock, guard };
}

describe('TargetGuard', () => {
  it('S32 refills the bytes over a minute', () => {
    const { clock, guard } = setUp();
    guard.count(7_000);
    expect(() => guard.assertReady()).toThrow(
      expect.objectContaining({
        failure: 'TooManyRequests',
        reason: 'OutOfBudget',
        message: `${SERVER} sent more than 6000 bytes within a minute`,
        retryAfterSeconds: 10,
      }),
    );
    clock.now += 10_000;
    guard.assertReady();
    expect(() => guard.consume(1)).toThrow('sent more than');
    clock.now += 600_000;
    guard.consume(6_000);
    expect(() => guard.consume(1)).toThrow('sent more than');
  });

  it.each([
    'ResponseTooLarge',
    'TooManyItems',
    'JsonTooComplex',
    'EndlessList',
  ])('S32 suspends a server for minutes after %s', reason => {
    const { clock, guard } = setUp();
    const error = new KubeError('Protocol', 'it sends too much', { reason });
    expect(guard.recordError(error)).toBe(error);
    clock.now += 1_000;
    expect(() => guard.assertReady()).toThrow(
      expect.objectContaining({
        failure: 'Protocol',
        reason: 'Suspended',
        message: `${SERVER} is not called until 2026-01-01T10:05:00.000Z: it sends too much`,
        retryAfterSeconds: 299,
      }),
    );
    clock.now += 299_000;
    guard.assertReady();
  });

  it('continues after other errors', () => {
    const { guard } = setUp();
    guard.recordError(new KubeError('Timeout', 'no answer'));
    guard.recordError(new Error('something else'));
    expect(() => guard.assertReady()).not.toThrow();
  });
});
