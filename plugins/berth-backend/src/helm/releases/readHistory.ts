import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isKubeError } from '../../kube';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { readStored } from './decodeRelease';
import { ReleaseError } from './ReleaseError';
import { ReleaseReader } from './ReleaseReader';
import { StoredRevision } from './types';

/** helm keeps 10 by default. The content of each is read once. */
const MAX_REVISIONS = 250;
const MAX_KNOWN = 20_000;

/** The revisions whose content is known to agree with their labels. */
const agreeing = new LRUCache<string, true>({ max: MAX_KNOWN });

/** What helm takes for the history of a release. */
export interface ReleaseHistory {
  /** Differs after every change of a stored revision, also if others write one again under its number. */
  version: string;
  /** Why helm may see other revisions than Berth. */
  problem?: string;
}

/**
 * Reads what helm takes for the history of a release. helm finds its revisions by their labels and orders them by their
 * content, so that an object with another name, or with the number of another revision in its content, could take the
 * place of the one that a person has seen. Anyone who may write Secrets in the namespace can make one.
 *
 * @throws the errors of `ReleaseCalls`
 */
export async function readHistory(
  reader: ReleaseReader,
): Promise<ReleaseHistory> {
  const { address, calls } = reader.options;
  const { namespace, release } = address;
  const { revisions, others } = await calls.listStored(
    'secret',
    `owner=helm,name=${release}`,
    namespace,
  );
  const version = hash(
    'sha256',
    JSON.stringify(
      revisions
        .map(({ revision, uid, resourceVersion }) =>
          [revision, uid, resourceVersion].join('/'),
        )
        .sort(),
    ),
    'base64url',
  );
  const problem =
    strangers(reader, others) ?? (await strange(reader, revisions));
  return { version, ...(problem !== undefined && { problem }) };
}

function strangers(
  { options: { address } }: ReleaseReader,
  names: string[],
): string | undefined {
  if (names.length === 0) {
    return undefined;
  }
  const named = names.slice(0, 5).map(quoteUntrusted).join(', ');
  const { namespace, release } = address;
  return `helm takes objects for revisions of ${release} that are none: ${names.length} in ${namespace}, such as the Secret ${named}. Delete them, or their label "owner", first`;
}

/** Returns why the content of a revision does not agree with its name and labels. */
async function strange(
  reader: ReleaseReader,
  revisions: StoredRevision[],
): Promise<string | undefined> {
  const { address, calls, entry } = reader.options;
  if (revisions.length > MAX_REVISIONS) {
    return `${address.release} has ${revisions.length} revisions, and Berth changes releases with at most ${MAX_REVISIONS}. Delete the Secrets of the oldest, or set --history-max`;
  }
  for (const stored of revisions) {
    const { objectName: name, namespace, uid, resourceVersion } = stored;
    const key = JSON.stringify([entry.cluster.id, uid, resourceVersion]);
    if (agreeing.has(key)) {
      continue;
    }
    try {
      const object = await calls.getContent('secret', { namespace, name });
      await readStored(object, 'secret');
      agreeing.set(key, true);
    } catch (error) {
      if (error instanceof ReleaseError) {
        return `${error.message}. helm could take the Secret for another revision: delete it first`;
      }
      // Deleted meanwhile, so that the version of the history differs at the next look.
      if (!isKubeError(error, 'NotFound')) {
        throw error;
      }
    }
  }
  return undefined;
}
