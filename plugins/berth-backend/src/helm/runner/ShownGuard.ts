import { NotAllowedError } from '@backstage/errors';
import { ProxyRequest } from '../../proxy/types';
import { changingNamesFor } from '../releases/changingNames';
import { contentOf, readReleaseJson } from '../releases/decodeRelease';
import { ManifestObject, readManifest } from '../releases/manifest';
import { ReleaseError } from '../releases/ReleaseError';
import { renderedDigest } from '../releases/renderedObjects';
import { describeRequest } from './relayRules';
import {
  describeSecrets,
  isRevisionOf,
  isSameRead,
  lookupOf,
} from './secretReads';
import { storedSecretIn } from './storedSecretIn';
import { AllowedObject, ANY_RESOURCE, ShownWork, Deviation } from './types';

export interface ShownGuardOptions {
  namespace: string;
  release: string;
  /** The objects outside the namespace that the run may write. */
  allowed: readonly AllowedObject[];
  shown: ShownWork;
}

/**
 * Holds an operation to its preview. helm renders a chart again when the operation runs, and a chart can read objects of
 * the cluster: anyone who may write one of these could otherwise let the person create objects that the preview did not
 * show, or copy a Secret of another namespace.
 */
export class ShownGuard {
  readonly #options: ShownGuardOptions;
  readonly #known: readonly AllowedObject[];
  /** The Secret of the first revision that helm stores. Others are those of an undo. */
  #first?: string;
  /** The objects of that revision whose names the preview did not know; true for those that this run created. */
  #changing = new Map<string, boolean>();
  #problem?: Deviation;

  constructor(options: ShownGuardOptions) {
    this.#options = options;
    this.#known = [...options.allowed, ...options.shown.objects];
  }

  /** What was refused first. */
  get problem(): Deviation | undefined {
    return this.#problem;
  }

  /**
   * @param request - one that changes the cluster
   * @param body - of a request that creates an object, with its name
   * @param exists - whether the cluster has an object of this name and of the kind of the request
   * @throws NotAllowedError if the preview did not show the write
   */
  async assertMayWrite(
    request: ProxyRequest,
    body?: { name?: string; bytes?: Buffer },
    exists?: (name: string) => Promise<boolean>,
  ): Promise<void> {
    const { path, verb } = request;
    const { namespace, release, shown } = this.#options;
    if (path.kind !== 'resource' || path.namespace !== namespace) {
      // Only what the preview listed is passed on outside the namespace.
      return;
    }
    const name = path.name ?? body?.name;
    const { group, resource } = path;
    if (
      group === '' &&
      resource === 'secrets' &&
      name !== undefined &&
      isRevisionOf(release, name)
    ) {
      if (verb === 'create') {
        await this.#assertRendered(name, body?.bytes);
      }
      return;
    }
    const isKnown = this.#known.some(
      object =>
        object.group === group &&
        (object.resource === resource || object.resource === ANY_RESOURCE) &&
        object.namespace === namespace &&
        object.name === name,
    );
    if (!isKnown && name !== undefined) {
      const key = keyOf(group, resource, name);
      const created = this.#changing.get(key);
      if (created !== undefined) {
        if (!created && (await exists?.(name)) !== false) {
          throw this.#refused(
            'write',
            `The chart made the name of an object that exists and that the preview did not show, so the portal does not pass on: ${describeRequest(
              request,
              name,
            )}`,
          );
        }
        this.#changing.set(key, true);
        return;
      }
    }
    if (!isKnown && shown.isWhole) {
      throw this.#refused(
        'write',
        `The preview did not show this write, so the portal does not pass on: ${describeRequest(
          request,
          name,
        )}`,
      );
    }
  }

  /**
   * @param status - of the answer, which helm has not got yet
   * @returns the Secrets that a template reads and that the release does not own
   * @throws NotAllowedError if the chart did not read the Secret for the preview
   */
  assertMayRead(request: ProxyRequest, status: number): string | undefined {
    const read = status === 200 ? lookupOf(request) : undefined;
    const { namespace, release, shown } = this.#options;
    if (!read || !shown.secrets || this.#isOwn(read, release)) {
      return undefined;
    }
    const isListed = shown.secrets.some(one => isSameRead(one, read));
    const words = describeSecrets(read);
    if (!isListed && (shown.isWhole || read.namespace !== namespace)) {
      throw this.#refused(
        'read',
        `The chart did not read these Secrets for the preview, so the portal does not pass them on: ${words}`,
      );
    }
    return words;
  }

  #isOwn({ namespace, name }: AllowedName, release: string): boolean {
    return (
      name !== undefined &&
      ((namespace === this.#options.namespace &&
        (isRevisionOf(release, name) ||
          this.#changing.has(keyOf('', 'secrets', name)))) ||
        this.#known.some(
          object =>
            object.group === '' &&
            object.resource === 'secrets' &&
            object.namespace === namespace &&
            object.name === name,
        ))
    );
  }

  /** helm stores what it has rendered before it writes the first object. */
  async #assertRendered(name: string, bytes?: Buffer): Promise<void> {
    const { namespace, shown } = this.#options;
    const { changing = [], rendered } = shown;
    if (!rendered) {
      return;
    }
    this.#first ??= name;
    const isFirst = name === this.#first;
    const objects = await objectsIn(name, bytes);
    const digest =
      objects && renderedDigest(objects, namespace, isFirst ? changing : []);
    if (digest !== (isFirst ? rendered.next : rendered.undo)) {
      throw this.#refused(
        'rendering',
        'The objects of the release are others than those of the preview, so the portal does not let helm store them',
      );
    }
    for (const object of isFirst ? objects! : []) {
      const names = changingNamesFor(object, changing, namespace);
      if (names) {
        const key = keyOf(names.group, names.resource, object.name);
        this.#changing.set(key, this.#changing.get(key) ?? false);
      }
    }
  }

  #refused(problem: Deviation, message: string): NotAllowedError {
    this.#problem ??= problem;
    return new NotAllowedError(message);
  }
}

/** @returns undefined for a revision that cannot be read */
async function objectsIn(
  name: string,
  bytes?: Buffer,
): Promise<ManifestObject[] | undefined> {
  const secret = bytes && storedSecretIn(bytes);
  if (!secret) {
    return undefined;
  }
  const stored = { source: 'secret' as const, objectName: name };
  try {
    const json = await readReleaseJson(secret, 'secret', name);
    return await readManifest(contentOf(json, {}), stored);
  } catch (error) {
    if (error instanceof ReleaseError) {
      return undefined;
    }
    throw error;
  }
}

function keyOf(group: string, resource: string, name: string): string {
  return JSON.stringify([group, resource, name]);
}

type AllowedName = Partial<Pick<AllowedObject, 'namespace' | 'name'>>;
