import { HelmStatus, helmStatusSchema } from '@berth/plugin-berth-common';
import { JsonRecord, recordAt, textAt } from '../../resources/objects/json';
import { ReleaseSource, StoredRevision } from './types';

/** The labels that Helm sets on what stores a release. */
const HELM_LABELS: ReadonlySet<string> = new Set([
  'owner',
  'name',
  'status',
  'version',
  'createdAt',
  'modifiedAt',
]);
const MAX_LABELS = 64;
const REVISION = /^[1-9]\d{0,8}$/;
const RELEASE = /^[a-z0-9]([-a-z0-9.]{0,51}[a-z0-9])?$/;
const SECONDS = /^\d{1,11}$/;

/**
 * Reads the metadata of a Secret or ConfigMap of Helm.
 *
 * @returns undefined if it does not store a release: anyone who may create Secrets can give one the labels of Helm, so
 *   its name and its labels must agree
 */
export function storedRevision(
  object: JsonRecord,
  source: ReleaseSource,
): StoredRevision | undefined {
  const text = (...path: string[]) => textAt(object, 'metadata', ...path);
  const labels = Object.fromEntries(
    Object.entries(recordAt(object, 'metadata', 'labels')).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  const { owner, name = '', version = '' } = labels;
  const [objectName, namespace] = [text('name'), text('namespace')];
  const [uid, resourceVersion] = [text('uid'), text('resourceVersion')];
  if (
    owner !== 'helm' ||
    !RELEASE.test(name) ||
    !REVISION.test(version) ||
    objectName !== storageName(name, Number(version)) ||
    namespace === undefined ||
    uid === undefined ||
    resourceVersion === undefined
  ) {
    return undefined;
  }
  const seconds = [labels.modifiedAt, labels.createdAt].find(
    time => time !== undefined && SECONDS.test(time),
  );
  return {
    source,
    ...{ objectName, uid, resourceVersion, namespace, name },
    revision: Number(version),
    status: statusOf(labels.status),
    ...(seconds !== undefined && {
      updatedAt: new Date(Number(seconds) * 1_000).toISOString(),
    }),
    labels: Object.fromEntries(
      Object.entries(labels)
        .filter(([key]) => !HELM_LABELS.has(key))
        .slice(0, MAX_LABELS),
    ),
  };
}

export function storageName(release: string, revision: number): string {
  return `sh.helm.release.v1.${release}.v${revision}`;
}

export function statusOf(word: unknown): HelmStatus {
  const parsed = helmStatusSchema.safeParse(word);
  return parsed.success ? parsed.data : 'unknown';
}

/** Returns the latest revision of each release, by namespace and name. */
export function latestRevisions(revisions: StoredRevision[]): StoredRevision[] {
  const latest = new Map<string, StoredRevision>();
  for (const one of revisions) {
    const key = `${one.namespace}/${one.name}`;
    const known = latest.get(key);
    if (!known || known.revision < one.revision) {
      latest.set(key, one);
    }
  }
  return [...latest.values()];
}
