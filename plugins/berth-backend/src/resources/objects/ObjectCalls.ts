import { InputError } from '@backstage/errors';
import { Entry } from '../../access/ClusterEntries';
import { KubeError, KubeObject, PersonClient, PersonRequest } from '../../kube';
import { collectionPath, objectPath } from '../../kube/objectPath';
import { assertList, assertObject } from '../../kube/shapes';
import { ClusterKind } from '../kinds/discovery';
import { KindCaller, KindReader } from '../kinds/KindReader';
import { JsonRecord } from './json';

const TABLE =
  'application/json;as=Table;g=meta.k8s.io;v=v1,application/json;as=Table;g=meta.k8s.io;v=v1beta1,application/json';
const METADATA =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** People's own changes have this owner, which is not that of the reconciler. */
export const FIELD_MANAGER = 'berth-ui';

const PAGE_SIZE = 100;
const MAX_ITEMS = 2_000;
const MAX_PAGES = 100;
const MIB = 1024 * 1024;
const MAX_PAGE_BYTES = 8 * MIB;
/** For all lists of one request of a person. */
const MAX_LIST_BYTES = 32 * MIB;

/** An object of a kind. */
export interface ObjectKey {
  name: string;
  namespace?: string;
}

export interface ListSelection {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/** The query of a write. */
export interface WriteOptions {
  dryRun?: boolean;
  subresource?: string;
  force?: boolean;
  onWarning?: (text: string) => void;
}

/** The calls of a person to one cluster, all with the token of the person. */
export class ObjectCalls {
  readonly cluster: string;
  readonly #caller: KindCaller;
  readonly #client: PersonClient;
  readonly #kinds: KindReader;
  readonly #signal: AbortSignal;
  readonly #writeSignal: AbortSignal;
  #listBytes = 0;

  constructor(options: {
    userRef: string;
    entry: Entry;
    client: PersonClient;
    kinds: KindReader;
    /** Ends all calls that change nothing. */
    signal: AbortSignal;
    /** Ends the writes. */
    writeSignal: AbortSignal;
  }) {
    this.cluster = options.entry.cluster.name;
    this.#caller = { userRef: options.userRef, entry: options.entry };
    this.#client = options.client;
    this.#kinds = options.kinds;
    this.#signal = options.signal;
    this.#writeSignal = options.writeSignal;
  }

  /** The version of Kubernetes, if the portal knows it. */
  get version(): string | undefined {
    return this.#caller.entry.cluster.status.version;
  }

  /** @throws NotFoundError if the cluster has no such kind */
  kind(group: string, plural: string): Promise<ClusterKind> {
    return this.#kinds.find(this.#caller, group, plural, this.#signal);
  }

  /**
   * Finds a kind by its name, such as `Deployment`.
   *
   * @param group - empty for the core group
   * @returns undefined if the cluster has no such kind
   */
  kindNamed(group: string, kind: string): Promise<ClusterKind | undefined> {
    return this.#kinds.findNamed(this.#caller, group, kind, this.#signal);
  }

  /**
   * @param meter - called with the size of each part of the answer; it stops the reading by throwing
   * @throws KubeError, also if the answer is another object
   */
  async get(
    kind: ClusterKind,
    key: ObjectKey,
    meter?: PersonRequest['meter'],
  ): Promise<JsonRecord> {
    const answer = await this.#request({
      method: 'GET',
      path: objectPath(resourceOf(kind), key),
      ...(meter && { meter }),
    });
    return this.#object(answer, kind, key.name);
  }

  /** Reads the row of an object. */
  async table(kind: ClusterKind, key: ObjectKey): Promise<unknown> {
    return this.#request({
      method: 'GET',
      path: objectPath(resourceOf(kind), key),
      query: { includeObject: 'None' },
      accept: TABLE,
    });
  }

  /** Lists objects, at most 2,000 of them. */
  list(kind: ClusterKind, selection: ListSelection): Promise<JsonRecord[]> {
    return this.#list(kind, selection, {});
  }

  /** Lists the metadata of objects, at most 2,000 of them. */
  listMetadata(
    kind: ClusterKind,
    selection: ListSelection,
  ): Promise<JsonRecord[]> {
    return this.#list(kind, selection, {
      accept: METADATA,
      as: { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata' },
    });
  }

  async create(kind: ClusterKind, object: JsonRecord): Promise<JsonRecord> {
    const { name, namespace } = object.metadata as ObjectKey;
    const answer = await this.#request({
      method: 'POST',
      path: collectionPath(resourceOf(kind), namespace),
      query: { fieldManager: FIELD_MANAGER },
      body: { contentType: 'application/json', content: object },
    });
    return this.#object(answer, kind, name);
  }

  /** Sends a patch. `force` is only for a patch of server-side apply. */
  async patch(
    kind: ClusterKind,
    key: ObjectKey,
    body: { contentType: string; content: unknown },
    options: WriteOptions = {},
  ): Promise<JsonRecord> {
    const { dryRun, force, onWarning, subresource } = options;
    if (subresource !== undefined) {
      this.#kinds.assertAllowed(kind, subresource);
    }
    const path = objectPath(resourceOf(kind), key);
    const answer = await this.#request({
      method: 'PATCH',
      path: subresource === undefined ? path : `${path}/${subresource}`,
      query: {
        fieldManager: FIELD_MANAGER,
        // API servers before 1.25 ignore it; see ignoredFields.
        fieldValidation: 'Strict',
        dryRun: dryRun ? 'All' : undefined,
        force: force ? 'true' : undefined,
      },
      body,
      onWarning,
    });
    return subresource === undefined
      ? this.#object(answer, kind, key.name)
      : (answer as JsonRecord);
  }

  async delete(
    kind: ClusterKind,
    key: ObjectKey,
    options: {
      uid: string;
      propagationPolicy: 'Background' | 'Foreground' | 'Orphan';
      dryRun?: boolean;
    },
  ): Promise<void> {
    const { uid, propagationPolicy, dryRun } = options;
    await this.#request({
      method: 'DELETE',
      path: objectPath(resourceOf(kind), key),
      query: { dryRun: dryRun ? 'All' : undefined },
      body: {
        contentType: 'application/json',
        content: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          preconditions: { uid },
          propagationPolicy,
          ...(dryRun && { dryRun: ['All'] }),
        },
      },
    });
  }

  #request(request: PersonRequest): Promise<unknown> {
    const changes =
      request.method !== 'GET' && request.query?.dryRun === undefined;
    return this.#client.request({
      ...request,
      signal: changes ? this.#writeSignal : this.#signal,
    });
  }

  #countList(bytes: number): void {
    this.#listBytes += bytes;
    if (this.#listBytes > MAX_LIST_BYTES) {
      throw new KubeError(
        'Protocol',
        `The lists that this page needs from ${
          this.#client.server
        } hold more than ${MAX_LIST_BYTES / MIB} MiB`,
        { reason: 'ResponseTooLarge' },
      );
    }
  }

  #object(answer: unknown, kind: ClusterKind, name: string): JsonRecord {
    return assertObject<KubeObject>(
      answer,
      resourceOf(kind),
      this.#client.server,
      name,
    ) as unknown as JsonRecord;
  }

  async #list(
    kind: ClusterKind,
    { namespace, ...query }: ListSelection,
    form: { accept?: string; as?: { apiVersion: string; kind: string } },
  ): Promise<JsonRecord[]> {
    const found: JsonRecord[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      if (pages++ >= MAX_PAGES) {
        throw new KubeError(
          'Protocol',
          `${this.#client.server} does not come to an end with the list of ${
            kind.plural
          }`,
        );
      }
      const answer = await this.#request({
        method: 'GET',
        path: collectionPath(resourceOf(kind), namespace),
        query: { ...query, limit: String(PAGE_SIZE), continue: next },
        accept: form.accept,
        maxBytes: MAX_PAGE_BYTES,
        meter: bytes => this.#countList(bytes),
      });
      const page = assertList<KubeObject>(
        answer,
        { ...resourceOf(kind), ...form.as },
        this.#client.server,
      );
      found.push(...(page.items as unknown as JsonRecord[]));
      next = page.continueToken;
    } while (next !== undefined && found.length < MAX_ITEMS);
    return found.slice(0, MAX_ITEMS);
  }
}

/** @throws InputError if the kind and the address do not agree about a namespace */
export function assertScope(
  { kind, namespaced }: ClusterKind,
  namespace: string | undefined,
): void {
  if (namespaced && namespace === undefined) {
    throw new InputError(
      `namespace is missing: a ${kind} belongs to a namespace`,
    );
  }
  if (!namespaced && namespace !== undefined) {
    throw new InputError(
      `namespace "${namespace}" must be left out: a ${kind} belongs to no namespace`,
    );
  }
}

export function apiVersionOf({ group, version }: ClusterKind): string {
  return group === '' ? version : `${group}/${version}`;
}

function resourceOf(kind: ClusterKind) {
  const { kind: name, plural, namespaced } = kind;
  return { apiVersion: apiVersionOf(kind), kind: name, plural, namespaced };
}
