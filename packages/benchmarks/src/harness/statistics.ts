/**
 * Returns the value below which a part of the samples lies, by the nearest rank.
 *
 * @param part - from 0 (the least) to 1 (the greatest)
 * @throws RangeError without samples, or if the part is not between 0 and 1
 */
export function percentile(samples: readonly number[], part: number): number {
  if (samples.length === 0) {
    throw new RangeError('There is no percentile of no samples');
  }
  if (!(part >= 0 && part <= 1)) {
    throw new RangeError(`${part} is not a part of the samples, from 0 to 1`);
  }
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}

/** Returns the middle value, or the mean of the two in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half)
    ? (percentile(sorted, 0.5) + sorted[half]) / 2
    : percentile(sorted, 0.5);
}

/**
 * Compares a measure with its baseline by the median of the ratios of all rounds, so that a slow round does not
 * matter.
 *
 * @throws RangeError if the two have different numbers of rounds
 */
export function ratio(
  measured: readonly number[],
  baseline: readonly number[],
): number {
  if (measured.length !== baseline.length) {
    throw new RangeError(
      `${measured.length} rounds cannot be compared with ${baseline.length} of the baseline`,
    );
  }
  return median(measured.map((value, round) => value / baseline[round]));
}
