import { DecodedRelease } from '../releases/types';
import { ReleaseSubject } from './PreviewDraft';

/**
 * Returns the revision whose objects Helm compares with those of an upgrade: the deployed one, even if a later one
 * failed.
 */
export async function deployedRevision({
  base,
  caller: { reader },
}: ReleaseSubject): Promise<{ release: DecodedRelease; warnings: string[] }> {
  const deployed = (await reader.revisions()).find(
    ({ status }) => status === 'deployed',
  );
  if (!deployed || deployed.revision === base.stored.revision) {
    return { release: base.release, warnings: [] };
  }
  const { release } = await reader.open(deployed.revision);
  return {
    release,
    warnings: [
      `Revision ${base.stored.revision} is ${base.stored.status}. The changes are those from revision ${deployed.revision}, which is deployed`,
    ],
  };
}
