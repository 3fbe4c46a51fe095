import { HelmDiff } from '@berth/plugin-berth-common';
import { textDiff } from '../../resources/objects/yamlDiff';
import { diffObjects, diffValues } from './diff';
import { ManifestObject } from './manifest';
import { CopyMask } from './mask';
import { DecodedRelease } from './types';
import { notesOf, secretsOf } from './view';

/** A revision, stored or rendered. */
export interface ComparedRevision {
  release: DecodedRelease;
  /** The objects of its manifest. */
  objects: ManifestObject[];
}

/**
 * Compares two revisions. The secrets of both are hidden in all texts.
 *
 * @param namespace - of the release
 */
export async function compareRevisions(
  before: ComparedRevision,
  after: ComparedRevision,
  namespace: string,
): Promise<HelmDiff> {
  const copies = copiesOf(before, after);
  const [old, now] = [before, after].map(({ release, objects }) => {
    const notes = notesOf(release, objects, copies)?.trimEnd();
    return notes ? `${notes}\n` : '';
  });
  return {
    values: diffValues(before.release.config, after.release.config),
    notes: textDiff(old, now),
    items: await diffObjects(before.objects, after.objects, copies, namespace),
  };
}

/** Returns what hides copies of the secrets of revisions. */
export function copiesOf(...revisions: ComparedRevision[]): CopyMask {
  return new CopyMask(
    revisions.flatMap(({ release, objects }) => secretsOf(release, objects)),
  );
}
