import { TOKEN_LIFETIME_SECONDS } from '../tokenLifetime';
import { KeyState, KeyTimes } from './types';

/** API servers do not fetch the keys again for an unknown `kid` before their cached copy expires. */
export const PUBLISHED_BEFORE_SIGNING_MS = 5 * 60_000;

/** The lifetime of the last token, plus five minutes for clock differences. */
export const PUBLISHED_AFTER_SIGNING_MS =
  TOKEN_LIFETIME_SECONDS * 1000 + 5 * 60_000;

/**
 * Computes the state of every key at a time. It depends on times alone, so that all replicas change from one key
 * to the next at the same time without coordination.
 */
export function keyStates(keys: KeyTimes[], now: Date): Map<string, KeyState> {
  const states = new Map<string, KeyState>();
  const activated: KeyTimes[] = [];
  for (const key of keys) {
    if (key.revokedAt) {
      states.set(key.kid, 'revoked');
    } else if (!key.activatesAt || key.activatesAt > now) {
      states.set(key.kid, 'next');
    } else {
      activated.push(key);
    }
  }
  activated.sort(byActivation);
  activated.forEach((key, index) => {
    const successor = activated[index + 1];
    states.set(
      key.kid,
      successor ? retiredOrExpired(successor, now) : 'active',
    );
  });
  return states;
}

export function isPublished(state: KeyState | undefined): boolean {
  return state === 'next' || state === 'active' || state === 'retired';
}

function byActivation(a: KeyTimes, b: KeyTimes): number {
  return (
    a.activatesAt!.getTime() - b.activatesAt!.getTime() ||
    a.generation - b.generation
  );
}

function retiredOrExpired(successor: KeyTimes, now: Date): KeyState {
  const end = successor.activatesAt!.getTime() + PUBLISHED_AFTER_SIGNING_MS;
  return now.getTime() < end ? 'retired' : 'expired';
}
