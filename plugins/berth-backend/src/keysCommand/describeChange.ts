import { NotFoundError } from '@backstage/errors';
import { KeySummary } from '../issuer/keys/types';

/** Describes the effect of a rotation, for the person who confirms it. */
export function describeRotation(keys: KeySummary[]): string {
  const scheduled = keys.find(
    ({ state, activatesAt }) => state === 'next' && activatesAt !== undefined,
  );
  return scheduled
    ? `A rotation is under way: ${
        scheduled.kid
      } signs from ${scheduled.activatesAt!.toISOString()}. Another rotation changes nothing.`
    : 'The next key will sign as soon as it has been published for five minutes. Nobody notices.';
}

/** Describes the effect of a revocation, for the person who confirms it. */
export function describeRevocation(keys: KeySummary[], kids: string[]): string {
  const names = kids.map(
    kid => `${kid} (${keys.find(key => key.kid === kid)!.state})`,
  );
  const rest = keys.filter(key => !kids.includes(key.kid));
  const active = keys.find(({ state }) => state === 'active');
  const lines = [
    `${names.join(
      ', ',
    )} will be withdrawn permanently. Within seconds a key that no API server knows starts to sign. The first of its tokens makes an API server read the keys again and refuse the withdrawn keys.`,
  ];
  if (active === undefined || kids.includes(active.kid)) {
    lines.push(
      rest.some(({ state }) => state === 'next')
        ? 'Until then the next key signs, which API servers know already. People get new tokens by themselves.'
        : 'With several backends new tokens may be refused for the first 5 seconds.',
    );
  }
  return lines.join('\n');
}

/**
 * Returns those kids of the command that are not revoked yet.
 *
 * @throws NotFoundError naming the kids that are not in the ring
 */
export function kidsToRevoke(
  keys: KeySummary[],
  wanted: string[] | 'all',
): string[] {
  const states = new Map(keys.map(({ kid, state }) => [kid, state]));
  const kids =
    wanted === 'all'
      ? [...states.keys()].filter(kid => states.get(kid) !== 'expired')
      : [...new Set(wanted)];
  const unknown = kids.filter(kid => !states.has(kid));
  if (unknown.length > 0) {
    throw new NotFoundError(
      `There is no signing key ${unknown.join(
        ', ',
      )}; "berth-keys list" lists the existing keys`,
    );
  }
  return kids.filter(kid => states.get(kid) !== 'revoked');
}
