import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { isKubeError } from '../../kube';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { contentProblem } from './contentProblem';
import { ReleaseReader } from './ReleaseReader';
import { StoredRevision } from './types';

/** The most that `berth.helm.historyMax` can keep. The content of each is read once. */
export const MAX_REVISIONS = 250;
const MAX_KNOWN = 20_000;
/** How many contents are held at a time. */
const CONTENTS = 4;

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
  { options }: ReleaseReader,
  revisions: StoredRevision[],
): Promise<string | undefined> {
  const { address, calls, entry } = options;
  if (revisions.length > MAX_REVISIONS) {
    return `${address.release} has ${revisions.length} revisions, and Berth changes releases with at most ${MAX_REVISIONS}. Delete the Secrets of the oldest, or use helm with --history-max`;
  }
  const [reading, parsing] = [pLimit(CONTENTS), pLimit(1)];
  const problems = await Promise.all(
    revisions.map(stored =>
      reading(async () => {
        const { objectName: name, namespace, uid, resourceVersion } = stored;
        const key = JSON.stringify([entry.cluster.id, uid, resourceVersion]);
        if (agreeing.has(key)) {
          return undefined;
        }
        try {
          const secret = await calls.getContent('secret', { namespace, name });
          const problem = await parsing(() =>
            contentProblem(secret, stored, calls.signal),
          );
          if (problem === undefined) {
            agreeing.set(key, true);
          }
          return problem;
        } catch (error) {
          if (isKubeError(error, 'NotFound')) {
            // Deleted meanwhile, so that the version of the history differs at the next look.
            return undefined;
          }
          throw error;
        }
      }),
    ),
  );
  return problems.find(problem => problem !== undefined);
}
