import { HelmStatus } from '@berth/plugin-berth-common';
import { HelmEnd } from '../runner';
import { ReadyEnd } from './ReadyWatch';
import { NewOperation, OperationEnd } from './types';

/** Why an operation came to its end. */
export type Cause =
  /** Nobody ended helm. */
  | { type: 'exited'; ok: boolean; refused?: string }
  | { type: 'cancelled'; by: string }
  | { type: 'lost-right'; why: string }
  | { type: 'refused'; why: string }
  | { type: Exclude<HelmEnd, 'exited' | 'cancelled' | 'lost-right'> }
  /** The portal stopped while helm ran. */
  | { type: 'stopped' };

/** What the cluster has of a release. */
export interface ReleaseState {
  /** The latest revision; absent if there is no release. */
  latest?: { revision: number; status: HelmStatus };
  /** The revision after the one on which the operation is based. */
  next?: {
    revision: number;
    status: HelmStatus;
    /** Whether the operation made it. */
    own: boolean;
  };
  /** The revision after that one, if helm may have made it to undo the operation. */
  undo?: {
    revision: number;
    status: HelmStatus;
    /** Whether it is proven that the operation made it. */
    own: boolean;
  };
  /** Whether the operation ran all tests, and all passed. */
  testsPassed?: boolean;
}

export type Conclusion = OperationEnd & {
  /** The revision that the operation left pending. */
  unlock?: number;
};

type Operation = Pick<
  NewOperation,
  'kind' | 'cluster' | 'namespace' | 'release' | 'baseRevision'
>;

/** The kinds of operations that make a revision. */
export const MAKES_REVISION: ReadonlySet<Operation['kind']> = new Set([
  'install',
  'upgrade',
  'rollback',
]);

const WORDS = {
  install: 'installation',
  upgrade: 'upgrade',
  rollback: 'rollback',
  uninstall: 'uninstallation',
  test: 'test',
};

export function isPending(status: HelmStatus): boolean {
  return status.startsWith('pending-');
}

/**
 * Decides how an operation ended, from what the cluster has. The exit code of helm alone proves nothing.
 *
 * @param found - undefined if the release could not be read
 */
export function conclude(
  operation: Operation,
  cause: Cause,
  found: ReleaseState | undefined,
): Conclusion {
  if (found && isDone(operation, cause, found)) {
    return {
      state: 'Succeeded',
      ...revisionOf(found),
      ...remainsOf(operation, cause),
      message: successOf(operation, cause, found),
    };
  }
  const { state, why } = reasonOf(operation, cause, found !== undefined);
  return {
    state,
    ...(found && revisionOf(found)),
    ...adviceFor(operation, cause, found),
    message: why,
  };
}

/** Returns the end of an operation of which it is known that it made a revision, and succeeded. */
export function succeeded(operation: Operation, revision: number): Conclusion {
  return conclude(
    operation,
    { type: 'exited', ok: true },
    { next: { revision, status: 'deployed', own: true } },
  );
}

/** Returns what the wait for the objects of a release adds to the end of an operation. Names no object. */
export function withReadiness(
  { baseRevision, kind }: Operation,
  { message }: Conclusion,
  end: ReadyEnd & { by?: string },
): Pick<Conclusion, 'message' | 'advice'> {
  switch (end.type) {
    case 'ready':
      return { message: `${message}, and its objects are ready` };
    case 'late':
      return {
        message: `${message}, but ${
          end.count === 1 ? '1 object is' : `${end.count} objects are`
        } not ready yet`,
        advice:
          kind === 'install'
            ? 'Look at the objects of the release, and correct the values or uninstall it'
            : `Look at the objects of the release, and correct the values or roll back to revision ${baseRevision}`,
      };
    case 'ended':
      return {
        message:
          end.by === undefined
            ? `${message}. The portal stopped before its objects were ready`
            : `${message}. ${end.by} ended the wait for its objects`,
      };
    case 'replaced':
      return {
        message: `${message}. The release changed again before its objects were ready`,
      };
    case 'full':
      return {
        message: `${message}. Berth does not wait for its objects, because it waits for those of many other operations`,
      };
    default:
      return {
        message: `${message}. Whether its objects are ready could not be read`,
      };
  }
}

function isDone(
  { kind }: Operation,
  cause: Cause,
  { latest, next, testsPassed }: ReleaseState,
): boolean {
  switch (kind) {
    case 'test':
      // helm also reports an error if it cannot read the logs of tests that passed.
      return (cause.type === 'exited' && cause.ok) || testsPassed === true;
    case 'uninstall':
      return latest === undefined || latest.status === 'uninstalled';
    // install, upgrade and rollback
    default:
      return (
        next?.own === true &&
        (next.status === 'deployed' || next.status === 'superseded')
      );
  }
}

function revisionOf({ next }: ReleaseState): Pick<OperationEnd, 'revision'> {
  return next?.own ? { revision: next.revision } : {};
}

/** helm removes a release also where its hooks failed, or objects could not be deleted. */
function isIncomplete({ kind }: Operation, cause: Cause): boolean {
  return kind === 'uninstall' && cause.type === 'exited' && !cause.ok;
}

function remainsOf(
  operation: Operation,
  cause: Cause,
): Pick<Conclusion, 'advice'> {
  return isIncomplete(operation, cause)
    ? {
        advice:
          'A hook may not have run to its end, and objects may be left. Look at the lines of the operation',
      }
    : {};
}

function successOf(
  operation: Operation,
  cause: Cause,
  { latest, next }: ReleaseState,
): string {
  const { kind, release } = operation;
  const late =
    cause.type === 'exited' ? '' : '. It was done before it could be ended';
  const error = isIncomplete(operation, cause)
    ? ', but helm reported an error'
    : '';
  switch (kind) {
    case 'test':
      return `The tests of ${release} passed`;
    case 'uninstall':
      return latest
        ? `${release} is uninstalled, and its history is kept${error}${late}`
        : `${release} is uninstalled${error}${late}`;
    case 'install':
      return `${release} is installed${late}`;
    default:
      return `${release} is at revision ${next?.revision}${late}`;
  }
}

function reasonOf(
  { kind, release, cluster }: Operation,
  cause: Cause,
  isRead: boolean,
): { state: OperationEnd['state']; why: string } {
  const what = WORDS[kind];
  switch (cause.type) {
    case 'cancelled':
      return {
        state: 'Cancelled',
        why: `The ${what} of ${release} was cancelled by ${cause.by}`,
      };
    case 'refused':
      return { state: 'Failed', why: cause.why };
    case 'lost-right':
      return {
        state: 'Interrupted',
        why: `The ${what} of ${release} ended, because the person who started it may no longer run it: ${cause.why}`,
      };
    case 'stopped':
      return {
        state: 'Interrupted',
        why: `The portal stopped during the ${what} of ${release}`,
      };
    case 'deadline':
      return {
        state: 'Failed',
        why: `The ${what} of ${release} did not end in time`,
      };
    case 'changed':
      return {
        state: 'Failed',
        why: `Someone changed the stored revisions of ${release} after the portal had checked them, so the portal ended the ${what}`,
      };
    case 'killed':
      return {
        state: 'Failed',
        why: `helm was ended during the ${what} of ${release}: it needed more memory or processor time than it may use, or another program ended it`,
      };
    default:
      if (cause.refused !== undefined) {
        return {
          state: 'Failed',
          why: `${cluster} refused a call of helm: ${cause.refused}`,
        };
      }
      if (cause.ok && !isRead) {
        return {
          state: 'Interrupted',
          why: `helm reported a success, and whether ${release} is as the ${what} should have left it is not known`,
        };
      }
      return {
        state: 'Failed',
        why: cause.ok
          ? `helm reported a success, but ${release} is not as the ${what} should have left it`
          : `helm reported an error during the ${what} of ${release}`,
      };
  }
}

function adviceFor(
  operation: Operation,
  cause: Cause,
  found: ReleaseState | undefined,
): Pick<Conclusion, 'advice' | 'unlock'> {
  const { kind, namespace, release, baseRevision } = operation;
  if (!found) {
    return {
      advice: `The release could not be read. If ${release} stays pending, a person who may change releases in ${namespace} can mark the revision as failed`,
    };
  }
  const { latest, next, undo } = found;
  if (kind === 'test') {
    return { advice: 'Look at the lines of the tests, and run the test again' };
  }
  if (kind === 'uninstall') {
    return {
      advice:
        latest?.status === 'uninstalling'
          ? `A part of ${release} may be gone. Uninstall it again`
          : `${release} is still at revision ${latest?.revision}. Uninstall it again`,
    };
  }
  if (!next) {
    if (kind === 'install' && !latest) {
      return {
        advice: `There is no release ${release} in ${namespace}. Correct the cause, and install it again`,
      };
    }
    return {
      advice: latest
        ? `${release} is unchanged at revision ${latest.revision}`
        : `There is no release ${release} in ${namespace} any more. Someone uninstalled it meanwhile`,
    };
  }
  if (!next.own) {
    return {
      advice: `Revision ${next.revision} of ${release} was made by someone else meanwhile. Look at it before you try again`,
    };
  }
  if (latest && latest.revision > next.revision) {
    if (
      undo?.own &&
      undo.revision === latest.revision &&
      isPending(undo.status)
    ) {
      return {
        unlock: undo.revision,
        advice: `Revision ${next.revision} failed, and helm did not finish to undo it with revision ${undo.revision}. Roll back to revision ${baseRevision}, or run it again`,
      };
    }
    return {
      advice: `Revision ${next.revision} failed, and ${release} is ${latest.status} at revision ${latest.revision} now`,
    };
  }
  return {
    ...(isPending(next.status) && { unlock: next.revision }),
    advice:
      kind === 'install'
        ? `${release} is installed in part. Uninstall it, or correct the values and upgrade`
        : `Revision ${
            next.revision
          } of ${release} is rolled out in part. Roll back to revision ${baseRevision}, or ${
            cause.type === 'exited'
              ? 'correct the values and upgrade'
              : 'run it'
          } again`,
  };
}
