import { AdmissionPlugin, AdmissionRequest } from '../admission/Admission';
import { forbidden, notFound } from '../status';
import { RbacAuthorizer } from './RbacAuthorizer';
import { describeRule, PolicyRule, uncoveredRules } from './rules';

/**
 * Prevents users from granting rights that they do not have: writing a role requires its rules or the verb
 * `escalate`, writing a binding requires the role's rules or the verb `bind` on the role.
 */
export class EscalationCheck implements AdmissionPlugin {
  readonly #authorizer: RbacAuthorizer;

  constructor(authorizer: RbacAuthorizer) {
    this.#authorizer = authorizer;
  }

  admit(request: AdmissionRequest): void {
    const { definition, object, old, operation } = request;
    if (definition.group !== 'rbac.authorization.k8s.io' || !object) {
      return;
    }
    if (definition.kind.endsWith('Binding')) {
      this.#checkBinding(request);
      return;
    }
    const unchanged =
      operation === 'UPDATE' &&
      JSON.stringify(old?.rules) === JSON.stringify(object.rules) &&
      JSON.stringify(old?.aggregationRule) ===
        JSON.stringify(object.aggregationRule);
    if (unchanged || this.#may(request, 'escalate', definition.plural)) {
      return;
    }
    const wanted: PolicyRule[] = object.aggregationRule
      ? [
          { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
          { verbs: ['*'], nonResourceURLs: ['*'] },
        ]
      : object.rules ?? [];
    this.#mustHold(request, wanted);
  }

  #checkBinding(request: AdmissionRequest): void {
    const { object, old, namespace } = request;
    const roleRef = object!.roleRef ?? {};
    const unchanged =
      old !== undefined &&
      JSON.stringify(old.roleRef) === JSON.stringify(roleRef) &&
      JSON.stringify(old.subjects) === JSON.stringify(object!.subjects);
    const plural = roleRef.kind === 'ClusterRole' ? 'clusterroles' : 'roles';
    if (unchanged || this.#may(request, 'bind', plural, roleRef.name)) {
      return;
    }
    const rules = this.#authorizer.rulesOfRole(roleRef, namespace);
    if (!rules) {
      throw notFound(
        { group: 'rbac.authorization.k8s.io', plural },
        roleRef.name,
      );
    }
    this.#mustHold(request, rules);
  }

  #may(
    { user, namespace, name }: AdmissionRequest,
    verb: string,
    plural: string,
    role = name,
  ): boolean {
    return this.#authorizer.authorize({
      user,
      verb,
      resource: {
        group: 'rbac.authorization.k8s.io',
        version: 'v1',
        plural,
        namespace,
        name: role,
      },
    }).allowed;
  }

  #mustHold(request: AdmissionRequest, wanted: PolicyRule[]): void {
    const { user, namespace, definition, name } = request;
    const held = this.#authorizer.rulesFor(user, namespace);
    const missing = uncoveredRules(held, wanted);
    if (missing.length === 0) {
      return;
    }
    throw forbidden(
      definition,
      name,
      `user ${JSON.stringify(user.username)} (groups=[${user.groups
        .map(group => JSON.stringify(group))
        .join(
          ' ',
        )}]) is attempting to grant RBAC permissions not currently held:\n${missing
        .map(describeRule)
        .join('\n')}`,
    );
  }
}
