/** The pauses between looks at a request while the step waits, in milliseconds. */
export interface Pace {
  first: number;
  most: number;
}

export const DEFAULT_PACE: Pace = { first: 1000, most: 15_000 };

const GROWTH = 1.5;

/** Generates the pauses between looks. They grow up to a limit, with jitter, so that tasks do not look together. */
export function* pausesOf({ first, most }: Pace): Generator<number, never> {
  for (let pause = first; ; pause = Math.min(pause * GROWTH, most)) {
    yield pause * (0.8 + 0.2 * Math.random());
  }
}
