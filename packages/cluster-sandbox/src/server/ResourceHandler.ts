import { applyPatch, PATCH_TYPES } from '../patch/applyPatch';
import { DeleteOptions } from '../registry/deletion';
import { ObjectAddress, Registry, WriteContext } from '../registry/Registry';
import { apiVersionOf, STANDARD_VERBS } from '../resources/ResourceDefinition';
import {
  badRequest,
  invalid,
  methodNotAllowed,
  unsupportedPatchType,
} from '../status';
import { JsonObject, KubeObject } from '../types';
import {
  mediaType,
  parseObject,
  parseYaml,
  readBody,
  unrecognized,
} from './body';
import { listObjects } from './list';
import { ResourceContext } from './RequestContext';
import { isTrue } from './RequestInfo';
import { sendObject } from './respond';
import { readSelection } from './selection';
import { viewList, viewObject } from './table';
import { watchObjects } from './watch';

/** Serves the verbs of the resources that are kept: the HTTP side of the registry. */
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
      current => applyPatch(type, context.definition, current, body),
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

export function addressOf({
  definition,
  resource,
}: ResourceContext): ObjectAddress {
  return {
    definition,
    namespace: definition.namespaced ? resource.namespace : undefined,
    name: resource.name!,
  };
}

export function writeContextOf(context: ResourceContext): WriteContext {
  const { query } = context.info;
  const agent = context.request.headers['user-agent'] ?? 'unknown';
  return {
    user: context.user,
    fieldManager: query.get('fieldManager') || agent.split('/')[0],
    dryRun: isDryRun(context),
    subresource: context.resource.subresource,
  };
}

function isDryRun({ info }: ResourceContext, options?: DeleteOptions): boolean {
  const values = [...info.query.getAll('dryRun'), ...(options?.dryRun ?? [])];
  const wrong = values.find(value => value !== 'All');
  if (wrong !== undefined) {
    throw optionsInvalid(
      OPTIONS_BY_METHOD[info.method],
      'dryRun',
      'FieldValueNotSupported',
      `Unsupported value: []string{${JSON.stringify(
        wrong,
      )}}: supported values: "All"`,
    );
  }
  return values.length > 0;
}

export async function readObject(
  context: ResourceContext,
): Promise<KubeObject> {
  const type = mediaType(context.request);
  const body = parseObject(
    await readBody(context.request),
    type,
    context.definition.kind,
  );
  if (body === undefined) {
    throw unrecognized(
      context.definition.kind,
      'unexpected end of JSON input',
      Buffer.alloc(0),
    );
  }
  dropNulls(body);
  checkMetadata(body);
  return body;
}

/** A null is a field that is not there: so do Kubernetes' types read it. */
function dropNulls(value: JsonObject): void {
  for (const [field, part] of Object.entries(value)) {
    if (part === null && !Array.isArray(value)) {
      delete value[field];
    } else if (typeof part === 'object' && part !== null) {
      dropNulls(part);
    }
  }
}

/** The shapes that everything after this relies on. */
function checkMetadata(body: JsonObject): void {
  const { metadata = {} } = body;
  const wrong = (path: string, kind: string) =>
    badRequest(
      `${body.kind ?? 'object'} in version ${JSON.stringify(
        body.apiVersion ?? '',
      )} cannot be handled as a ${
        body.kind ?? 'object'
      }: json: cannot unmarshal into Go struct field ObjectMeta.${path} of type ${kind}`,
    );
  if (typeof metadata !== 'object' || Array.isArray(metadata)) {
    throw wrong('metadata', 'v1.ObjectMeta');
  }
  body.metadata = metadata ?? {};
  for (const field of [
    'name',
    'namespace',
    'generateName',
    'uid',
    'resourceVersion',
  ]) {
    const value = body.metadata[field];
    if (value === null) {
      delete body.metadata[field];
    } else if (value !== undefined && typeof value !== 'string') {
      throw wrong(`metadata.${field}`, 'string');
    }
  }
  for (const field of ['labels', 'annotations']) {
    const value = body.metadata[field];
    if (value === null) {
      delete body.metadata[field];
    } else if (
      value !== undefined &&
      (typeof value !== 'object' ||
        Array.isArray(value) ||
        Object.values(value).some(entry => typeof entry !== 'string'))
    ) {
      throw wrong(`metadata.${field}`, 'map[string]string');
    }
  }
}

async function readDeleteOptions(
  context: ResourceContext,
): Promise<DeleteOptions> {
  const body: DeleteOptions =
    parseObject(
      await readBody(context.request),
      mediaType(context.request),
      'DeleteOptions',
    ) ?? {};
  const { query } = context.info;
  const grace = query.get('gracePeriodSeconds');
  const policy = query.get('propagationPolicy') ?? body.propagationPolicy;
  if (policy && !['Orphan', 'Background', 'Foreground'].includes(policy)) {
    throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', [
      {
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: ${JSON.stringify(
          policy,
        )}: supported values: "Foreground", "Background", "Orphan", "nil"`,
        field: 'propagationPolicy',
      },
    ]);
  }
  return {
    ...body,
    ...(grace !== null && { gracePeriodSeconds: Number(grace) }),
    ...(policy && {
      propagationPolicy: policy as DeleteOptions['propagationPolicy'],
    }),
  };
}

function checkApply(query: URLSearchParams): void {
  if (!query.get('fieldManager')) {
    throw optionsInvalid(
      'PatchOptions',
      'fieldManager',
      'FieldValueRequired',
      'Required value: is required for apply patch',
    );
  }
}

function checkConfiguration(
  context: ResourceContext,
  configuration: JsonObject,
): void {
  dropNulls(configuration);
  checkMetadata(configuration);
  if (configuration.metadata.managedFields?.length) {
    throw badRequest('metadata.managedFields must be nil');
  }
  if (!configuration.apiVersion || !configuration.kind) {
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${
        configuration.apiVersion ?? ''
      }, expected: ${apiVersionOf(context.definition)}`,
    );
  }
  configuration.metadata.name ??= context.resource.name;
  delete configuration.metadata.managedFields;
}

const OPTIONS_BY_METHOD: Record<string, string> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
};

function optionsInvalid(
  kind: string,
  field: string,
  reason: string,
  message: string,
) {
  return invalid({ group: 'meta.k8s.io', kind }, '', [
    { reason, message, field },
  ]);
}
