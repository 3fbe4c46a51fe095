import { KubeError } from '@berth/plugin-berth-node';
import { KubeObject, KubeResource } from './types';

const MAX_VERSION_LENGTH = 64;

/** Kubernetes allows names of this length. UIDs, versions and times are shorter. */
const MAX_IDENTITY_LENGTH = 253;

/** A page of a list. */
export interface KubeList<T> {
  items: T[];
  /** The version of the list. */
  resourceVersion: string;
  /** The start of the next page. Undefined on the last page. */
  continueToken?: string;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks that an answer is the requested object.
 *
 * @throws KubeError `Protocol` if it has another kind or name
 */
export function assertObject<T extends KubeObject>(
  answer: unknown,
  resource: Pick<KubeResource, 'apiVersion' | 'kind'>,
  server: string,
  name: string,
): T {
  if (
    !isRecord(answer) ||
    answer.kind !== resource.kind ||
    answer.apiVersion !== resource.apiVersion ||
    !hasIdentity(answer) ||
    answer.metadata.name !== name
  ) {
    throw new KubeError(
      'Protocol',
      `${server} was asked for ${resource.kind} ${name} and answers with something else`,
    );
  }
  return answer as unknown as T;
}

/**
 * Checks that an answer is a page of a list. The items of a list have no kind of their own, so the function adds
 * it.
 *
 * @throws KubeError `Protocol`
 */
export function assertList<T extends KubeObject>(
  answer: unknown,
  resource: KubeResource,
  server: string,
): KubeList<T> {
  const items = isRecord(answer) ? answer.items ?? [] : undefined;
  if (
    !isRecord(answer) ||
    answer.kind !== `${resource.kind}List` ||
    !isRecord(answer.metadata) ||
    !Array.isArray(items) ||
    !items.every(item => isRecord(item) && hasIdentity(item))
  ) {
    throw new KubeError(
      'Protocol',
      `${server} was asked for a list of ${resource.plural} and answers with something else`,
    );
  }
  const { apiVersion, kind } = resource;
  const token = answer.metadata.continue;
  return {
    items: items.map(item => ({ ...item, apiVersion, kind } as T)),
    resourceVersion: versionOf(answer, server),
    continueToken: typeof token === 'string' && token ? token : undefined,
  };
}

/**
 * Checks that the object of a watch event has the watched kind.
 *
 * @throws KubeError `Protocol`
 */
export function assertWatched<T extends KubeObject>(
  object: unknown,
  resource: KubeResource,
  server: string,
): T {
  if (
    !isRecord(object) ||
    object.kind !== resource.kind ||
    object.apiVersion !== resource.apiVersion ||
    !hasIdentity(object)
  ) {
    throw new KubeError(
      'Protocol',
      `${server} was asked to watch ${resource.plural} and sent something else`,
    );
  }
  versionOf(object, server);
  return object as unknown as T;
}

/**
 * Returns the resource version of an object or a list.
 *
 * @throws KubeError `Protocol` if there is none
 */
export function versionOf(answer: unknown, server: string): string {
  const metadata = isRecord(answer) ? answer.metadata : undefined;
  const version = isRecord(metadata) ? metadata.resourceVersion : undefined;
  if (
    typeof version !== 'string' ||
    !version ||
    version.length > MAX_VERSION_LENGTH
  ) {
    throw new KubeError(
      'Protocol',
      `${server} answers without a resourceVersion`,
    );
  }
  return version;
}

/**
 * Checks the answer to a review and returns its status.
 *
 * @throws KubeError `Protocol` if it has another kind or no status
 */
export function assertReview<Status extends object>(
  answer: unknown,
  resource: KubeResource,
  server: string,
): Status {
  if (
    !isRecord(answer) ||
    answer.kind !== resource.kind ||
    answer.apiVersion !== resource.apiVersion ||
    !isRecord(answer.status)
  ) {
    throw new KubeError(
      'Protocol',
      `${server} was asked for a ${resource.kind} and answers with something else`,
    );
  }
  return answer.status as unknown as Status;
}

/** Checks the types of all metadata that Berth reads. */
function hasIdentity(
  item: Record<string, unknown>,
): item is { metadata: KubeObject['metadata'] } {
  const { metadata } = item;
  return (
    isRecord(metadata) &&
    metadata.name !== undefined &&
    isText(metadata.name) &&
    isText(metadata.namespace) &&
    isText(metadata.uid) &&
    isText(metadata.resourceVersion) &&
    isText(metadata.deletionTimestamp) &&
    isTextMap(metadata.labels) &&
    isTextMap(metadata.annotations)
  );
}

function isText(value: unknown): boolean {
  return (
    value === undefined ||
    (typeof value === 'string' && value.length <= MAX_IDENTITY_LENGTH)
  );
}

function isTextMap(value: unknown): boolean {
  return (
    value === undefined ||
    (isRecord(value) &&
      Object.values(value).every(text => typeof text === 'string'))
  );
}
