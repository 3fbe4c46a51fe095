import {
  ServiceAccountTokens,
  SERVICE_ACCOUNT_ISSUER,
} from '../authentication/ServiceAccountTokens';
import { applyPatch, PATCH_TYPES } from '../patch/applyPatch';
import { Registry } from '../registry/Registry';
import {
  badRequest,
  cause,
  conflict,
  invalid,
  methodNotAllowed,
  unknownPath,
  unsupportedPatchType,
} from '../status';
import { JsonObject, KubeObject } from '../types';
import { mediaType, parseYaml, readBody } from './body';
import { ExecHandler } from './ExecHandler';
import { sendLog } from './logs';
import { ResourceContext } from './RequestContext';
import { ResourceHandler } from './ResourceHandler';
import {
  addressOf,
  isDryRun,
  readObject,
  writeContextOf,
} from './writeRequest';
import { sendObject } from './respond';

/** Serves subresources: status, scale, log, attach, exec, token, eviction, binding, finalize. */
export class SubresourceHandler {
  readonly #registry: Registry;
  readonly #resources: ResourceHandler;
  readonly #tokens: ServiceAccountTokens;
  readonly #exec = new ExecHandler();

  constructor(
    registry: Registry,
    resources: ResourceHandler,
    tokens: ServiceAccountTokens,
  ) {
    this.#registry = registry;
    this.#resources = resources;
    this.#tokens = tokens;
  }

  async handle(context: ResourceContext): Promise<void> {
    const { definition, resource, info } = context;
    const { subresource } = resource;
    if (!subresource) {
      await this.#resources.handle(context);
      return;
    }
    if (subresource === 'status' && definition.hasStatus) {
      mustBeOneOf(info.verb, ['get', 'update', 'patch']);
      await this.#resources.handle(context);
      return;
    }
    if (subresource === 'scale' && definition.hasScale) {
      mustBeOneOf(info.verb, ['get', 'update', 'patch']);
      await this.#scale(context);
      return;
    }
    const known = definition.subresources?.find(
      ({ name }) => name === subresource,
    );
    if (!known) {
      throw unknownPath();
    }
    mustBeOneOf(info.verb, known.verbs);
    switch (subresource) {
      case 'log':
        sendLog(
          this.#registry,
          addressOf(context),
          info.query,
          context.response,
        );
        return;
      case 'attach':
      case 'exec':
        this.#exec.handle(this.#registry.get(addressOf(context)), context);
        return;
      case 'token':
        await this.#token(context);
        return;
      case 'eviction':
        await this.#evict(context);
        return;
      case 'binding':
        await this.#bind(context);
        return;
      default:
        await this.#resources.handle(context);
    }
  }

  async #scale(context: ResourceContext): Promise<void> {
    const { info, request, response, format, definition } = context;
    const address = addressOf(context);
    const current = this.#registry.get(address);
    let changed = current;
    if (info.verb !== 'get') {
      const wanted =
        info.verb === 'update'
          ? await readObject(context)
          : await this.#patchedScale(context, scaleOf(current));
      const { resourceVersion, uid } = wanted.metadata;
      if (uid && uid !== current.metadata.uid) {
        throw conflict(
          { group: definition.group, plural: `${definition.plural}/scale` },
          address.name,
          `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`,
        );
      }
      if (
        resourceVersion &&
        resourceVersion !== current.metadata.resourceVersion
      ) {
        throw conflict(definition, address.name);
      }
      const replicas = wanted.spec?.replicas ?? 0;
      if (!Number.isInteger(replicas) || replicas < 0) {
        throw invalid({ group: 'autoscaling', kind: 'Scale' }, address.name, [
          cause.invalid(
            'spec.replicas',
            replicas,
            'must be greater than or equal to 0',
          ),
        ]);
      }
      changed = this.#registry.update(
        address,
        object => ({ ...object, spec: { ...object.spec, replicas } }),
        writeContextOf(context),
      );
    }
    if (!request.complete) {
      request.resume();
    }
    await sendObject(response, 200, scaleOf(changed), format);
  }

  async #patchedScale(
    context: ResourceContext,
    scale: KubeObject,
  ): Promise<KubeObject> {
    const type = mediaType(context.request);
    if (!PATCH_TYPES.includes(type)) {
      throw unsupportedPatchType();
    }
    const body = await readBody(context.request);
    return type === 'application/apply-patch+yaml'
      ? { ...scale, spec: parseYaml(body, 'Scale').spec }
      : applyPatch(type, context.definition, scale, body);
  }

  async #token(context: ResourceContext): Promise<void> {
    const { namespace, name, metadata } = {
      ...addressOf(context),
      ...this.#registry.get(addressOf(context)),
    };
    const body = await readObject(context);
    const audiences: string[] = body.spec?.audiences?.length
      ? body.spec.audiences
      : [SERVICE_ACCOUNT_ISSUER];
    const seconds = body.spec?.expirationSeconds ?? 3600;
    if (seconds < 600) {
      throw invalid(
        { group: 'authentication.k8s.io', kind: 'TokenRequest' },
        name,
        [
          cause.invalid(
            'spec.expirationSeconds',
            seconds,
            'may not specify a duration less than 10 minutes',
          ),
        ],
      );
    }
    const { token, expires } = await this.#tokens.issue(
      { namespace: namespace!, name, uid: metadata.uid! },
      audiences,
      seconds,
    );
    await sendObject(
      context.response,
      201,
      {
        kind: 'TokenRequest',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: { name, namespace, creationTimestamp: null },
        spec: { audiences, expirationSeconds: seconds },
        status: {
          token,
          expirationTimestamp: expires.toISOString().replace(/\.\d+Z/, 'Z'),
        },
      },
      context.format,
    );
  }

  async #evict(context: ResourceContext): Promise<void> {
    const { deleteOptions = {} } = await readObject(context);
    this.#registry.delete(addressOf(context), deleteOptions, {
      ...writeContextOf(context),
      dryRun: isDryRun(context, deleteOptions),
    });
    await sendObject(context.response, 201, success(201), context.format);
  }

  async #bind(context: ResourceContext): Promise<void> {
    const body: JsonObject = await readObject(context);
    const address = addressOf(context);
    const nodeName = body.target?.name;
    if (!nodeName) {
      throw badRequest('target.name: Required value');
    }
    const current = this.#registry.get(address);
    if (current.spec?.nodeName) {
      throw conflict(
        { group: '', plural: 'pods/binding' },
        address.name,
        `pod ${address.name} is already assigned to node ${JSON.stringify(
          current.spec.nodeName,
        )}`,
      );
    }
    this.#registry.bind(address, nodeName, writeContextOf(context));
    await sendObject(context.response, 201, success(201), context.format);
  }
}

function mustBeOneOf(verb: string, verbs: string[]): void {
  if (!verbs.includes(verb)) {
    throw methodNotAllowed();
  }
}

function success(code: number): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code,
  };
}

function scaleOf(object: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: object.spec?.replicas ? { replicas: object.spec.replicas } : {},
    status: {
      replicas: object.status?.replicas ?? 0,
      selector: Object.entries(object.spec?.selector?.matchLabels ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    },
  };
}
