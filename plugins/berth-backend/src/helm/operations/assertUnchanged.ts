import { NotFoundError } from '@backstage/errors';
import { versionOf } from '../previews/digest';
import { ReleaseReader } from '../releases/ReleaseReader';
import { isPending } from './transitions';
import { OperationRecord, OperationWork } from './types';

/** helm must not start. */
export class RefusedError extends Error {}

/**
 * Another person may have changed the release while an operation waited for its turn.
 *
 * @throws RefusedError if the release is not as the preview of the operation had it
 */
export async function assertUnchanged(
  reader: ReleaseReader,
  { baseRevision, kind, release }: OperationRecord,
  { base }: OperationWork,
): Promise<void> {
  if (kind === 'install') {
    await assertFree(reader, release);
    return;
  }
  const [latest] = await reader.revisions();
  if (
    latest.revision !== baseRevision ||
    // Helm also uninstalls what is pending.
    (isPending(latest.status) && kind !== 'uninstall') ||
    // The release may have been uninstalled and installed again.
    (base !== undefined && base !== versionOf(latest))
  ) {
    throw new RefusedError(
      `${release} changed while the operation waited: revision ${latest.revision} is ${latest.status}`,
    );
  }
}

/** @throws RefusedError if there is such a release */
async function assertFree(
  reader: ReleaseReader,
  release: string,
): Promise<void> {
  const found = await reader.revisions().catch(error => {
    if (error instanceof NotFoundError) {
      return [];
    }
    throw error;
  });
  if (found.length > 0) {
    throw new RefusedError(
      `Someone installed ${release} while the operation waited: revision ${found[0].revision} is ${found[0].status}`,
    );
  }
}
