import { applyPatch, PATCH_TYPES } from '../patch/applyPatch';
import { Registry } from '../registry/Registry';
import { STANDARD_VERBS } from '../resources/ResourceDefinition';
import {
  badRequest,
  cause,
  invalid,
  methodNotAllowed,
  unsupportedPatchType,
} from '../status';
import { KubeObject } from '../types';
import { mediaType, parseYaml, readBody } from './body';
import { listObjects } from './list';
import { ResourceContext } from './RequestContext';
import { isTrue } from './RequestInfo';
import { sendObject } from './respond';
import { readSelection } from './selection';
import { viewList, viewObject } from './table';
import { watchObjects } from './watch';
import {
  addressOf,
  checkApply,
  checkConfiguration,
  isDryRun,
  optionsInvalid,
  readDeleteOptions,
  readObject,
  writeContextOf,
} from './writeRequest';

/** The verbs that need a name. */
const VERBS_OF_ONE = new Set(['update', 'patch']);

/** Serves the verbs of the stored resources: the HTTP side of the registry. */
export class ResourceHandler {
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  async handle(context: ResourceContext): Promise<void> {
    const { info, definition, resource } = context;
    if (!(definition.verbs ?? STANDARD_VERBS).includes(info.verb)) {
      throw methodNotAllowed();
    }
    if (VERBS_OF_ONE.has(info.verb) && resource.name === undefined) {
      throw methodNotAllowed();
    }
    switch (info.verb) {
      case 'list':
        return this.#list(context);
      case 'watch':
        return this.#watch(context);
      case 'get':
        return this.#send(context, 200, this.#registry.get(addressOf(context)));
      case 'create':
        if (resource.name !== undefined) {
          throw methodNotAllowed();
        }
        return this.#create(context);
      case 'update':
        return this.#update(context);
      case 'patch':
        return this.#patch(context);
      case 'delete':
        return this.#delete(context);
      default:
        return this.#deleteCollection(context);
    }
  }

  async #list(context: ResourceContext): Promise<void> {
    const { definition, resource, info, format, response } = context;
    const list = listObjects(
      this.#registry.store,
      definition,
      resource.namespace,
      info.query,
      format,
    );
    await sendObject(response, 200, list, format);
  }

  #watch(context: ResourceContext): void {
    const { definition, resource, info, format, response } = context;
    watchObjects(
      this.#registry.store,
      definition,
      resource.namespace,
      info.query,
      format,
      response,
    );
  }

  async #create(context: ResourceContext): Promise<void> {
    const body = await readObject(context);
    const object = this.#registry.create(
      context.definition,
      context.resource.namespace,
      body,
      writeContextOf(context),
    );
    await this.#send(context, 201, object);
  }

  async #update(context: ResourceContext): Promise<void> {
    const body = await readObject(context);
    const address = addressOf(context);
    const writeContext = writeContextOf(context);
    const { definition, resource } = context;
    if (
      definition.createsOnUpdate &&
      !resource.subresource &&
      !this.#registry.find(address)
    ) {
      if (body.metadata?.name !== address.name) {
        throw badRequest(
          `the name of the object (${body.metadata?.name}) does not match the name on the URL (${address.name})`,
        );
      }
      const object = this.#registry.create(
        definition,
        resource.namespace,
        body,
        writeContext,
      );
      await this.#send(context, 201, object);
      return;
    }
    const object = this.#registry.update(address, () => body, writeContext);
    await this.#send(context, 200, object);
  }

  async #patch(context: ResourceContext): Promise<void> {
    const type = mediaType(context.request);
    if (!PATCH_TYPES.includes(type)) {
      throw unsupportedPatchType();
    }
    const body = await readBody(context.request);
    const address = addressOf(context);
    const writeContext = writeContextOf(context);
    if (type === 'application/apply-patch+yaml') {
      const { query } = context.info;
      checkApply(query);
      const configuration = parseYaml(body, context.definition.kind);
      checkConfiguration(context, configuration);
      const { object, created } = this.#registry.apply(
        address,
        configuration,
        isTrue(query, 'force'),
        writeContext,
      );
      await this.#send(context, created ? 201 : 200, object);
      return;
    }
    if (context.info.query.has('force')) {
      throw optionsInvalid(
        'PatchOptions',
        'force',
        'FieldValueForbidden',
        'Forbidden: may not be specified for non-apply patch',
      );
    }
    const object = this.#registry.update(
      address,
      current => {
        const patched = applyPatch(type, context.definition, current, body);
        // An empty UID is filled in, as for every update.
        if (
          patched.metadata.uid &&
          patched.metadata.uid !== current.metadata.uid
        ) {
          throw invalid(context.definition, address.name, [
            cause.invalid(
              'metadata.uid',
              patched.metadata.uid,
              'field is immutable',
            ),
          ]);
        }
        return patched;
      },
      writeContext,
    );
    await this.#send(context, 200, object);
  }

  async #delete(context: ResourceContext): Promise<void> {
    const options = await readDeleteOptions(context);
    const { definition, format, response } = context;
    const { object, gone } = this.#registry.delete(
      addressOf(context),
      options,
      { ...writeContextOf(context), dryRun: isDryRun(context, options) },
    );
    if (!gone || definition.returnsDeleted) {
      await this.#send(context, 200, object);
      return;
    }
    const { name, uid } = object.metadata;
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: {
        name,
        ...(definition.group && { group: definition.group }),
        kind: definition.plural,
        uid,
      },
    };
    await sendObject(response, 200, status, format);
  }

  async #deleteCollection(context: ResourceContext): Promise<void> {
    const options = await readDeleteOptions(context);
    const { definition, resource, info, format, response } = context;
    const selection = readSelection(definition, info.query);
    const items = this.#registry
      .all(definition, resource.namespace)
      .filter(selection.matches);
    const writeContext = {
      ...writeContextOf(context),
      dryRun: isDryRun(context, options),
    };
    for (const { metadata } of items) {
      const { namespace, name } = metadata;
      const address = { definition, namespace, name };
      if (this.#registry.find(address)) {
        this.#registry.delete(address, options, writeContext);
      }
    }
    const metadata = { resourceVersion: `${this.#registry.store.revision}` };
    await sendObject(
      response,
      200,
      viewList(definition, items, metadata, format.view, null),
      format,
    );
  }

  async #send(
    { definition, info, format, response }: ResourceContext,
    code: number,
    object: KubeObject,
  ): Promise<void> {
    await sendObject(
      response,
      code,
      viewObject(
        definition,
        object,
        format.view,
        info.query.get('includeObject'),
      ),
      format,
    );
  }
}
