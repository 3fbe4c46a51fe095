/** How often a request is looked at while the step waits, in milliseconds. */
export interface Pace {
  first: number;
  most: number;
}

export const DEFAULT_PACE: Pace = { first: 1000, most: 15_000 };

const GROWTH = 1.5;

/** The pauses between looks: each longer than the one before, and none quite like those of other tasks. */
export function* pausesOf({ first, most }: Pace): Generator<number, never> {
  for (let pause = first; ; pause = Math.min(pause * GROWTH, most)) {
    yield pause * (0.8 + 0.2 * Math.random());
  }
}
