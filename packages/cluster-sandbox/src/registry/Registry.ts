import { isDeepStrictEqual } from 'node:util';
import { AdmissionPlugin, AdmissionRequest } from '../admission/Admission';
import { trackApply, trackUpdate } from '../patch/managedFields';
import {
  ResourceDefinition,
  resourceKey,
} from '../resources/ResourceDefinition';
import {
  alreadyExists,
  badRequest,
  conflict,
  invalid,
  notFound,
  StatusError,
} from '../status';
import { objectKey, Store } from '../storage/Store';
import { copy, KubeObject, UserInfo } from '../types';
import {
  checkPreconditions,
  DeleteOptions,
  withDeletion,
  asDeleted,
} from './deletion';
import {
  keepSystemMetadata,
  metadataCauses,
  stampNewMetadata,
  timestamp,
} from './metadata';
import {
  checkKind,
  checkNamespace,
  inOrder,
  isReleased,
  restoreStatus,
} from './shape';

/** The user, the field manager and the options of a write. */
export interface WriteContext {
  user: UserInfo;
  fieldManager: string;
  dryRun?: boolean;
  subresource?: string;
  /** Sends a warning with the answer. */
  warn?: (text: string) => void;
}

/** The resource, the namespace and the name of an object. */
export interface ObjectAddress {
  definition: ResourceDefinition;
  namespace?: string;
  name: string;
}

/**
 * Reads and writes objects with the semantics of the API server: metadata, defaults, admission, validation, field
 * ownership, finalizers. Calls are synchronous, so each is one transaction.
 */
export class Registry {
  readonly store: Store;
  readonly #plugins: AdmissionPlugin[];

  constructor(store: Store, plugins: AdmissionPlugin[]) {
    this.store = store;
    this.#plugins = plugins;
  }

  find({ definition, namespace, name }: ObjectAddress): KubeObject | undefined {
    return this.store
      .collection(resourceKey(definition))
      .get(objectKey(namespace, name));
  }

  /** @throws StatusError 404 */
  get(address: ObjectAddress): KubeObject {
    const object = this.find(address);
    if (!object) {
      throw notFound(address.definition, address.name);
    }
    return object;
  }

  all(definition: ResourceDefinition, namespace?: string): KubeObject[] {
    return this.store
      .collection(resourceKey(definition))
      .values(namespace ? `${namespace}/` : '');
  }

  create(
    definition: ResourceDefinition,
    namespace: string | undefined,
    body: KubeObject,
    context: WriteContext,
  ): KubeObject {
    return this.#create(definition, namespace, body, context, object =>
      trackUpdate(undefined, object, managerOf(context, object)),
    );
  }

  /**
   * Replaces an object with a changed copy.
   *
   * @param change - receives a copy that it may alter, returns the wanted object
   */
  update(
    address: ObjectAddress,
    change: (current: KubeObject) => KubeObject,
    context: WriteContext,
  ): KubeObject {
    const current = this.get(address);
    return this.#update(
      address,
      current,
      change(copy(current)),
      context,
      (object, wanted) =>
        trackUpdate(current, object, managerOf(context, object), wanted),
    );
  }

  /** Server-side apply: merges a configuration, whose fields its manager then owns. */
  apply(
    address: ObjectAddress,
    configuration: KubeObject,
    force: boolean,
    context: WriteContext,
  ): { object: KubeObject; created: boolean } {
    const current = this.find(address);
    const manager = {
      manager: context.fieldManager,
      operation: 'Apply' as const,
      apiVersion: configuration.apiVersion,
      ...(context.subresource && { subresource: context.subresource }),
    };
    const { definition, namespace } = address;
    if (configuration.metadata.name !== address.name) {
      throw badRequest(
        `the name of the object (${configuration.metadata.name}) does not match the name on the URL (${address.name})`,
      );
    }
    const result = trackApply(current, configuration, manager, force);
    if (!current) {
      if (context.subresource) {
        throw notFound(definition, address.name);
      }
      if (configuration.metadata.uid) {
        throw conflict(
          definition,
          address.name,
          `uid mismatch: the provided object specified uid ${configuration.metadata.uid}, and no existing object was found`,
        );
      }
      const object = this.#create(
        definition,
        namespace,
        result.object,
        context,
        () => result.managedFields,
      );
      return { object, created: true };
    }
    const object = this.#update(
      address,
      current,
      result.object,
      context,
      () => result.managedFields,
    );
    return { object, created: false };
  }

  /** Deletes an object. Returns it as it is after the call, and whether it is gone. */
  delete(
    address: ObjectAddress,
    options: DeleteOptions,
    context: WriteContext,
  ): { object: KubeObject; gone: boolean } {
    const current = this.get(address);
    const dryRun = context.dryRun ?? false;
    checkPreconditions(current, options);
    const request: AdmissionRequest = {
      operation: 'DELETE',
      ...address,
      old: current,
      user: context.user,
      dryRun,
    };
    this.#admit(request);
    this.#validate(request);
    const next = withDeletion(address.definition, current, options);
    const key = resourceKey(address.definition);
    if (!next) {
      const last = asDeleted(current);
      return {
        object: dryRun ? last : this.store.remove(key, last),
        gone: true,
      };
    }
    return {
      object:
        dryRun || isDeepStrictEqual(next, current)
          ? next
          : this.store.put(key, next),
      gone: false,
    };
  }

  /** Assigns a node to a pod. Only a binding can make this change to the spec. */
  bind(address: ObjectAddress, nodeName: string, context: WriteContext): void {
    const current = this.get(address);
    if (!context.dryRun) {
      this.store.put(resourceKey(address.definition), {
        ...current,
        spec: { ...current.spec, nodeName },
        status: {
          ...current.status,
          conditions: [
            {
              type: 'PodScheduled',
              status: 'True',
              lastProbeTime: null,
              lastTransitionTime: timestamp(),
            },
          ],
        },
      });
    }
  }

  #create(
    definition: ResourceDefinition,
    namespace: string | undefined,
    body: KubeObject,
    context: WriteContext,
    owned: (object: KubeObject) => KubeObject['metadata']['managedFields'],
  ): KubeObject {
    const object = copy(body);
    checkKind(definition, object);
    checkNamespace(definition, namespace, object);
    if (object.metadata.resourceVersion) {
      throw new StatusError(
        500,
        '',
        'resourceVersion should not be set on objects to be created',
      );
    }
    stampNewMetadata(object);
    definition.defaults?.(object);
    object.metadata.managedFields = owned(object);
    const request: AdmissionRequest = {
      operation: 'CREATE',
      definition,
      namespace,
      name: object.metadata.name ?? '',
      object,
      user: context.user,
      dryRun: context.dryRun ?? false,
      warn: context.warn,
    };
    this.#admit(request);
    definition.prepareCreate?.(object);
    if (definition.hasStatus) {
      object.status ??= {};
    }
    if (definition.hasGeneration) {
      object.metadata.generation = 1;
    }
    const causes = [
      ...metadataCauses(definition, object),
      ...(definition.validate?.(object, undefined) ?? []),
    ];
    if (causes.length) {
      throw invalid(definition, object.metadata.name ?? '', causes);
    }
    if (this.find({ definition, namespace, name: object.metadata.name })) {
      throw alreadyExists(definition, object.metadata.name);
    }
    this.#validate(request);
    const ordered = inOrder(object);
    return request.dryRun
      ? ordered
      : this.store.put(resourceKey(definition), ordered);
  }

  #update(
    address: ObjectAddress,
    current: KubeObject,
    wanted: KubeObject,
    context: WriteContext,
    owned: (
      object: KubeObject,
      wanted: KubeObject,
    ) => KubeObject['metadata']['managedFields'],
  ): KubeObject {
    const { definition, namespace, name } = address;
    let object = wanted;
    checkKind(definition, object);
    checkNamespace(definition, namespace, object);
    if (object.metadata.name !== name) {
      throw badRequest(
        `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`,
      );
    }
    if (object.metadata.uid && object.metadata.uid !== current.metadata.uid) {
      throw conflict(
        definition,
        name,
        `StorageError: invalid object, Code: 4, Key: /registry/${
          definition.plural
        }/${objectKey(
          namespace,
          name,
        )}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${
          object.metadata.uid
        }, UID in object meta: ${current.metadata.uid}`,
      );
    }
    if (
      object.metadata.resourceVersion &&
      object.metadata.resourceVersion !== '0' &&
      object.metadata.resourceVersion !== current.metadata.resourceVersion
    ) {
      throw conflict(definition, name);
    }
    const asWanted = object;
    if (context.subresource === 'status') {
      object = { ...copy(current), status: object.status };
    } else if (context.subresource === 'finalize') {
      object = { ...copy(current), spec: object.spec };
    } else {
      keepSystemMetadata(object, current);
      definition.defaults?.(object);
      if (definition.hasStatus) {
        restoreStatus(object, current);
      }
      definition.prepareUpdate?.(object, current);
    }
    object.metadata.managedFields = owned(object, asWanted);
    const request: AdmissionRequest = {
      operation: 'UPDATE',
      ...address,
      subresource: context.subresource,
      object,
      old: current,
      user: context.user,
      dryRun: context.dryRun ?? false,
      warn: context.warn,
    };
    this.#admit(request);
    if (
      definition.hasGeneration &&
      !isDeepStrictEqual(object.spec, current.spec)
    ) {
      object.metadata.generation = (current.metadata.generation ?? 0) + 1;
    }
    if (!context.subresource || context.subresource === 'scale') {
      const causes = [
        ...metadataCauses(definition, object, current),
        ...(definition.validate?.(object, current) ?? []),
      ];
      if (causes.length) {
        throw invalid(definition, name, causes);
      }
    }
    this.#validate(request);
    object = inOrder(object);
    if (isDeepStrictEqual(object, current)) {
      return current;
    }
    if (request.dryRun) {
      return object;
    }
    const key = resourceKey(definition);
    return isReleased(definition, object)
      ? this.store.remove(key, object)
      : this.store.put(key, object);
  }

  #admit(request: AdmissionRequest): void {
    for (const plugin of this.#plugins) {
      plugin.admit?.(request);
    }
  }

  #validate(request: AdmissionRequest): void {
    for (const plugin of this.#plugins) {
      plugin.validate?.(request);
    }
  }
}

function managerOf(context: WriteContext, object: KubeObject) {
  return {
    manager: context.fieldManager,
    operation: 'Update' as const,
    apiVersion: object.apiVersion,
    ...(context.subresource && { subresource: context.subresource }),
  };
}
