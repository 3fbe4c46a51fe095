import { keyStates, PUBLISHED_BEFORE_SIGNING_MS } from './keyStates';
import { KeyAlgorithm, KeyTimes } from './types';

/** After this time, every replica has read the ring again and publishes the key that another one signs with. */
const KNOWN_TO_REPLICAS_MS = 10_000;

/** Changes to write to the key ring. */
export interface KeyChanges {
  /** Keys to create: one entry each, with the time from which the key signs. */
  create: { activatesAt?: Date }[];
  /** When existing keys start to sign, by kid. */
  activate: Map<string, Date>;
  revoke: string[];
  /** Keys whose tokens have all expired. */
  remove: string[];
}

export interface KeyPolicy {
  algorithm: KeyAlgorithm;
  rotationIntervalMs: number;
}

type Key = KeyTimes & { algorithm: KeyAlgorithm };

/**
 * Computes the changes for a healthy ring: one key that signs, one on standby that verifiers already know, no
 * expired key, and no key that signs for longer than the policy allows or with another algorithm.
 */
export function maintenance(
  keys: Key[],
  policy: KeyPolicy,
  now: Date,
): KeyChanges {
  const states = keyStates(keys, now);
  const changes: KeyChanges = {
    create: [],
    activate: new Map(),
    revoke: [],
    remove: keys
      .filter(key => states.get(key.kid) === 'expired')
      .map(key => key.kid),
  };
  const active = keys.find(key => states.get(key.kid) === 'active');
  if (!active) {
    return withSuccessor(changes, keys, now);
  }
  const age = now.getTime() - active.activatesAt!.getTime();
  const due =
    age >= policy.rotationIntervalMs || active.algorithm !== policy.algorithm;
  if (due) {
    return rotation(keys, policy, now, changes);
  }
  if (!standbyKey(keys, now)) {
    changes.create.push({});
  }
  return changes;
}

/** Activates the standby key once it has been published for long enough, and creates another standby key. */
export function rotation(
  keys: Key[],
  policy: KeyPolicy,
  now: Date,
  changes: KeyChanges = noChanges(),
): KeyChanges {
  if (keys.some(key => isScheduled(key, now))) {
    return changes;
  }
  const known = now.getTime() + PUBLISHED_BEFORE_SIGNING_MS;
  const standby = standbyKey(keys, now);
  if (standby && standby.algorithm === policy.algorithm) {
    const ready = standby.createdAt.getTime() + PUBLISHED_BEFORE_SIGNING_MS;
    const activatesAt = new Date(Math.max(now.getTime(), ready));
    changes.activate.set(standby.kid, activatesAt);
    changes.create.push({});
    return changes;
  }
  if (standby) {
    changes.revoke.push(standby.kid);
  }
  changes.create.push({ activatesAt: new Date(known) }, {});
  return changes;
}

/**
 * Revokes keys now. A successor that verifiers already know signs at once. Without one, a new key does.
 *
 * That alone would change nothing on clusters: an API server accepts every key that it knows until it reads the
 * keys again, and it does so only when it meets an unknown one. Therefore a key that no verifier knows takes
 * over. The first of its tokens makes an API server forget the revoked keys. A rotation under way ends with that, so
 * that the key of the rotation, which verifiers may know, does not sign soon after.
 */
export function revocation(keys: Key[], kids: string[], now: Date): KeyChanges {
  const revoke = keys
    .filter(key => kids.includes(key.kid) && !key.revokedAt)
    .map(key => key.kid);
  if (revoke.length === 0) {
    return noChanges();
  }
  const changes = { ...noChanges(), revoke };
  const rest = keys.map(key =>
    revoke.includes(key.kid) ? { ...key, revokedAt: now } : key,
  );
  const states = keyStates(keys, now);
  const active = keys.find(key => states.get(key.kid) === 'active');
  if (!active || revoke.includes(active.kid)) {
    withSuccessor(changes, rest, now);
  } else if (!standbyKey(rest, now)) {
    changes.create.push({});
  }
  if (!changes.create.some(({ activatesAt }) => activatesAt)) {
    const known = new Date(now.getTime() + KNOWN_TO_REPLICAS_MS);
    changes.create.unshift({ activatesAt: known });
    rest
      .filter(key => isScheduled(key, known) && !changes.activate.has(key.kid))
      // The new key is of a later generation, and signs in its place.
      .forEach(key => changes.activate.set(key.kid, known));
  }
  return changes;
}

function withSuccessor(
  changes: KeyChanges,
  keys: Key[],
  now: Date,
): KeyChanges {
  const states = keyStates(keys, now);
  const successor = keys
    .filter(key => states.get(key.kid) === 'next')
    .sort((a, b) => a.generation - b.generation)[0];
  if (successor) {
    changes.activate.set(successor.kid, now);
  } else {
    changes.create.push({ activatesAt: now });
  }
  changes.create.push({});
  return changes;
}

function standbyKey(keys: Key[], now: Date): Key | undefined {
  const states = keyStates(keys, now);
  return keys.find(
    key => states.get(key.kid) === 'next' && !isScheduled(key, now),
  );
}

function isScheduled(key: Key, now: Date): boolean {
  return (
    !key.revokedAt && key.activatesAt !== undefined && key.activatesAt > now
  );
}

export function noChanges(): KeyChanges {
  return { create: [], activate: new Map(), revoke: [], remove: [] };
}
