import { ConflictError } from '@backstage/errors';
import { isKubeError, PersonClient } from '../../kube';
import { objectPath } from '../../kube/objectPath';
import { JsonRecord, recordAt } from '../../resources/objects/json';
import { encodeRelease, readStored } from './decodeRelease';
import { ReleaseReader } from './ReleaseReader';

const SECRETS = {
  apiVersion: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  namespaced: true,
};

/**
 * Marks a pending revision as failed, as helm does when it can: helm refuses every change of a release whose latest
 * revision is pending. The caller writes with the rights of the person.
 *
 * @param description - what the history of the release says
 * @throws the errors of `ReleaseReader.stored`; ConflictError if the revision is in a ConfigMap, is not the latest, is
 *   not pending, or changes meanwhile
 */
export async function markAsFailed(
  reader: ReleaseReader,
  client: PersonClient,
  {
    revision,
    description,
    signal,
  }: { revision: number; description: string; signal: AbortSignal },
): Promise<void> {
  const { address } = reader.options;
  const [latest] = await reader.revisions();
  if (latest.revision !== revision) {
    throw new ConflictError(
      `${address.release} is at revision ${latest.revision}, and not at ${revision}`,
    );
  }
  if (latest.source === 'configMap') {
    throw new ConflictError(
      `Helm stores ${address.release} in ConfigMaps. Berth reads such releases, and does not change them`,
    );
  }
  const { object, source } = await reader.stored(revision);
  const { stored, release } = await readStored(object, source);
  if (!stored.status.startsWith('pending-')) {
    throw new ConflictError(
      `Revision ${revision} of ${address.release} is ${stored.status}, and not pending`,
    );
  }
  const failed: JsonRecord = {
    ...release,
    info: { ...recordAt(release, 'info'), status: 'failed', description },
  };
  try {
    await client.request({
      method: 'PATCH',
      path: objectPath(SECRETS, {
        namespace: address.namespace,
        name: stored.objectName,
      }),
      query: { fieldManager: 'berth-ui' },
      body: {
        contentType: 'application/merge-patch+json',
        content: {
          metadata: {
            resourceVersion: stored.resourceVersion,
            labels: {
              status: 'failed',
              modifiedAt: String(Math.floor(Date.now() / 1_000)),
            },
          },
          data: { release: await encodeRelease(failed, source) },
        },
      },
      signal,
    });
  } catch (error) {
    if (isKubeError(error, 'Conflict')) {
      throw new ConflictError(
        `Revision ${revision} of ${address.release} changed meanwhile. Load the release again`,
      );
    }
    throw error;
  }
}
