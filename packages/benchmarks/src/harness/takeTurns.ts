import { milliseconds } from './measureRounds';
import { median, percentile, ratio } from './statistics';
import { Row } from './types';

/**
 * Runs all sides in each round, in another order than the round before, so that other load on the machine affects all
 * of them alike. The first round warms up.
 *
 * @returns what each side returned, by round
 */
export async function takeTurns<T>(
  sides: (() => Promise<T>)[],
  { progress, rounds }: { progress: (round: string) => void; rounds: number },
): Promise<T[][]> {
  const taken: T[][] = sides.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`);
    for (let turn = 0; turn < sides.length; turn += 1) {
      const index = (round + turn) % sides.length;
      const result = await sides[index]();
      if (round > 0) {
        taken[index].push(result);
      }
    }
  }
  return taken;
}

/** Times that another side took in the same rounds, and the highest ratio that meets the goal. */
export interface TimeGoal {
  times: readonly number[];
  most: number;
  /** The name of the other side, such as `bare`. */
  of: string;
  /** Compares the 95th percentiles, and not the median of the ratios. */
  p95?: boolean;
}

/** A row about times in milliseconds; less is better. */
export function timeRow(
  what: string,
  times: readonly number[],
  goal?: TimeGoal,
): Row {
  const found =
    goal &&
    (goal.p95
      ? percentile(times, 0.95) / percentile(goal.times, 0.95)
      : ratio(times, goal.times));
  return {
    what,
    median: milliseconds(median(times)),
    ...(goal &&
      found !== undefined && {
        ratio: found,
        goal: {
          text: `${goal.p95 ? 'p95 ' : ''}≤ ${goal.most} × ${goal.of}`,
          met: found <= goal.most,
        },
      }),
  };
}
