import fc from 'fast-check';
import { credentialStatus, renewalTime, retryTime } from './renewal';

const times = fc
  .record({
    issued: fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
    life: fc.integer({ min: 600_000, max: 30 * 86_400_000 }),
    random: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ issued, life, random }) => ({
    issued,
    life,
    random,
    credential: {
      issuedAt: new Date(issued).toISOString(),
      expiresAt: new Date(issued + life).toISOString(),
    },
  }));

describe('renewal', () => {
  it('S48 is due between half and four fifths of the life, with time for a retry', () => {
    fc.assert(
      fc.property(times, ({ issued, life, random, credential }) => {
        const due = renewalTime(credential, random)!.getTime() - issued;
        expect(due).toBeGreaterThanOrEqual(Math.floor(life * 0.5));
        const again = retryTime(
          new Date(issued + due),
          credential.expiresAt,
        ).getTime();
        expect(again - issued).toBeLessThanOrEqual(life * 0.8);
      }),
    );
  });

  it('S48 is retried many times before the expiry, and after it', () => {
    fc.assert(
      fc.property(times, ({ issued, life, random, credential }) => {
        let now = renewalTime(credential, random)!;
        let tries = 0;
        while (now.getTime() < issued + life && tries < 1000) {
          const next = retryTime(now, credential.expiresAt);
          expect(next.getTime()).toBeGreaterThan(now.getTime());
          now = next;
          tries += 1;
        }
        expect(tries).toBeGreaterThanOrEqual(6);
        expect(retryTime(now, credential.expiresAt).getTime()).toBeLessThan(
          now.getTime() + 16 * 60_000,
        );
      }),
    );
  });

  it('is never due without an expiry', () => {
    expect(renewalTime({}, 0)).toBeUndefined();
  });

  it('S48 reports the state of a credential, and what to do', () => {
    const record = {
      clusterId: 'c',
      strategy: 'serviceAccount',
      expiresAt: '2026-11-22T00:00:00.000Z',
      renewAt: '2026-11-21T13:00:00.000Z',
    };
    const failing = {
      ...record,
      failingSince: '2026-11-21T13:00:00.000Z',
      message: 'Forbidden',
    };
    const noon = new Date('2026-11-21T12:00:00.000Z');
    const after = new Date('2026-11-22T00:00:00.000Z');
    expect(credentialStatus(record, noon)).toEqual({
      state: 'Valid',
      expiresAt: record.expiresAt,
      renewAt: record.renewAt,
    });
    expect(credentialStatus(failing, noon)).toMatchObject({
      state: 'RenewalFailed',
      message: expect.stringMatching(/Forbidden.*expires at 2026-11-22/),
    });
    expect(credentialStatus(failing, after)).toMatchObject({
      state: 'Expired',
      message: expect.stringMatching(/Forbidden.*Give a new one/),
    });
  });
});
