import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readToken, writeToken } from './tokenCache';

const MINUTE = 60_000;

it('S44: a program like k9s gets a token every four to nine minutes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cache-'));
  const mints: number[] = [];
  try {
    // The portal repeats a token for half of its life of ten minutes, so that a token can have five minutes left.
    const lifetimes = [10, 5, 10, 7, 10, 5, 5].map(minutes => minutes * MINUTE);
    for (let now = 0; now < 30 * MINUTE; now += 1000) {
      if (!readToken(folder, 'A', 'device', now)) {
        mints.push(now);
        const goodFor = lifetimes[mints.length - 1] - MINUTE;
        const token = {
          token: 't',
          obtainedAt: now,
          goodFor,
          device: 'device',
        };
        writeToken(folder, 'A', token);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const pauses = mints
    .slice(1)
    .map((at, index) => (at - mints[index]) / MINUTE);
  expect(pauses.length).toBeGreaterThan(2);
  for (const pause of pauses) {
    expect(pause).toBeGreaterThanOrEqual(4);
    expect(pause).toBeLessThanOrEqual(9);
  }
});
