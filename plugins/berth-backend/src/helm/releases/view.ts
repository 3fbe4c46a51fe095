import { NotFoundError } from '@backstage/errors';
import { HelmReleaseView } from '@berth/plugin-berth-common';
import { JsonRecord } from '../../resources/objects/json';
import { listSeenObjects, releasesOf, SeenObject } from './byObjects';
import { shortText } from './decodeRelease';
import { readManifest, secretTexts } from './manifest';
import { CopyMask, maskValues } from './mask';
import { presentRelease } from './presentRelease';
import {
  OpenedRevision,
  ReleaseReader,
  UnreadableReleaseError,
} from './ReleaseReader';
import { DecodedRelease, StoredRevision } from './types';

const MAX_SOURCES = 20;

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
  const copies = await copyMaskOf(opened);
  const { applyMethod, firstDeployedAt, notes } = release;
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
    ...(notes !== undefined && { notes: copies.text(notes) }),
    ...(release.summary.chart && {
      chart: { ...release.summary.chart, ...chartDetails(release.chart) },
    }),
    hooks: release.hooks.map(({ manifest: _, ...hook }) => hook),
    ...(applyMethod && { applyMethod }),
  };
}

/** Hides the copies of all secrets of a revision, of which its notes may have some. */
async function copyMaskOf({
  release,
  stored,
}: OpenedRevision): Promise<CopyMask> {
  // The page also works if the manifest cannot be read.
  const objects = await readManifest(release, stored).catch(() => []);
  return new CopyMask(secretsOf(release, objects));
}

/** Returns the secrets of a revision, as far as names and kinds show them. */
export function secretsOf(
  { config, defaults }: DecodedRelease,
  objects: Parameters<typeof secretTexts>[0],
): string[] {
  return [
    ...maskValues(config).secrets,
    ...maskValues(defaults).secrets,
    ...secretTexts(objects),
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
  { message }: UnreadableReleaseError,
): Promise<HelmReleaseView> {
  const objects = await seenObjectsOf(reader);
  const [release] = releasesOf(reader.options.entry.cluster.name, objects);
  return { ...release, hooks: [], unreadable: message };
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
