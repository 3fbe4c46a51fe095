import { useText } from '../useText';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Returns a function that writes the lifetime of a sign-in, such as `12 hours`. */
export function useLifetimeText(): (seconds: number) => string {
  const t = useText();
  return seconds =>
    seconds % DAY === 0
      ? t('kubectl.days', { count: seconds / DAY })
      : t('kubectl.hours', { count: Math.round((seconds / HOUR) * 10) / 10 });
}
