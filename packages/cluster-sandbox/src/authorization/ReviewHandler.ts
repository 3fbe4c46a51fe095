import { RequestContext } from '../server/RequestContext';
import { mediaType, parseObject, readBody } from '../server/body';
import { sendObject } from '../server/respond';
import { REVIEWS } from '../resources';
import { badRequest, cause, invalid, methodNotAllowed } from '../status';
import { JsonObject, UserInfo } from '../types';
import { RbacAuthorizer } from './RbacAuthorizer';
import { Attributes } from './rules';

/** Answers the self and access reviews: "who am I", "may I", "may they" and "what may I". */
export class ReviewHandler {
  readonly #authorizer: RbacAuthorizer;
  readonly #authenticate: (token: string) => Promise<UserInfo | undefined>;

  constructor(
    authorizer: RbacAuthorizer,
    authenticate: (token: string) => Promise<UserInfo | undefined>,
  ) {
    this.#authorizer = authorizer;
    this.#authenticate = authenticate;
  }

  async handle(context: RequestContext): Promise<void> {
    const { info, request, response, format, user } = context;
    if (info.verb !== 'create') {
      throw methodNotAllowed();
    }
    const body =
      parseObject(
        await readBody(request),
        mediaType(request),
        info.resource!.plural,
      ) ?? {};
    const spec: JsonObject = body.spec ?? {};
    const answer = async () => {
      switch (info.resource!.plural) {
        case 'selfsubjectreviews':
          return { userInfo: userInfoOf(user) };
        case 'selfsubjectaccessreviews':
          return this.#access(user, spec);
        case 'selfsubjectrulesreviews':
          return this.#rules(user, spec.namespace);
        case 'tokenreviews':
          return this.#token(spec);
        case 'localsubjectaccessreviews':
          if (spec.resourceAttributes?.namespace !== info.resource!.namespace) {
            throw badRequest(
              `spec.resourceAttributes.namespace must match namespace: ${
                info.resource!.namespace
              }`,
            );
          }
          return this.#access(subjectOf(spec), spec);
        default:
          return this.#access(subjectOf(spec), spec);
      }
    };
    const status = await answer();
    const { group, version } = info.resource!;
    await sendObject(
      response,
      201,
      {
        kind: REVIEWS.find(entry => entry.plural === info.resource!.plural)!
          .kind,
        ...body,
        apiVersion: `${group}/${version}`,
        metadata: { creationTimestamp: null, ...body.metadata },
        ...(info.resource!.plural !== 'selfsubjectreviews' && { spec }),
        status,
      },
      format,
    );
  }

  #access(user: UserInfo, spec: JsonObject): JsonObject {
    const decision = this.#authorizer.authorize(attributesOf(user, spec));
    return {
      allowed: decision.allowed,
      ...(decision.reason && { reason: decision.reason }),
    };
  }

  #rules(user: UserInfo, namespace: string | undefined): JsonObject {
    if (!namespace) {
      throw badRequest('no namespace on request');
    }
    const rules = this.#authorizer.rulesFor(user, namespace);
    return {
      resourceRules: rules
        .filter(rule => rule.resources?.length)
        .map(({ verbs, apiGroups, resources, resourceNames }) => ({
          verbs,
          apiGroups,
          resources,
          ...(resourceNames && { resourceNames }),
        })),
      nonResourceRules: rules
        .filter(rule => rule.nonResourceURLs?.length)
        .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
      incomplete: false,
    };
  }

  async #token(spec: JsonObject): Promise<JsonObject> {
    const user = await this.#authenticate(`${spec.token ?? ''}`);
    return user
      ? { authenticated: true, user: userInfoOf(user) }
      : { user: {}, error: 'the token is not valid' };
  }
}

function userInfoOf({ username, uid, groups, extra }: UserInfo): JsonObject {
  return { username, ...(uid && { uid }), groups, ...(extra && { extra }) };
}

function subjectOf(spec: JsonObject): UserInfo {
  if (!spec.user && !spec.groups?.length) {
    throw invalid({ group: 'authorization.k8s.io', kind: '' }, '', [
      cause.invalid(
        'spec.user',
        '',
        'at least one of user or group must be specified',
      ),
    ]);
  }
  return { username: spec.user ?? '', groups: spec.groups ?? [] };
}

function attributesOf(user: UserInfo, spec: JsonObject): Attributes {
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (!resourceAttributes === !nonResourceAttributes) {
    throw invalid({ group: 'authorization.k8s.io', kind: '' }, '', [
      cause.invalid(
        'spec.resourceAttributes',
        'null',
        'exactly one of nonResourceAttributes or resourceAttributes must be specified',
      ),
    ]);
  }
  if (nonResourceAttributes) {
    return {
      user,
      verb: nonResourceAttributes.verb ?? '',
      path: nonResourceAttributes.path ?? '',
    };
  }
  return {
    user,
    verb: resourceAttributes.verb ?? '',
    resource: {
      group: resourceAttributes.group ?? '',
      version: resourceAttributes.version,
      plural: resourceAttributes.resource ?? '',
      subresource: resourceAttributes.subresource || undefined,
      namespace: resourceAttributes.namespace || undefined,
      name: resourceAttributes.name || undefined,
    },
  };
}
