import {
  isKubeError,
  KubeError,
  KubeLimits,
  KubeTransport,
} from '@berth/plugin-berth-node';
import { listObjects, listPages } from './listPages';
import { collectionPath, objectPath, subresourcePath } from './objectPath';
import { assertObject, assertReview, isRecord } from './shapes';
import { watchEvents } from './watchEvents';
import {
  KubeCallOptions,
  KubeClient,
  KubeKey,
  KubeObject,
  KubePage,
  KubeResource,
  KubeReviewOptions,
  KubeSelection,
  KubeWatchEvent,
} from './types';

/** An answer without the content of an object. */
const METADATA_ONLY =
  'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const METADATA = {
  apiVersion: 'meta.k8s.io/v1',
  kind: 'PartialObjectMetadata',
};

/** Calls the Kubernetes API over a `KubeTransport`. */
export class DefaultKubeClient implements KubeClient {
  readonly #transport: KubeTransport;
  readonly #fieldManager: string;
  readonly #limits: KubeLimits;

  constructor(options: {
    transport: KubeTransport;
    fieldManager: string;
    limits: KubeLimits;
  }) {
    this.#transport = options.transport;
    this.#fieldManager = options.fieldManager;
    this.#limits = options.limits;
  }

  async version(options?: KubeCallOptions): Promise<{ gitVersion: string }> {
    const answer = await this.#transport.request({
      method: 'GET',
      path: '/version',
      signal: options?.signal,
    });
    const gitVersion = isRecord(answer) ? answer.gitVersion : undefined;
    if (
      typeof gitVersion !== 'string' ||
      !/^v\d[\w.+-]{0,99}$/.test(gitVersion)
    ) {
      throw new KubeError(
        'Protocol',
        `${
          this.#transport.server
        } does not report a Kubernetes version; this is not the address of an API server`,
      );
    }
    return { gitVersion };
  }

  async get<T extends KubeObject>(
    resource: KubeResource,
    key: KubeKey,
    options?: KubeCallOptions,
  ): Promise<T | undefined> {
    return unlessNotFound(async () => {
      const answer = await this.#transport.request({
        method: 'GET',
        path: objectPath(resource, key),
        signal: options?.signal,
      });
      return this.#object<T>(answer, resource, key.name);
    });
  }

  list<T extends KubeObject>(
    resource: KubeResource,
    selection?: KubeSelection,
    options?: KubeCallOptions,
  ): AsyncIterable<T> {
    return listObjects<T>({
      ...this.#collection(resource, selection),
      signal: options?.signal,
    });
  }

  pages<T extends KubeObject>(
    resource: KubeResource,
    selection?: KubeSelection,
    options?: KubeCallOptions,
  ): AsyncIterable<KubePage<T>> {
    return listPages<T>({
      ...this.#collection(resource, selection),
      signal: options?.signal,
    });
  }

  async watch<T extends KubeObject>(
    resource: KubeResource,
    selection: KubeSelection & { resourceVersion: string },
    options?: KubeCallOptions,
  ): Promise<AsyncIterable<KubeWatchEvent<T>>> {
    return watchEvents<T>({
      ...this.#collection(resource, selection),
      resourceVersion: selection.resourceVersion,
      signal: options?.signal,
    });
  }

  async create<T extends KubeObject>(
    resource: KubeResource,
    object: T,
    options?: KubeCallOptions,
  ): Promise<T> {
    const answer = await this.#transport.request({
      method: 'POST',
      path: this.#collectionOf(resource, object),
      query: { fieldManager: this.#fieldManager },
      body: { contentType: 'application/json', content: object },
      signal: options?.signal,
    });
    return this.#object<T>(answer, resource, object.metadata.name);
  }

  async apply<T extends KubeObject>(
    resource: KubeResource,
    object: T,
    options?: KubeCallOptions,
  ): Promise<T> {
    return this.#apply(resource, object, { signal: options?.signal });
  }

  async applyHidden(
    resource: KubeResource,
    object: KubeObject,
    options?: KubeCallOptions,
  ): Promise<Pick<KubeObject, 'metadata'>> {
    const { server } = this.#transport;
    const { name } = object.metadata;
    try {
      const answer = await this.#transport.request({
        ...this.#applyRequest(resource, object),
        accept: METADATA_ONLY,
        signal: options?.signal,
      });
      const { metadata } = assertObject(answer, METADATA, server, name);
      return {
        metadata: { name, namespace: metadata.namespace, uid: metadata.uid },
      };
    } catch (error) {
      throw isKubeError(error)
        ? withoutWords(
            error,
            `${server} did not store ${resource.kind} ${name}`,
          )
        : error;
    }
  }

  async dryRunApply<T extends KubeObject>(
    resource: KubeResource,
    object: T,
    options?: KubeCallOptions,
  ): Promise<string[]> {
    const warnings: string[] = [];
    await this.#apply(resource, object, {
      dryRun: 'All',
      onWarning: text => warnings.push(text),
      signal: options?.signal,
    });
    return warnings;
  }

  async #apply<T extends KubeObject>(
    resource: KubeResource,
    object: T,
    options: KubeCallOptions & {
      dryRun?: 'All';
      onWarning?: (text: string) => void;
    },
  ): Promise<T> {
    const { dryRun, onWarning, signal } = options;
    const answer = await this.#transport.request({
      ...this.#applyRequest(resource, object, dryRun),
      onWarning,
      signal,
    });
    return this.#object<T>(answer, resource, object.metadata.name);
  }

  #applyRequest(resource: KubeResource, object: KubeObject, dryRun?: 'All') {
    return {
      method: 'PATCH' as const,
      path: objectPath(resource, object.metadata),
      query: { fieldManager: this.#fieldManager, force: 'true', dryRun },
      // JSON is YAML. API servers before 1.32 accept no other type for it.
      body: { contentType: 'application/apply-patch+yaml', content: object },
    };
  }

  async delete(
    resource: KubeResource,
    key: KubeKey,
    preconditions: { uid?: string },
    options?: KubeCallOptions,
  ): Promise<boolean> {
    const answer = await unlessNotFound(() =>
      this.#transport.request({
        method: 'DELETE',
        path: objectPath(resource, key),
        body: {
          contentType: 'application/json',
          content: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            ...(preconditions.uid !== undefined && {
              preconditions: { uid: preconditions.uid },
            }),
            propagationPolicy: 'Background',
          },
        },
        signal: options?.signal,
      }),
    );
    return answer !== undefined;
  }

  async review<Spec extends object, Status extends object>(
    resource: KubeResource,
    spec: Spec,
    options?: KubeReviewOptions,
  ): Promise<Status> {
    const { apiVersion, kind } = resource;
    const { subresource } = options ?? {};
    const answer = await this.#transport.request({
      method: 'POST',
      path: subresource
        ? subresourcePath(
            subresource.resource,
            subresource.key,
            subresource.name,
          )
        : collectionPath(resource),
      body: {
        contentType: 'application/json',
        content: { apiVersion, kind, spec },
      },
      signal: options?.signal,
    });
    return assertReview<Status>(answer, resource, this.#transport.server);
  }

  #collection(resource: KubeResource, selection?: KubeSelection) {
    return {
      transport: this.#transport,
      limits: this.#limits,
      path: collectionPath(resource, selection?.namespace),
      resource,
      selection,
    };
  }

  #collectionOf(resource: KubeResource, object: KubeObject): string {
    // A POST without the namespace in its path would go to `default`, or nowhere.
    objectPath(resource, object.metadata);
    return collectionPath(resource, object.metadata.namespace);
  }

  #object<T extends KubeObject>(
    answer: unknown,
    resource: KubeResource,
    name: string,
  ): T {
    return assertObject<T>(answer, resource, this.#transport.server, name);
  }
}

/**
 * Counts only the API server's own "not found" answer. A 404 of an intermediary or of a missing API group does
 * not show that the object is missing.
 */
async function unlessNotFound<T>(
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isKubeError(error, 'NotFound') && error.reason === 'NotFound') {
      return undefined;
    }
    throw error;
  }
}

/** Failures before the API server answers. */
const UNANSWERED: ReadonlySet<KubeError['failure']> = new Set([
  'DNS',
  'TCP',
  'TLS',
]);

/** Returns an error of the same class that holds nothing that the API server wrote. */
function withoutWords(error: KubeError, what: string): KubeError {
  const { failure, status, retryAfterSeconds } = error;
  if (UNANSWERED.has(failure)) {
    return error;
  }
  const code = status === undefined ? '' : ` (${status})`;
  return new KubeError(failure, `${what}: ${failure}${code}`, {
    status,
    retryAfterSeconds,
  });
}
