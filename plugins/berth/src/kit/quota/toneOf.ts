const NEARLY_FULL = 0.8;

/** How pressing it is that so much of a bound is in use. */
export function toneOf(fraction = 0): 'over' | 'full' | 'high' | 'normal' {
  if (fraction > 1) {
    return 'over';
  }
  if (fraction === 1) {
    return 'full';
  }
  return fraction >= NEARLY_FULL ? 'high' : 'normal';
}
