import { NotFoundError } from '@backstage/errors';
import { HelmReleaseView } from '@berth/plugin-berth-common';
import { JsonRecord } from '../../resources/objects/json';
import { listSeenObjects, releasesOf, SeenObject } from './byObjects';
import { shortText } from './decodeRelease';
import {
  ManifestObject,
  MAX_HOOKS,
  readManifest,
  secretTexts,
} from './manifest';
import { CopyMask } from './mask';
import { maskValues } from './maskValues';
import { presentRelease } from './presentRelease';
import { ReleaseError } from './ReleaseError';
import {
  OpenedRevision,
  ReleaseReader,
  UnreadableReleaseError,
} from './ReleaseReader';
import { DecodedRelease, StoredRevision } from './types';

const MAX_SOURCES = 20;
const MAX_NOTES = 256 * 1024;
const HIDDEN_NOTES =
  'The notes are hidden, because the manifest cannot be read';

/** Reads one revision for its page, or what its objects show to people who may not read what Helm stores. */
export async function readView(
  reader: ReleaseReader,
  revision?: number,
): Promise<HelmReleaseView> {
  let opened: OpenedRevision;
  try {
    opened = await reader.open(revision);
  } catch (error) {
    if (error instanceof UnreadableReleaseError && revision === undefined) {
      return viewByObjects(reader, error);
    }
    throw error;
  }
  const { release, stored } = opened;
  const [latest] = await reader.revisions();
  // The page also works if the manifest cannot be read.
  const objects = await readManifest(
    release,
    stored,
    reader.options.calls.signal,
  ).catch(error => {
    if (error instanceof ReleaseError) {
      return undefined;
    }
    throw error;
  });
  const copies = new CopyMask(secretsOf(release, objects ?? []));
  const { applyMethod, firstDeployedAt } = release;
  const notes = notesOf(release, objects, copies);
  const { description, ...shown } = presentRelease(
    reader.options.entry.cluster.name,
    stored,
    release.summary,
  );
  return {
    ...shown,
    ...(description !== undefined && { description: copies.text(description) }),
    latestRevision: latest.revision,
    ...(firstDeployedAt !== undefined && { firstDeployedAt }),
    ...(notes !== undefined && { notes }),
    ...(release.summary.chart && {
      chart: { ...release.summary.chart, ...chartDetails(release.chart) },
    }),
    hooks: release.hooks
      .slice(0, MAX_HOOKS)
      .map(({ manifest: _, ...hook }) => hook),
    ...(applyMethod && { applyMethod }),
  };
}

/**
 * Returns the notes of a revision without copies of its secrets.
 *
 * @param objects - undefined if the manifest cannot be read, so that its secrets are not known
 */
export function notesOf(
  { notes }: DecodedRelease,
  objects: ManifestObject[] | undefined,
  copies: CopyMask,
): string | undefined {
  if (notes === undefined) {
    return undefined;
  }
  return objects?.every(({ problem }) => problem === undefined)
    ? copies.text(notes).slice(0, MAX_NOTES)
    : HIDDEN_NOTES;
}

/** Returns the secrets of a revision, as far as kinds and names show them. Those of Secrets are first. */
export function secretsOf(
  { config, defaults }: DecodedRelease,
  objects: ManifestObject[],
): string[] {
  return [
    ...secretTexts(objects),
    ...maskValues(config).secrets,
    ...maskValues(defaults).secrets,
  ];
}

/**
 * Returns the objects of a release whose stored revisions the person may not read.
 *
 * @throws NotFoundError if there are none
 */
export async function seenObjectsOf(
  reader: ReleaseReader,
): Promise<SeenObject[]> {
  const { address, calls, entry, findKind } = reader.options;
  const objects = await listSeenObjects(
    {
      calls,
      findKind: (group, plural) => findKind(group, plural, calls.signal),
    },
    address.namespace,
  );
  const found = objects.filter(
    ({ namespace, release }) =>
      namespace === address.namespace && release === address.release,
  );
  if (found.length === 0) {
    throw new NotFoundError(
      `${address.namespace} on ${entry.cluster.name} has no objects of a Helm release ${address.release} that you may list`,
    );
  }
  return found;
}

async function viewByObjects(
  reader: ReleaseReader,
  { message, roleHelps }: UnreadableReleaseError,
): Promise<HelmReleaseView> {
  const objects = await seenObjectsOf(reader);
  const [release] = releasesOf(reader.options.entry.cluster.name, objects);
  return { ...release, hooks: [], unreadable: message, roleHelps };
}

function chartDetails(chart: JsonRecord) {
  const text = (field: string) => {
    const found = shortText(chart, field);
    return found === undefined ? {} : { [field]: found };
  };
  const home = webAddress(chart.home);
  const given = Array.isArray(chart.sources) ? chart.sources : [];
  const sources = given
    .slice(0, MAX_SOURCES)
    .flatMap(source => webAddress(source) ?? []);
  return {
    ...text('description'),
    ...text('kubeVersion'),
    ...text('type'),
    ...(home !== undefined && { home }),
    ...(sources.length > 0 && { sources }),
  };
}

/** A page makes links of these, so only addresses of web pages count. */
function webAddress(value: unknown): string | undefined {
  const url =
    typeof value === 'string' && value.length <= 2_000 && URL.canParse(value)
      ? new URL(value)
      : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** Returns the numbers and words of a stored revision, for its history. */
export function revisionOf(
  stored: StoredRevision,
  summary?: DecodedRelease['summary'],
) {
  const {
    chart,
    description,
    managedBy: _,
    ...shown
  } = presentRelease('', stored, summary);
  const { status, updatedAt, problem } = shown;
  return {
    revision: stored.revision,
    status,
    ...(updatedAt !== undefined && { updatedAt }),
    ...(description !== undefined && { description }),
    ...(chart && { chart }),
    ...(problem !== undefined && { problem }),
  };
}
