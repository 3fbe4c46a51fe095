import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { HelmReleaseAddress } from '@berth/plugin-berth-common';
import { isKubeError } from '../../kube';
import { JsonRecord } from '../../resources/objects/json';
import { ObjectCalls } from '../../resources/objects/ObjectCalls';
import { isForbidden } from './byObjects';
import { decodeRelease } from './decodeRelease';
import { ReleaseCalls } from './ReleaseCalls';
import { ReleaseReaderParts, sourcesOf } from './ReleaseReaderParts';
import { storageName, storedRevision } from './storedRevision';
import { DecodedRelease, ReleaseSource, StoredRevision } from './types';

export interface ReleaseReaderOptions extends ReleaseReaderParts {
  address: HelmReleaseAddress;
  calls: ReleaseCalls;
  /** The calls to the objects of the release. */
  objects: ObjectCalls;
}

/** A revision with its content. */
export interface OpenedRevision {
  stored: StoredRevision;
  release: DecodedRelease;
}

/** The person may not read what Helm stores. */
export class UnreadableReleaseError extends NotAllowedError {
  readonly #roleHelps: boolean;

  constructor(message: string, options: { roleHelps: boolean }) {
    super(message);
    this.#roleHelps = options.roleHelps;
  }

  /** Whether a role can allow it. Not a property of the error itself, because those are part of the answer. */
  get roleHelps(): boolean {
    return this.#roleHelps;
  }
}

/** Reads one release of a cluster as one person. */
export class ReleaseReader {
  readonly options: ReleaseReaderOptions;
  #revisions?: Promise<StoredRevision[]>;

  constructor(options: ReleaseReaderOptions) {
    this.options = options;
  }

  get namespace(): string {
    return this.options.address.namespace;
  }

  /**
   * Returns the stored revisions, the newest first.
   *
   * @throws UnreadableReleaseError; NotFoundError if there is no such release
   */
  revisions(): Promise<StoredRevision[]> {
    this.#revisions ??= this.#readRevisions();
    return this.#revisions;
  }

  /**
   * Reads a revision, by default the latest.
   *
   * @throws the errors of `revisions`; NotFoundError naming the revisions; ReleaseError if the content cannot be read
   */
  async open(revision?: number): Promise<OpenedRevision> {
    const { object, source } = await this.stored(revision);
    const release = await decodeRelease(object, source);
    // What the list said may be older.
    return { stored: storedRevision(object, source)!, release };
  }

  /**
   * Reads what stores a revision, by default the latest.
   *
   * @throws the errors of `revisions`; NotFoundError naming the revisions
   */
  async stored(
    revision?: number,
  ): Promise<{ object: JsonRecord; source: ReleaseSource }> {
    const { address, calls } = this.options;
    const revisions = await this.revisions();
    const stored =
      revision === undefined
        ? revisions[0]
        : revisions.find(one => one.revision === revision);
    if (!stored) {
      throw this.#noRevision(revision, revisions);
    }
    try {
      const object = await calls.getContent(stored.source, {
        namespace: address.namespace,
        name: storageName(address.release, stored.revision),
      });
      return { object, source: stored.source };
    } catch (error) {
      if (isKubeError(error, 'NotFound')) {
        throw this.#noRevision(
          stored.revision,
          revisions.filter(one => one !== stored),
        );
      }
      throw error;
    }
  }

  async #readRevisions(): Promise<StoredRevision[]> {
    const { address, entry } = this.options;
    let refusal: unknown;
    for (const source of sourcesOf(this.options)) {
      try {
        const found = await this.#readSource(source);
        if (found.length > 0) {
          return found;
        }
      } catch (error) {
        if (!isForbidden(error)) {
          throw error;
        }
        if (source === 'secret') {
          refusal = error;
        }
      }
    }
    if (refusal instanceof NotAllowedError) {
      // The configuration of the portal refuses, whatever the role of the person.
      throw new UnreadableReleaseError(refusal.message, { roleHelps: false });
    }
    if (refusal !== undefined) {
      throw new UnreadableReleaseError(
        `You may not list the Secrets of ${address.namespace} on ${entry.cluster.name}, in which Helm stores releases. The role edit of the namespace allows it; an owner of the namespace can give it`,
        { roleHelps: true },
      );
    }
    throw new NotFoundError(
      `There is no Helm release ${address.release} in ${address.namespace} on ${entry.cluster.name}`,
    );
  }

  async #readSource(source: ReleaseSource) {
    const { address, assertAllowed, calls } = this.options;
    assertAllowed(source);
    const found = await calls.listRevisions(
      source,
      `owner=helm,name=${address.release}`,
      address.namespace,
    );
    return found
      .filter(
        ({ name, namespace }) =>
          name === address.release && namespace === address.namespace,
      )
      .sort((a, b) => b.revision - a.revision);
  }

  #noRevision(
    revision: number | undefined,
    others: StoredRevision[],
  ): NotFoundError {
    const { release } = this.options.address;
    const numbers = others.map(one => one.revision).join(', ');
    return new NotFoundError(
      `${release} has no revision ${revision}${
        numbers === '' ? '' : `; it has ${numbers}`
      }`,
    );
  }
}
