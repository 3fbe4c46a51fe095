import { median, percentile, ratio } from './statistics';
import { Progress, Row } from './types';

/** An operation that is measured repeatedly. */
export interface Contestant {
  what: string;
  /** Runs one operation. */
  operation: () => Promise<unknown>;
  /** The `what` of the contestant that this one is compared with. */
  baseline?: string;
  /** The lowest ratio that meets the goal. */
  goal?: number;
}

export interface RoundsOptions {
  rounds: number;
  /** Operations of each contestant in each round. */
  operations: number;
  /** The number of operations that run at a time. */
  concurrency: number;
  progress: Progress;
}

interface Samples {
  /** Operations per second, by round. */
  rates: number[];
  /** The time of each operation, in milliseconds. */
  times: number[];
}

/**
 * Measures contestants in turns: each round measures all of them, in another order than the round before, so that
 * other load on the machine affects all of them alike. The first round warms up and does not count.
 */
export async function measureRounds(
  contestants: Contestant[],
  { rounds, operations, concurrency, progress }: RoundsOptions,
): Promise<Row[]> {
  const samples = contestants.map((): Samples => ({ rates: [], times: [] }));
  for (let round = 0; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`);
    for (let turn = 0; turn < contestants.length; turn += 1) {
      const index = (round + turn) % contestants.length;
      const { rate, times } = await measure(
        contestants[index].operation,
        operations,
        concurrency,
      );
      if (round > 0) {
        samples[index].rates.push(rate);
        samples[index].times.push(...times);
      }
    }
  }
  return contestants.map(({ what, baseline, goal }, index) => {
    const compared = contestants.findIndex(other => other.what === baseline);
    const { rates, times } = samples[index];
    return {
      what,
      median: perSecond(median(rates)),
      p99: milliseconds(percentile(times, 0.99)),
      ...(compared >= 0 && { ratio: ratio(rates, samples[compared].rates) }),
      ...(goal !== undefined && { goal }),
    };
  });
}

async function measure(
  operation: () => Promise<unknown>,
  operations: number,
  concurrency: number,
): Promise<{ rate: number; times: number[] }> {
  const times: number[] = [];
  let left = operations;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const began = performance.now();
      await operation();
      times.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  return { rate: (operations * 1000) / (performance.now() - began), times };
}

/** Formats a rate, such as `12,345 /s`. */
export function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en-US')} /s`;
}

/** Formats a time in milliseconds, such as `1.25 ms`, with three significant digits. */
export function milliseconds(time: number): string {
  const [text] = `${Number(time.toPrecision(3))}`.split('e');
  return `${text} ms`;
}

/** Formats a time in seconds, such as `12.3 s`, with three significant digits. */
export function seconds(time: number): string {
  return `${Number(time.toPrecision(3))} s`;
}
