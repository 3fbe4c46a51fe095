import { isError } from '@backstage/errors';
import { setTimeout as delay } from 'node:timers/promises';
import { routeErrorOf } from '../../access/clusterCallErrors';
import { redact } from '../../kube';
import { isRefusal } from '../runner/isRefusal';
import { markAsFailed } from '../releases/markAsFailed';
import { HelmWrite } from '../runner';
import { OperationLines } from './OperationLines';
import { readReleaseState } from './ReleaseAsPerson';
import { CALL_MS, RunPerson } from './RunPerson';
import { Conclusion, ReleaseState } from './transitions';
import { OperationRecord, OperationWork } from './types';

/** How often and how long the release is read after the end, if the cluster does not answer. */
const READ_AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

interface Ended {
  lines: Pick<OperationLines, 'add'>;
  operation: OperationRecord;
  person: RunPerson;
}

/**
 * Reads what an operation left of its release. Asks again while the cluster does not answer.
 *
 * @param of.signal - aborted when this replica shall work on the operation no longer
 * @param of.work - undefined if it cannot be decrypted
 * @param of.writes - what helm wrote; undefined if the portal stopped meanwhile
 * @param of.recorded - the lines of the operation, if the portal stopped meanwhile
 * @returns undefined if the release cannot be read
 */
export async function readBack({
  lines,
  operation,
  person,
  recorded,
  signal,
  work,
  writes,
}: Ended & {
  recorded?: readonly string[];
  signal: AbortSignal;
  work: OperationWork | undefined;
  writes: HelmWrite[] | undefined;
}): Promise<ReleaseState | undefined> {
  for (const wait of [...READ_AGAIN_MS, undefined]) {
    try {
      const { reader } = await person.open();
      return await readReleaseState(reader, operation, work, {
        writes,
        lines: recorded,
      });
    } catch (error) {
      const isLast = wait === undefined || signal.aborted;
      if (isLast || isRefusal(routeErrorOf(error, operation.cluster))) {
        lines.add('Warning', 'The release could not be read');
        return undefined;
      }
      lines.add(
        'Warning',
        `${operation.cluster} does not answer. The release is read again`,
      );
      await delay(wait, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

/** Marks the revision as failed that an operation left pending, or adds to its end that this was not possible. */
export async function unlock(
  { lines, operation, person }: Ended,
  conclusion: Conclusion,
): Promise<void> {
  const { unlock: revision, state } = conclusion;
  if (revision === undefined) {
    return;
  }
  try {
    const { reader, client } = await person.open();
    await markAsFailed(reader, client, {
      revision,
      description: `${state} in the portal`,
      signal: AbortSignal.timeout(CALL_MS),
    });
    lines.add('Info', `Revision ${revision} is marked as failed`);
  } catch (error) {
    const reason = routeErrorOf(error, operation.cluster);
    conclusion.advice = `Revision ${revision} is still pending, and helm refuses other changes until it is marked as failed`;
    lines.add(
      'Warning',
      `Revision ${revision} could not be marked as failed: ${
        isError(reason) ? redact(reason.message) : 'unknown'
      }`,
    );
  }
}
