import { NotFoundError } from '@backstage/errors';
import { HelmReleaseAddress } from '@berth/plugin-berth-common';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { Entry } from '../../access/ClusterEntries';
import { PersonClient, PersonClients } from '../../kube';
import { ObjectCalls } from '../../resources/objects/ObjectCalls';
import { KindReader } from '../../resources/kinds/KindReader';
import { ReleaseCalls } from '../releases/ReleaseCalls';
import { ReleaseReader } from '../releases/ReleaseReader';
import { storageName } from '../releases/storedRevision';
import { StoredRevision } from '../releases/types';
import { HelmWrite } from '../runner';
import { describeWrite } from '../runner/writeWords';
import { HelmParts } from '../types';
import { MAKES_REVISION, ReleaseState } from './transitions';
import { OperationRecord, OperationWork } from './types';

const SERVER_ERROR = 500;
const CLIENT_ERROR = 400;
/** Of hooks that are tests, also in charts for Helm 2. */
const TEST_EVENTS = new Set(['test', 'test-success']);

export interface ReleaseParts extends Pick<HelmParts, 'readerParts'> {
  clients: PersonClients;
  kinds: KindReader;
}

/** A release, and the calls of a person to it. */
export interface OpenedRelease {
  reader: ReleaseReader;
  objects: ObjectCalls;
  client: PersonClient;
}

/** Opens a release for a person. Lists are as new as the cluster, because an operation is decided by them. */
export function openRelease(
  { clients, kinds, readerParts }: ReleaseParts,
  {
    userRef,
    entry,
    address,
    signal,
  }: {
    userRef: string;
    entry: Entry;
    address: HelmReleaseAddress;
    signal: AbortSignal;
  },
): OpenedRelease {
  const client = clients.forPerson(entry.cluster, entry.token);
  const objects = new ObjectCalls({
    ...{ userRef, entry, client, kinds, signal },
    writeSignal: signal,
  });
  const { cluster, namespace, release } = address;
  return {
    client,
    objects,
    reader: new ReleaseReader({
      ...readerParts({ userRef, entry, client }),
      address: { cluster, namespace, release },
      calls: new ReleaseCalls({ client, fromCache: true, signal }),
      objects,
    }),
  };
}

/**
 * Reads what an operation left of its release.
 *
 * @param known.writes - what helm wrote; undefined if the portal stopped meanwhile
 * @param known.lines - what the operation has recorded, if the portal stopped meanwhile
 * @throws the errors of `ReleaseReader.revisions`, but for a release that does not exist
 */
export async function readReleaseState(
  reader: ReleaseReader,
  operation: OperationRecord,
  work: OperationWork | undefined,
  { writes, lines = [] }: { writes?: HelmWrite[]; lines?: readonly string[] },
): Promise<ReleaseState> {
  let revisions;
  try {
    revisions = await reader.revisions();
  } catch (error) {
    if (error instanceof NotFoundError) {
      return {};
    }
    throw error;
  }
  const [latest] = revisions;
  if (operation.kind === 'test') {
    return {
      latest: { revision: latest.revision, status: latest.status },
      testsPassed: await testsPassed(reader, operation),
    };
  }
  const next = MAKES_REVISION.has(operation.kind)
    ? revisions.find(one => one.revision === operation.baseRevision + 1)
    : undefined;
  const undo =
    next && operation.kind === 'upgrade' && operation.options.rollbackOnFailure
      ? revisions.find(one => one.revision === next.revision + 1)
      : undefined;
  return {
    latest: { revision: latest.revision, status: latest.status },
    ...(undo && {
      undo: {
        revision: undo.revision,
        status: undo.status,
        // The content proves nothing: a colleague may roll back to the same revision.
        own: writes
          ? wrote(writes, undo.objectName) === true
          : lines.includes(creationLine(undo)),
      },
    }),
    ...(next && {
      next: {
        revision: next.revision,
        status: next.status,
        own:
          wrote(writes, storageName(operation.release, next.revision)) ??
          (await looksLike(reader, operation, work)),
      },
    }),
  };
}

/**
 * Returns whether helm made the Secret of a revision.
 *
 * @returns undefined if it is not known
 */
function wrote(
  writes: HelmWrite[] | undefined,
  name: string,
): boolean | undefined {
  const attempts = writes?.filter(
    write =>
      write.verb === 'create' &&
      // helm may write Secrets as Protobuf, in which the relay reads no name.
      write.resource === 'secrets' &&
      (write.name ?? name) === name,
  );
  const isUnsure = attempts?.some(
    write => write.name === undefined || write.status >= SERVER_ERROR,
  );
  return isUnsure
    ? undefined
    : attempts?.some(({ status }) => status < CLIENT_ERROR);
}

/** Returns the line with which the relay records that helm made a revision. */
function creationLine({
  namespace,
  objectName: name,
}: Pick<StoredRevision, 'namespace' | 'objectName'>): string {
  const path = {
    ...{ kind: 'resource' as const, group: '', version: 'v1' },
    ...{ resource: 'secrets', namespace },
  };
  return describeWrite({ path, verb: 'create' }, { name, status: 201 });
}

/** Returns whether the release has recorded that its tests ran during the operation, and passed. */
async function testsPassed(
  reader: ReleaseReader,
  { baseRevision, startedAt }: OperationRecord,
): Promise<boolean> {
  const hooks = await reader.open(baseRevision).then(
    ({ release }) => release.hooks,
    () => [],
  );
  const tests = hooks.filter(({ events }) =>
    events.some(event => TEST_EVENTS.has(event)),
  );
  return (
    tests.length > 0 &&
    startedAt !== undefined &&
    tests.every(
      ({ lastRun }) =>
        lastRun?.phase === 'Succeeded' &&
        lastRun.startedAt !== undefined &&
        Date.parse(lastRun.startedAt) >= Date.parse(startedAt),
    )
  );
}

/** Returns whether the content of the next revision is that of the operation. */
async function looksLike(
  reader: ReleaseReader,
  { baseRevision, chart, targetRevision }: OperationRecord,
  work: OperationWork | undefined,
): Promise<boolean> {
  if (!work) {
    return false;
  }
  try {
    const { release } = await reader.open(baseRevision + 1);
    if (targetRevision === undefined) {
      const { name, version } = release.summary.chart ?? {};
      return (
        isDeepStrictEqual(release.config, parse(work.values ?? '') ?? {}) &&
        (chart?.repository === undefined ||
          (chart.name === name && chart.version === version))
      );
    }
    const { release: target } = await reader.open(targetRevision);
    return (
      release.manifest === target.manifest &&
      isDeepStrictEqual(release.config, target.config)
    );
  } catch {
    return false;
  }
}
