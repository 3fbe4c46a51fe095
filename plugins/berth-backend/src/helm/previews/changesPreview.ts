import { compareRevisions, copiesOf } from '../releases/compareRevisions';
import { renderedDigest } from '../releases/renderedObjects';
import { DecodedRelease } from '../releases/types';
import { ShownWork } from '../runner/types';
import { preflight } from '../preflight/preflight';
import {
  isKept,
  NeededRight,
  PlacedObject,
  rightsForStorage,
} from '../preflight/neededRights';
import { readManifest } from '../releases/manifest';
import { storageName } from '../releases/storedRevision';
import { compareRenderings, newNames, withoutChanging } from './otherRendering';
import { deletedRevisions, deletionWarnings } from './deletedRevisions';
import {
  hooksFor,
  placedObjects,
  PreviewDraft,
  PreviewSubject,
  RequestOf,
  shownHooks,
} from './PreviewDraft';

const ROLLBACK = ['pre-rollback', 'post-rollback'];
const UNINSTALL = ['pre-delete', 'post-delete'];

/** What an installation, an upgrade or a rollback makes of a release. */
export interface Change {
  /** The revision that the changes are compared with. */
  before: DecodedRelease;
  after: DecodedRelease;
  /** Renders the chart of `after` a second time, if it may have made a part of these names. */
  again?(names: string[]): Promise<DecodedRelease | undefined>;
  /** Whether the cluster has the objects of `before`. */
  exists: boolean;
  /** How Helm applies the objects. */
  method: 'ssa' | 'csa';
  /** How many revisions helm keeps; absent for an installation, which deletes none. */
  historyMax?: number;
  /** What the operation writes besides the objects of `after`. */
  others?: { written: PlacedObject[]; rights: NeededRight[] };
}

/** Compares two revisions, and asks the cluster whether it would accept the change. */
export async function changesPreview(
  subject: PreviewSubject<RequestOf<'install' | 'upgrade' | 'rollback'>>,
  { before, after, again, exists, method, historyMax, others }: Change,
): Promise<
  PreviewDraft & {
    written: PlacedObject[];
    rendered: NonNullable<ShownWork['rendered']>;
    changing: NonNullable<ShownWork['changing']>;
  }
> {
  const { caller, request, signal } = subject;
  const { kind, namespace, options = {} } = request;
  const [old, now] = [
    await placedObjects(subject, before),
    await placedObjects(subject, after),
  ];
  const compared = [
    { release: before, objects: old.objects },
    { release: after, objects: now.objects },
  ] as const;
  const copies = copiesOf(...compared);
  const second = await again?.(newNames(old.objects, now.objects, namespace));
  const { changing, ...differing } = second
    ? compareRenderings(
        now.placed,
        await readManifest(second, storedAs(request.release), signal),
        namespace,
      )
    : { changing: [], warnings: [] };
  const stable = (placed: PlacedObject[]) =>
    withoutChanging(placed, changing, namespace);
  const existing = exists ? withoutHooks(old.placed) : [];
  const wanted = withoutHooks(now.placed);
  const [known, kept] = [keysOf(existing), keysOf(wanted)];
  const events = [`pre-${kind}`, `post-${kind}`];
  const possible = hooksFor(now.placed, events);
  const undo =
    kind === 'install'
      ? { placed: now.placed, events: UNINSTALL }
      : { placed: old.placed, events: ROLLBACK };
  // Helm undoes an upgrade or an installation only.
  const undoing = kind === 'rollback' ? [] : hooksFor(undo.placed, undo.events);
  const undoes = 'rollbackOnFailure' in options && options.rollbackOnFailure;
  const hooks = options.noHooks
    ? []
    : [...possible, ...(undoes ? undoing : [])];
  const writes = {
    updated: wanted.filter(one => known.has(keyOf(one))),
    created: wanted.filter(one => !known.has(keyOf(one))),
    deleted: existing.filter(
      one => !kept.has(keyOf(one)) && !isKept(one.wanted),
    ),
    hooks,
    method,
  };
  const revisions =
    historyMax === undefined ? [] : await caller.reader.revisions();
  const keeps = historyMax ?? Infinity;
  const deleted = deletedRevisions(revisions, keeps);
  // Helm stores the undo of an upgrade without a limit.
  const deletesOldest = deleted.length > 0;
  const checked = await preflight(
    { calls: caller.objects, client: caller.client },
    {
      ...writes,
      before: existing,
      copies,
      namespace,
      others: [
        ...rightsForStorage(kind, namespace, { deletesOldest }),
        ...(others?.rights ?? []),
      ],
    },
    signal,
  );
  // The person may choose later that helm undoes the operation.
  const shown = options.noHooks
    ? []
    : [
        ...(await shownHooks(now.placed, events, {
          copies,
          namespace,
        })),
        ...(undoing.length > 0
          ? await shownHooks(undo.placed, undo.events, {
              copies,
              namespace,
            })
          : []),
      ];
  const changes = await compareRevisions(...compared, namespace);
  return {
    ...checked,
    changes,
    ...(shown.length > 0 && { hooks: shown }),
    changing,
    warnings: [
      ...differing.warnings,
      ...checked.warnings,
      ...deletionWarnings(kind, keeps, deleted),
    ],
    refusals: [
      ...checked.refusals,
      ...(options.forceConflicts && method === 'csa'
        ? [
            `${request.release} was made by client-side apply, with which Helm cannot take over fields: leave forceConflicts out`,
          ]
        : []),
    ],
    rendered: {
      next: renderedDigest(now.objects, namespace, changing),
      undo: renderedDigest(old.objects, namespace),
    },
    written: [
      ...stable([...writes.created, ...writes.updated]),
      ...writes.deleted,
      // Options do not change the digest.
      ...stable(possible),
      // An undo also writes what the new revision leaves.
      ...(kind === 'upgrade' ? existing : []),
      ...(kind === 'install' ? stable(undoing) : undoing),
      ...(others?.written ?? []),
    ],
  };
}

function storedAs(release: string) {
  return { source: 'secret' as const, objectName: storageName(release, 1) };
}

/** Releases of Helm 3 have no method, and stay with client-side apply. */
export function methodOf({ applyMethod }: DecodedRelease): 'ssa' | 'csa' {
  return applyMethod ?? 'csa';
}

export function withoutHooks(objects: PlacedObject[]): PlacedObject[] {
  return objects.filter(({ wanted }) => !wanted.hook);
}

function keysOf(objects: PlacedObject[]): Set<string> {
  return new Set(objects.map(keyOf));
}

function keyOf({ placed: { group, kind, namespace, name } }: PlacedObject) {
  return JSON.stringify([group, kind, namespace, name]);
}
