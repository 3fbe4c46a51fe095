import type { LogLine, LogQuery } from '../api/logs';
import type {
  AppliedDocument,
  ApplyRequest,
  EditObjectRequest,
  EditObjectResult,
  ObjectAction,
  ObjectActionResult,
  ObjectEvent,
  ObjectView,
  RelatedObjectList,
  RevealedSecret,
  RolloutRevision,
} from '../api/objects';
import type { NodeListLine, NodeListQuery, NodeMig } from '../api/nodes';
import type { List } from '../api/paging';
import type {
  Abilities,
  ObjectAddress,
  ResourceKindList,
  ResourceKindsQuery,
  ResourceListLine,
  ResourceListQuery,
} from '../api/resources';
import type { CallOptions } from './options';

/** @public */
export interface DeleteObjectOptions {
  /** UID of the object that the caller saw. */
  uid: string;
  /** What happens to owned objects; `background` by default. */
  propagation?: 'background' | 'foreground' | 'orphan';
  /** Asks the cluster, and deletes nothing. */
  dryRun?: boolean;
}

/**
 * The part of the API for what runs on the clusters. Each call reaches a cluster with the token of the caller: the
 * cluster decides what the caller may read and change.
 *
 * @public
 */
export interface ResourcesApi {
  /** Lists the kinds of objects of all clusters that the caller can enter. */
  listKinds(query?: ResourceKindsQuery): Promise<ResourceKindList>;
  /** Yields the rows of a kind as the clusters answer. Leaving the loop ends the calls to the clusters. */
  listResources(
    kind: { group: string; plural: string },
    query?: ResourceListQuery,
    options?: CallOptions,
  ): AsyncIterable<ResourceListLine>;
  /** Yields the nodes as the clusters answer. Leaving the loop ends the calls to the clusters. */
  listNodes(
    query?: NodeListQuery,
    options?: CallOptions,
  ): AsyncIterable<NodeListLine>;
  /** Returns how the GPUs of a node are divided, how they can be, and the pods that use them. */
  getNodeMig(cluster: string, node: string): Promise<NodeMig>;
  /** Returns what the caller may do in a namespace. */
  getAbilities(cluster: string, namespace?: string): Promise<Abilities>;
  getObject(address: ObjectAddress): Promise<ObjectView>;
  getObjectYaml(address: ObjectAddress): Promise<string>;
  listObjectEvents(address: ObjectAddress): Promise<List<ObjectEvent>>;
  listRelatedObjects(address: ObjectAddress): Promise<RelatedObjectList>;
  /** Lists the revisions of a workload, the newest first. */
  listRevisions(address: ObjectAddress): Promise<List<RolloutRevision>>;
  /** Yields the log of a pod or of all pods of a workload. */
  readLogs(
    address: ObjectAddress,
    query?: Omit<LogQuery, 'download' | 'namespace'>,
    options?: CallOptions,
  ): AsyncIterable<LogLine>;
  downloadLogs(
    address: ObjectAddress,
    query?: Omit<LogQuery, 'download' | 'follow' | 'namespace'>,
    options?: CallOptions,
  ): Promise<Blob>;
  /** Returns values of a Secret. The activity log records the keys. */
  revealSecret(address: ObjectAddress, keys: string[]): Promise<RevealedSecret>;
  actOnObject(
    address: ObjectAddress,
    action: ObjectAction,
  ): Promise<ObjectActionResult>;
  /** Changes what differs between two versions of the YAML of an object. */
  editObject(
    address: ObjectAddress,
    edit: EditObjectRequest,
  ): Promise<EditObjectResult>;
  deleteObject(
    address: ObjectAddress,
    options: DeleteObjectOptions,
  ): Promise<void>;
  /** Applies documents in their order, and stops at the first that fails. */
  applyYaml(
    cluster: string,
    request: ApplyRequest,
  ): Promise<List<AppliedDocument>>;
}
