import { HelmPreview, HelmRequest } from '@berth/plugin-berth-common';
import { placeObjects } from '../releases/liveObjects';
import { diffObjects } from '../releases/diff';
import { ManifestObject, readManifest } from '../releases/manifest';
import { CopyMask } from '../releases/mask';
import { OpenedRevision } from '../releases/ReleaseReader';
import { storageName } from '../releases/storedRevision';
import { DecodedRelease } from '../releases/types';
import { HelmCommand, SecretRead, ShownWork } from '../runner/types';
import { nameOf, PlacedObject } from '../preflight/neededRights';
import { Sentences } from '../preflight/sentences';
import { PreviewCaller } from './types';

/** What all previews have in common. */
export interface PreviewSubject<Request extends HelmRequest = HelmRequest> {
  caller: PreviewCaller;
  request: Request;
  /** The latest revision; absent for an installation. */
  base?: OpenedRevision;
  signal: AbortSignal;
}

/** A request about a release that exists. */
export type ReleaseRequest = Exclude<HelmRequest, { kind: 'install' }>;

/** What all previews of one release have in common. */
export type ReleaseSubject<Request extends ReleaseRequest = ReleaseRequest> =
  PreviewSubject<Request> & { base: OpenedRevision };

export type RequestOf<Kind extends HelmRequest['kind']> = Extract<
  HelmRequest,
  { kind: Kind }
>;

/** A preview without its digest, while it is made. */
export type PreviewDraft = Omit<
  HelmPreview,
  'digest' | 'forLogs' | keyof Sentences
> &
  Sentences;

/** A preview of any kind, and what an apply runs. */
export interface Plan<Command extends HelmCommand = HelmCommand> {
  draft: PreviewDraft;
  /** The objects that the operation may write. */
  written: PlacedObject[];
  command: Command;
  /** For an upgrade: the packed chart, and the values as YAML. */
  archive?: Buffer;
  values?: string;
  /** The chart that the release has afterwards; the present one by default. */
  chart?: { repository?: string; name: string; version: string };
  /** The digest of its archive, for an upgrade or an installation. */
  chartDigest?: string;
  /** Whether the release has this chart already, by its digest. */
  keepsChart?: boolean;
  /** Digests of the objects that Helm stores with the new revision. */
  rendered?: ShownWork['rendered'];
  /** The names of which `rendered` has the beginnings only. */
  changing?: ShownWork['changing'];
  /** The Secrets that the chart read, if helm rendered one. */
  lookups?: SecretRead[];
  /** What the digest covers besides the release. */
  decided: unknown[];
}

export function emptyDraft(): PreviewDraft {
  return { rights: [], conflicts: [], warnings: [], refusals: [] };
}

/** Reads the objects of a revision and of its hooks, and where they are on the cluster. */
export async function placedObjects(
  { caller, base, request, signal }: PreviewSubject,
  release: DecodedRelease,
): Promise<{ objects: ManifestObject[]; placed: PlacedObject[] }> {
  const { namespace, release: name } = request;
  const stored = base?.stored ?? {
    source: 'secret',
    objectName: storageName(name, 1),
  };
  const objects = await readManifest(release, stored, signal);
  const places = await placeObjects(caller.objects, objects, namespace);
  return {
    objects,
    placed: objects.map((wanted, index) => {
      const { placed, problem } = places[index];
      const message = wanted.problem ?? problem?.message;
      return {
        wanted,
        placed,
        ...(message !== undefined && {
          problem: {
            message,
            refuses:
              wanted.problem === undefined && problem?.state === 'forbidden',
          },
        }),
      };
    }),
  };
}

/** Returns the hooks that run for events as a preview shows them. */
export async function shownHooks(
  placed: PlacedObject[],
  events: readonly string[],
  { copies, namespace }: { copies: CopyMask; namespace: string },
): Promise<NonNullable<HelmPreview['hooks']>> {
  const shown: NonNullable<HelmPreview['hooks']> = [];
  for (const hook of hooksFor(placed, events)) {
    const [item] = await diffObjects([], [hook.wanted], copies, namespace);
    shown.push({
      ...nameOf(hook),
      events: events.filter(event => hook.wanted.events?.includes(event)),
      ...(item && { diff: item.diff }),
    });
  }
  return shown;
}

/** Returns the objects of the hooks that run for events. */
export function hooksFor(
  placed: PlacedObject[],
  events: readonly string[],
): PlacedObject[] {
  return placed.filter(({ wanted }) =>
    wanted.events?.some(event => events.includes(event)),
  );
}
