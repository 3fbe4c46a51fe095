import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { callMessage } from '../../access/clusterCallErrors';
import { isKubeError } from '../../kube';
import { HelmResult } from '../runner';
import { RefusedError } from './assertUnchanged';
import { RunPerson } from './RunPerson';
import { Cause } from './transitions';
import { OperationRecord } from './types';

export const UNREADABLE: Cause = {
  type: 'refused',
  why: 'What the operation runs cannot be decrypted: the portal has another encryption secret now. Start the operation again',
};

/** Name no object, because people see them who may not read Secrets. */
const DEVIATIONS = {
  write:
    'helm would have written an object that the preview did not show, so the portal refused the write. Look at the preview again',
  rendering:
    'The chart renders other objects now than the preview showed, so the portal does not let helm store them. Look at the preview again',
  read: 'The chart would have read Secrets that it did not read for the preview, so the portal refused it. Look at the preview again',
};

/**
 * Returns why helm ended.
 *
 * @param cancelledBy - the person who cancelled it, unless something else ended it before
 */
export function causeOf(
  { ended, exitCode, refused, deviation }: HelmResult,
  { lostRight }: Pick<RunPerson, 'lostRight'>,
  cancelledBy: string | undefined,
): Cause {
  switch (ended) {
    case 'exited': {
      if (exitCode !== 0 && deviation) {
        return { type: 'refused', why: DEVIATIONS[deviation] };
      }
      const [first] = refused;
      return {
        type: 'exited',
        ok: exitCode === 0,
        ...(exitCode !== 0 && first && { refused: callOf(first) }),
      };
    }
    case 'cancelled':
      return cancelledBy === undefined
        ? { type: 'stopped' }
        : { type: 'cancelled', by: cancelledBy };
    case 'lost-right':
      return {
        type: 'lost-right',
        why: lostRight ?? 'the portal could not check it',
      };
    default:
      return { type: ended };
  }
}

/** Returns why helm did not start. */
export function causeOfFailure(
  error: unknown,
  {
    logger,
    operation: { cluster, id },
    person: { lostRight },
  }: {
    logger: LoggerService;
    operation: OperationRecord;
    person: Pick<RunPerson, 'lostRight'>;
  },
): Cause {
  if (lostRight !== undefined) {
    return { type: 'lost-right', why: lostRight };
  }
  if (error instanceof RefusedError) {
    return { type: 'refused', why: error.message };
  }
  logger.warn(
    `The operation ${id} on ${cluster} could not run helm`,
    toError(error),
  );
  return {
    type: 'refused',
    why: isKubeError(error)
      ? callMessage(error, cluster)
      : 'The portal could not run helm. Its log has the reason',
  };
}

/** Names no object, because people see it who may not read Secrets. */
function callOf({ verb, group, resource }: HelmResult['refused'][number]) {
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}`;
}
