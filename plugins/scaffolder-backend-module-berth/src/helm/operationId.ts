import { createHash } from 'node:crypto';
import { HelmInstallInput } from './types';

/** The digits of ULIDs. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;

/** What an operation of a step belongs to. */
export interface OperationKey {
  taskId: string;
  stepId: string | undefined;
  place: Pick<HelmInstallInput, 'cluster' | 'namespace' | 'release'>;
  /** From 0; another one only after the former has failed. */
  attempt: number;
}

/**
 * Computes the id of the operation of a step, in the form of a ULID: the same when the task runs again, another one for
 * each release of a step with `each`.
 */
export function operationIdOf({
  taskId,
  stepId,
  place: { cluster, namespace, release },
  attempt,
}: OperationKey): string {
  const hash = createHash('sha256')
    .update(
      JSON.stringify([taskId, stepId, cluster, namespace, release, attempt]),
    )
    .digest();
  const digits = [...hash.subarray(0, LENGTH)].map(byte => byte % 32);
  // A ULID has 128 bits, so its first digit is below 8.
  digits[0] %= 8;
  return digits.map(digit => DIGITS[digit]).join('');
}
