import { CredentialStatus } from '@berth/plugin-berth-common';
import { ConnectionCredential } from '@berth/plugin-berth-node';
import { CredentialRecord } from '../../model/credentials';

/** The fraction of a credential's life after which it is renewed at the earliest. */
const EARLIEST = 0.5;
/**
 * The fraction after which it is renewed at the latest. A tenth of the life is left for two more attempts before 80 %
 * of it have passed.
 */
const LATEST = 0.7;
const FIRST_RETRY_MS = 30_000;
const LAST_RETRY_MS = 15 * 60_000;

/**
 * Computes when to renew a credential: at a random moment between 50 and 70 % of its life, so that clusters that were
 * registered together are not all called at once.
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
 * Computes when to retry a failed renewal: after a twentieth of the remaining life, within limits. There are many
 * attempts before the expiry, and few calls to a cluster that does not answer.
 */
export function retryTime(now: Date, expiresAt: string | undefined): Date {
  const left = expiresAt ? Date.parse(expiresAt) - now.getTime() : Infinity;
  const wait = left > 0 ? left / 20 : LAST_RETRY_MS;
  return new Date(
    now.getTime() + Math.min(Math.max(wait, FIRST_RETRY_MS), LAST_RETRY_MS),
  );
}

/** Returns the state of a stored credential, for people. */
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
        message: `The credential cannot be renewed since ${failingSince}: ${message}. It expires at ${expiresAt}; fix the cause or enter a new one before that`,
      };
}
