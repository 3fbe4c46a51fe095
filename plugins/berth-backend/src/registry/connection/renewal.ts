import { CredentialStatus } from '@berth/plugin-berth-common';
import { ConnectionCredential } from '@berth/plugin-berth-node';
import { CredentialRecord } from './credentialTypes';

/** Part of its life after which a credential is renewed at the earliest. */
const EARLIEST = 0.5;
/** Leaves a tenth of the life for a second and third try before four fifths of it are over. */
const LATEST = 0.7;
const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 15 * 60_000;

/**
 * When a credential is first to be renewed: at a random moment between 50 and 70 % of its life, so that
 * many clusters that were registered together are not all asked at once.
 *
 * @param random - from 0 to 1
 */
export function renewalTime(
  { issuedAt, expiresAt }: Pick<ConnectionCredential, 'issuedAt' | 'expiresAt'>,
  random: number,
): Date | undefined {
  if (issuedAt === undefined || expiresAt === undefined) {
    return undefined;
  }
  const begin = Date.parse(issuedAt);
  const life = Date.parse(expiresAt) - begin;
  return new Date(begin + life * (EARLIEST + (LATEST - EARLIEST) * random));
}

/**
 * When to try again after a failed renewal: after a twentieth of what is left, within bounds, so that there
 * are many tries before the credential expires, and ever fewer calls to a cluster that stays away.
 */
export function retryTime(now: Date, expiresAt: string | undefined): Date {
  const left = expiresAt ? Date.parse(expiresAt) - now.getTime() : Infinity;
  const wait = left > 0 ? left / 20 : LAST_RETRY_MS;
  return new Date(
    now.getTime() + Math.min(Math.max(wait, FIRST_RETRY_MS), LAST_RETRY_MS),
  );
}

/** How a kept credential is, for people. */
export function credentialStatus(
  record: CredentialRecord,
  now: Date,
): CredentialStatus {
  const { expiresAt, renewAt, failingSince, message } = record;
  const expired = expiresAt !== undefined && Date.parse(expiresAt) <= +now;
  const times = {
    ...(expiresAt !== undefined && { expiresAt }),
    ...(renewAt !== undefined && { renewAt }),
  };
  if (expired) {
    return {
      state: 'Expired',
      ...times,
      message: `The credential expired at ${expiresAt}${
        message ? `, as its renewal failed: ${message}` : ''
      }. Give a new one in the cluster's settings`,
    };
  }
  return failingSince === undefined
    ? { state: 'Valid', ...times }
    : {
        state: 'RenewalFailed',
        ...times,
        message: `The credential cannot be renewed since ${failingSince}: ${message}. It expires at ${expiresAt}; mend the cause or give a new one before that`,
      };
}
