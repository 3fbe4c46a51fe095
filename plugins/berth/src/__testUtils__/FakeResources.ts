import {
  Abilities,
  AppliedDocument,
  ApplyRequest,
  CallOptions,
  DeleteObjectOptions,
  EditObjectRequest,
  EditObjectResult,
  List,
  LogLine,
  LogQuery,
  NodeListLine,
  NodeMig,
  ObjectAction,
  ObjectActionResult,
  ObjectAddress,
  ObjectEvent,
  ObjectView,
  RelatedObjectList,
  ResourceFailure,
  ResourceKind,
  ResourceKindList,
  ResourceListLine,
  ResourceListQuery,
  RevealedSecret,
  RolloutRevision,
  editObjectRequestSchema,
} from '@berth/plugin-berth-common';
import { FakeHelmOperations } from './FakeHelmOperations';
import { responseError } from './responseError';

type LogsQuery = Omit<LogQuery, 'download' | 'namespace'>;

/** What the clusters have of one object. */
export interface FakeObject {
  view: ObjectView;
  events?: ObjectEvent[];
  related?: RelatedObjectList;
  revisions?: RolloutRevision[];
  secrets?: Record<string, string>;
  /** The lines of each answer; the function gets the query. */
  log?: LogLine[] | ((query: LogsQuery) => AsyncIterable<LogLine>);
}

/** The part of `FakeBerthApi` that serves what runs on the clusters. */
export class FakeResources extends FakeHelmOperations {
  kinds: ResourceKind[] = [];
  /** The clusters whose kinds are not known. */
  kindFailures: ResourceFailure[] = [];
  /** The lines of the list of a kind, by group and plural: `apps/deployments`. */
  readonly lists = new Map<string, ResourceListLine[]>();
  /** The lines of the list of nodes. */
  nodes: NodeListLine[] = [];
  /** By `keyOf` of their address. */
  readonly objects = new Map<string, FakeObject>();
  abilities: Abilities = {
    rules: [{ groups: ['*'], resources: ['*'], names: [], verbs: ['*'] }],
    incomplete: false,
    canWrite: true,
  };
  /** Runs before each line of a list, for example to delay it. */
  beforeLine?: (line: ResourceListLine) => Promise<void>;
  /** The queries of lists, the latest last. */
  readonly listQueries: ResourceListQuery[] = [];
  /** The queries of logs, the latest last. */
  readonly logQueries: LogsQuery[] = [];
  /** The changes of objects, the latest last. */
  readonly changes: { address: ObjectAddress; change: unknown }[] = [];
  mig: NodeMig = { uid: 'uid', capable: false, cordoned: false };
  /** The answer to the next edit. */
  edited: EditObjectResult = { changed: true, diff: '', conflicts: [] };
  /** The answers to applied YAML, one for each call; the last one stays. */
  applied: AppliedDocument[][] = [[]];

  async listKinds(): Promise<ResourceKindList> {
    return {
      items: this.kinds,
      totalItems: this.kinds.length,
      failures: this.kindFailures,
    };
  }

  async *listResources(
    { group, plural }: { group: string; plural: string },
    query: ResourceListQuery = {},
    options?: CallOptions,
  ): AsyncGenerator<ResourceListLine> {
    this.listQueries.push(query);
    for (const line of this.lists.get(`${group}/${plural}`) ?? []) {
      options?.signal?.throwIfAborted();
      const asked = askedOf(line, query);
      if (asked) {
        await this.beforeLine?.(asked);
        yield asked;
      }
    }
    yield { type: 'end' };
  }

  async *listNodes(): AsyncGenerator<NodeListLine> {
    yield* this.nodes;
    yield { type: 'end' };
  }

  async getNodeMig(): Promise<NodeMig> {
    return this.mig;
  }

  async getAbilities(): Promise<Abilities> {
    return this.abilities;
  }

  async getObject(address: ObjectAddress): Promise<ObjectView> {
    return (await this.#object(address)).view;
  }

  async getObjectYaml(address: ObjectAddress): Promise<string> {
    return JSON.stringify((await this.#object(address)).view.object, null, 2);
  }

  async listObjectEvents(address: ObjectAddress): Promise<List<ObjectEvent>> {
    const { events = [] } = await this.#object(address);
    return { items: events, totalItems: events.length };
  }

  async listRelatedObjects(address: ObjectAddress): Promise<RelatedObjectList> {
    const { related } = await this.#object(address);
    return related ?? { items: [], totalItems: 0, unreadable: [] };
  }

  async listRevisions(address: ObjectAddress): Promise<List<RolloutRevision>> {
    const { revisions = [] } = await this.#object(address);
    return { items: revisions, totalItems: revisions.length };
  }

  async *readLogs(
    address: ObjectAddress,
    query: LogsQuery = {},
    options?: CallOptions,
  ): AsyncGenerator<LogLine> {
    this.logQueries.push(query);
    const { log = [] } = await this.#object(address);
    for await (const line of typeof log === 'function' ? log(query) : log) {
      options?.signal?.throwIfAborted();
      yield line;
    }
  }

  async downloadLogs(
    address: ObjectAddress,
    query: LogsQuery = {},
  ): Promise<Blob> {
    this.logQueries.push(query);
    const { log = [] } = await this.#object(address);
    const lines = (typeof log === 'function' ? [] : log).flatMap(line =>
      line.type === 'lines' ? line.lines.map(([, , text]) => text) : [],
    );
    return new Blob([lines.join('\n')], { type: 'text/plain' });
  }

  async revealSecret(
    address: ObjectAddress,
    keys: string[],
  ): Promise<RevealedSecret> {
    const { secrets = {} } = await this.#object(address);
    return {
      values: Object.fromEntries(
        keys.map(key => [
          key,
          { text: secrets[key], base64: btoa(secrets[key]) },
        ]),
      ),
    };
  }

  async actOnObject(
    address: ObjectAddress,
    change: ObjectAction,
  ): Promise<ObjectActionResult> {
    await this.#object(address);
    this.changes.push({ address, change });
    return {};
  }

  async editObject(
    address: ObjectAddress,
    change: EditObjectRequest,
  ): Promise<EditObjectResult> {
    editObjectRequestSchema.parse(change);
    await this.#object(address);
    this.changes.push({ address, change });
    return this.edited;
  }

  async deleteObject(
    address: ObjectAddress,
    options: DeleteObjectOptions,
  ): Promise<void> {
    await this.#object(address);
    this.changes.push({ address, change: options });
    if (!options.dryRun) {
      this.objects.delete(keyOf(address));
    }
  }

  async applyYaml(
    cluster: string,
    change: ApplyRequest,
  ): Promise<List<AppliedDocument>> {
    const address = { cluster, group: '', plural: '', name: '' };
    this.changes.push({ address, change });
    const items =
      this.applied.length > 1 ? this.applied.shift()! : this.applied[0];
    return { items, totalItems: items.length };
  }

  async #object(address: ObjectAddress): Promise<FakeObject> {
    const found = this.objects.get(keyOf(address));
    if (!found) {
      throw await responseError(404, `There is no ${address.name}`);
    }
    return found;
  }
}

/** Returns what a query leaves of a line. */
function askedOf(
  line: ResourceListLine,
  query: ResourceListQuery,
): ResourceListLine | undefined {
  const listOf = (names?: string | readonly string[]) =>
    names === undefined ? undefined : [names].flat();
  const clusters = listOf(query.cluster);
  const namespaces = listOf(query.namespace);
  switch (line.type) {
    case 'start':
      return {
        ...line,
        clusters: line.clusters
          .filter(({ name }) => clusters?.includes(name) ?? true)
          .map(cluster => ({
            ...cluster,
            namespaces:
              cluster.namespaces?.filter(
                one => namespaces?.includes(one) ?? true,
              ) ?? namespaces,
          })),
      };
    case 'end':
      return line;
    default: {
      if (clusters && !clusters.includes(line.cluster)) {
        return undefined;
      }
      const namespace = 'namespace' in line ? line.namespace : undefined;
      return namespace && namespaces && !namespaces.includes(namespace)
        ? undefined
        : line;
    }
  }
}

/** Returns the key of an object in `FakeResources.objects`. */
export function keyOf(address: ObjectAddress): string {
  const { cluster, group, plural, namespace = '', name } = address;
  return [cluster, group, plural, namespace, name].join('/');
}
