import { NotAllowedError } from '@backstage/errors';
import { ProxyRequest } from '../../proxy/types';
import { contentOf, readReleaseJson } from '../releases/decodeRelease';
import { readManifest } from '../releases/manifest';
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
   * @throws NotAllowedError if the preview did not show the write
   */
  async assertMayWrite(
    request: ProxyRequest,
    body?: { name?: string; bytes?: Buffer },
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
      ((namespace === this.#options.namespace && isRevisionOf(release, name)) ||
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
    const { rendered } = this.#options.shown;
    if (!rendered) {
      return;
    }
    this.#first ??= name;
    const wanted = name === this.#first ? rendered.next : rendered.undo;
    if ((await this.#digestOf(name, bytes)) !== wanted) {
      throw this.#refused(
        'rendering',
        'The objects of the release are others than those of the preview, so the portal does not let helm store them',
      );
    }
  }

  /** @returns undefined for a revision that cannot be read */
  async #digestOf(name: string, bytes?: Buffer): Promise<string | undefined> {
    const secret = bytes && storedSecretIn(bytes);
    if (!secret) {
      return undefined;
    }
    const stored = { source: 'secret' as const, objectName: name };
    try {
      const json = await readReleaseJson(secret, 'secret', name);
      return renderedDigest(
        await readManifest(contentOf(json, {}), stored),
        this.#options.namespace,
      );
    } catch (error) {
      if (error instanceof ReleaseError) {
        return undefined;
      }
      throw error;
    }
  }

  #refused(problem: Deviation, message: string): NotAllowedError {
    this.#problem ??= problem;
    return new NotAllowedError(message);
  }
}

type AllowedName = Partial<Pick<AllowedObject, 'namespace' | 'name'>>;
