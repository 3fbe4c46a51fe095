import { ResponseError } from '@backstage/errors';
import { responseError } from '../../__testUtils__/responseError';
import { formatCpu, formatMemory } from './amounts';
import { problemOf } from './problem';
import { formatMoment, formatRemaining } from './time';

describe('amounts', () => {
  it.each([
    ['16', '16 vCPU'],
    ['7500m', '7.5 vCPU'],
    ['250m', '0.3 vCPU'],
    ['1k', '1000 vCPU'],
  ])('writes %s CPU as %s', (quantity, text) => {
    expect(formatCpu(quantity)).toBe(text);
  });

  it.each([
    ['64Gi', '64 GiB'],
    ['263921664Ki', '251.7 GiB'],
    ['6Ti', '6 TiB'],
    ['1000M', '953.7 MiB'],
    ['512', '512 B'],
  ])('writes %s memory as %s', (quantity, text) => {
    expect(formatMemory(quantity)).toBe(text);
  });
});

describe('formatMoment', () => {
  const now = new Date(2026, 10, 21, 12, 0, 0).getTime();

  it('writes a moment of today by the clock and others with their date', () => {
    const today = new Date(2026, 10, 21, 10, 42, 13).toISOString();
    const before = new Date(2026, 10, 20, 10, 42, 13).toISOString();
    expect(formatMoment(today, now, 'en')).toMatchObject({
      relative: '1 hour ago',
      short: '1 hr. ago',
      age: '1 hr',
      clock: '10:42',
      exact: expect.stringMatching(/^Sat, Nov 21, 2026, 10:42:13 /),
    });
    expect(formatMoment(before, now, 'en').clock).toBe('Nov 20, 10:42');
    const nextYear = new Date(2027, 0, 2, 10, 42).toISOString();
    expect(formatMoment(nextYear, now, 'en').clock).toBe('Jan 2, 2027, 10:42');
  });

  it.each([
    [12 * 3_600_000 - 1_000, 'in 12 hours'],
    [12 * 3_600_000 - 60_000, 'in 11 hours'],
    [20_000, 'in 20 seconds'],
  ])('writes a moment %d ms away', (milliseconds, relative) => {
    expect(formatMoment(now + milliseconds, now, 'en').relative).toBe(relative);
  });

  it('does not count the last few seconds', () => {
    expect(formatMoment(now - 9_000, now, 'en').relative).toBeUndefined();
    expect(formatMoment(now - 11_000, now, 'en').relative).toBe(
      '11 seconds ago',
    );
  });

  it.each([
    [42_000, '42 sec'],
    [4 * 60_000, '4 min'],
    [50 * 3_600_000, '2 days'],
  ])('writes how long ago %d ms are', (milliseconds, age) => {
    expect(formatMoment(now - milliseconds, now, 'en').age).toBe(age);
  });

  it('uses the language of the app', () => {
    expect(formatMoment(now - 600_000, now, 'de').relative).toBe(
      'vor 10 Minuten',
    );
  });
});

describe('formatRemaining', () => {
  it.each([
    [600_000, '10:00'],
    [545_000, '9:05'],
    [100, '0:01'],
    [-5, '0:00'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatRemaining(milliseconds)).toBe(text);
  });
});

describe('problemOf', () => {
  it.each([
    [400, 'invalid'],
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [409, 'conflict'],
    [500, 'failed'],
    [502, 'unreachable'],
    [503, 'unavailable'],
    [504, 'unreachable'],
  ])('takes %d as %s and keeps the backend’s message', async (status, kind) => {
    expect(problemOf(await responseError(status, 'because'))).toEqual({
      kind,
      message: 'because',
    });
  });

  it('takes the 503 of a proxy as a backend that does not answer', async () => {
    const error = await ResponseError.fromResponse(
      new Response('<h1>503 Service Temporarily Unavailable</h1>', {
        status: 503,
        headers: { 'Content-Type': 'text/html' },
      }) as Parameters<typeof ResponseError.fromResponse>[0],
    );
    expect(problemOf(error).kind).toBe('unreachable');
  });

  it('takes a missing answer as unreachable', () => {
    expect(problemOf(new TypeError('Failed to fetch')).kind).toBe(
      'unreachable',
    );
  });

  it('takes anything else as failed', () => {
    expect(problemOf(new Error('odd'))).toEqual({
      kind: 'failed',
      message: 'odd',
    });
    expect(problemOf('odd').message).toBe('odd');
  });
});
