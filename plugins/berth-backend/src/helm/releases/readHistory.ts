import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isKubeError } from '../../kube';
import { JsonRecord, textAt } from '../../resources/objects/json';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { StoredSecret, storedSecret } from '../storedSecret';
import { contentProblem } from './contentProblem';
import { ReleaseReader } from './ReleaseReader';
import { StoredRevision } from './types';

const MIB = 1024 * 1024;
/** helm keeps 10 by default. The content of each is read once. */
const MAX_REVISIONS = 2_000;
/** helm reads all contents in one answer, of which the relay passes 64 MiB on. */
const MAX_BYTES = 48 * MIB;
const MAX_KNOWN = 20_000;
/** More contents are read in pages. */
const MOST_ALONE = 4;
const REMEDY = 'Delete the Secrets of the oldest, or set --history-max';

interface CheckedContent {
  secret: StoredSecret;
  bytes: number;
}

/** The revisions whose content is known to agree with their labels. */
const agreeing = new LRUCache<string, CheckedContent>({ max: MAX_KNOWN });

/** What helm takes for the history of a release. */
export interface ReleaseHistory {
  /** Differs after every change of a stored revision, also if others write one again under its number. */
  version: string;
  /** Why helm may see other revisions than Berth. */
  problem?: string;
  /** What stores the revisions; complete if there is no problem. */
  checked: StoredSecret[];
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
  const { revisions, others } = await calls.listStored(
    'secret',
    selectorOf(address),
    address.namespace,
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
  const problem = strangers(reader, others);
  if (problem !== undefined) {
    return { version, problem, checked: [] };
  }
  const found = await checkAll(reader, revisions);
  const isWhole =
    found.problem !== undefined || found.checked.length === revisions.length;
  return { version: isWhole ? version : `${version} changing`, ...found };
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

/** Compares the content of each revision with its name and labels. */
async function checkAll(
  reader: ReleaseReader,
  revisions: StoredRevision[],
): Promise<Pick<ReleaseHistory, 'problem' | 'checked'>> {
  const { address, calls, entry } = reader.options;
  const { release } = address;
  if (revisions.length > MAX_REVISIONS) {
    return { problem: tooMany(release, revisions.length), checked: [] };
  }
  const keyOf = ({ uid, resourceVersion }: StoredRevision) =>
    JSON.stringify([entry.cluster.id, uid, resourceVersion]);
  const checked = new Map<string, CheckedContent>();
  const unknown = new Map<string, StoredRevision>();
  for (const stored of revisions) {
    const known = agreeing.get(keyOf(stored));
    if (known) {
      checked.set(stored.objectName, known);
    } else {
      unknown.set(stored.objectName, stored);
    }
  }
  let bytes = sumOf(checked.values());
  for await (const secrets of contentsOf(reader, [...unknown.values()])) {
    for (const secret of secrets) {
      const found = storedSecret(secret);
      const stored = unknown.get(found.name);
      if (!stored || !isSame(secret, stored)) {
        continue;
      }
      const problem = await contentProblem(secret, stored, calls.signal);
      if (problem !== undefined) {
        return { problem, checked: [] };
      }
      const content = { secret: found, bytes: bytesOf(secret) };
      agreeing.set(keyOf(stored), content);
      checked.set(found.name, content);
      bytes += content.bytes;
    }
    if (bytes > MAX_BYTES) {
      break;
    }
  }
  return bytes > MAX_BYTES
    ? { problem: tooLarge(release), checked: [] }
    : { checked: [...checked.values()].map(({ secret }) => secret) };
}

/** Yields Secrets of revisions: few one by one, many in pages of the whole history. */
async function* contentsOf(
  { options: { address, calls } }: ReleaseReader,
  revisions: StoredRevision[],
): AsyncGenerator<JsonRecord[]> {
  if (revisions.length > MOST_ALONE) {
    yield* calls.listContents('secret', selectorOf(address), address.namespace);
    return;
  }
  for (const { namespace, objectName: name } of revisions) {
    try {
      yield [await calls.getContent('secret', { namespace, name })];
    } catch (error) {
      if (!isKubeError(error, 'NotFound')) {
        throw error;
      }
    }
  }
}

/** Returns whether a Secret was not written again since it was listed. */
function isSame(
  secret: JsonRecord,
  { uid, resourceVersion }: StoredRevision,
): boolean {
  return (
    textAt(secret, 'metadata', 'uid') === uid &&
    textAt(secret, 'metadata', 'resourceVersion') === resourceVersion
  );
}

function bytesOf(secret: JsonRecord): number {
  return textAt(secret, 'data', 'release')?.length ?? 0;
}

function sumOf(contents: Iterable<CheckedContent>): number {
  return [...contents].reduce((sum, { bytes }) => sum + bytes, 0);
}

function selectorOf({ release }: { release: string }): string {
  return `owner=helm,name=${release}`;
}

function tooMany(release: string, count: number): string {
  return `${release} has ${count} revisions, and Berth changes releases with at most ${MAX_REVISIONS}. ${REMEDY}`;
}

function tooLarge(release: string): string {
  return `The revisions of ${release} have more than ${
    MAX_BYTES / MIB
  } MiB, and Berth changes releases with at most that. ${REMEDY}`;
}
