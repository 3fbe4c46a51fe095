import { NotFoundError } from '@backstage/errors';
import { readHistory } from '../releases/readHistory';
import { ReleaseReader } from '../releases/ReleaseReader';
import { StoredRevision } from '../releases/types';
import { StoredSecret } from '../storedSecret';
import { isPending } from './transitions';
import { OperationRecord, OperationWork } from './types';

/** helm must not start. */
export class RefusedError extends Error {}

/**
 * Another person may have changed the release while an operation waited for its turn.
 *
 * @returns the stored revisions, which helm may read
 * @throws RefusedError if the release is not as the preview of the operation had it
 */
export async function assertUnchanged(
  reader: ReleaseReader,
  { baseRevision, kind, release }: OperationRecord,
  { base }: OperationWork,
): Promise<StoredSecret[]> {
  const [latest] = await revisionsOf(reader);
  const { checked, problem, version } = await readHistory(reader);
  if (problem !== undefined) {
    throw new RefusedError(problem);
  }
  if (kind === 'install') {
    if (latest) {
      throw new RefusedError(
        `Someone installed ${release} while the operation waited: revision ${latest.revision} is ${latest.status}`,
      );
    }
    return checked;
  }
  if (!latest) {
    throw new RefusedError(
      `Someone uninstalled ${release} while the operation waited`,
    );
  }
  if (
    latest.revision !== baseRevision ||
    // Helm also uninstalls what is pending.
    (isPending(latest.status) && kind !== 'uninstall')
  ) {
    throw new RefusedError(
      `${release} changed while the operation waited: revision ${latest.revision} is ${latest.status}`,
    );
  }
  // A revision may have been written again, or the release uninstalled and installed again.
  if (
    base !== undefined &&
    base !== version &&
    !isBeforeUpgrade(base, latest)
  ) {
    throw new RefusedError(
      `The stored revisions of ${release} changed while the operation waited. Look at the preview again`,
    );
  }
  return checked;
}

/** Returns no revisions for a release that does not exist. */
async function revisionsOf(reader: ReleaseReader): Promise<StoredRevision[]> {
  try {
    return await reader.revisions();
  } catch (error) {
    if (error instanceof NotFoundError) {
      return [];
    }
    throw error;
  }
}

/** An operation that was queued by an older portal has the UID and the version of the latest revision only. */
function isBeforeUpgrade(
  base: string,
  { uid, resourceVersion }: StoredRevision,
): boolean {
  return base === `${uid}/${resourceVersion}`;
}
