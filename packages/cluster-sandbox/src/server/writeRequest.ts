import { DeleteOptions } from '../registry/deletion';
import { ObjectAddress, WriteContext } from '../registry/Registry';
import { checkTypes } from '../resources/checkTypes';
import { apiVersionOf } from '../resources/ResourceDefinition';
import { badRequest, invalid } from '../status';
import { JsonObject, KubeObject } from '../types';
import { mediaType, parseObject, readBody, unrecognized } from './body';
import { sendWarning } from './respond';
import { ResourceContext } from './RequestContext';

const OPTIONS_BY_METHOD: Record<string, string> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
};

/** Returns the address of the request's object. */
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

/** Returns the user and the options of a write. */
export function writeContextOf(context: ResourceContext): WriteContext {
  const { query } = context.info;
  const agent = context.request.headers['user-agent'] ?? 'unknown';
  return {
    user: context.user,
    fieldManager: query.get('fieldManager') || agent.split('/')[0],
    dryRun: isDryRun(context),
    subresource: context.resource.subresource,
    warn: text => sendWarning(context.response, text),
  };
}

export function isDryRun(
  { info }: ResourceContext,
  options?: DeleteOptions,
): boolean {
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

/** Reads the object from a request's body. */
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

/** Removes null fields: Kubernetes' types read null as absent. */
function dropNulls(value: JsonObject): void {
  for (const [field, part] of Object.entries(value)) {
    if (part === null && !Array.isArray(value)) {
      delete value[field];
    } else if (typeof part === 'object' && part !== null) {
      dropNulls(part);
    }
  }
}

/** Adds missing metadata; the registry checks everything else. */
function checkMetadata(body: JsonObject): void {
  body.metadata ??= {};
  checkTypes({ kind: 'object', apiVersion: '', metadata: body.metadata });
}

export async function readDeleteOptions(
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

export function checkApply(query: URLSearchParams): void {
  if (!query.get('fieldManager')) {
    throw optionsInvalid(
      'PatchOptions',
      'fieldManager',
      'FieldValueRequired',
      'Required value: is required for apply patch',
    );
  }
}

export function checkConfiguration(
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

export function optionsInvalid(
  kind: string,
  field: string,
  reason: string,
  message: string,
) {
  return invalid({ group: 'meta.k8s.io', kind }, '', [
    { reason, message, field },
  ]);
}
