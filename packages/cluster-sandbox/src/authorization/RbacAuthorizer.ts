import { resourceKey } from '../resources/ResourceDefinition';
import * as rbac from '../resources/rbac';
import { Store } from '../storage/Store';
import { JsonObject, KubeObject, UserInfo } from '../types';
import { Attributes, PolicyRule, ruleAllows, subjectMatches } from './rules';

export interface Decision {
  allowed: boolean;
  reason: string;
}

interface Grant {
  rules: PolicyRule[];
  reason: string;
}

const MAX_CACHED = 5_000;

/**
 * Authorizes requests by the Roles and bindings in the store, like Kubernetes' RBAC authorizer. A user's rules are
 * cached until any RBAC object changes.
 */
export class RbacAuthorizer {
  readonly #store: Store;
  readonly #cache = new Map<string, { grants: Grant[]; missing: string[] }>();

  constructor(store: Store) {
    this.#store = store;
    for (const definition of Object.values(rbac)) {
      store
        .collection(resourceKey(definition))
        .subscribe(() => this.#cache.clear());
    }
  }

  authorize(attributes: Attributes): Decision {
    const { user, resource } = attributes;
    if (user.groups.includes('system:masters')) {
      return { allowed: true, reason: '' };
    }
    const missing: string[] = [];
    const scopes = resource?.namespace
      ? [undefined, resource.namespace]
      : [undefined];
    for (const namespace of scopes) {
      const held = this.#held(user, namespace);
      for (const grant of held.grants) {
        if (grant.rules.some(rule => ruleAllows(rule, attributes))) {
          return { allowed: true, reason: grant.reason };
        }
      }
      missing.push(...held.missing);
    }
    return {
      allowed: false,
      reason: missing.length ? `RBAC: ${joinErrors(missing)}` : '',
    };
  }

  /** Returns all rules of a user in a namespace, or cluster-wide without one. */
  rulesFor(user: UserInfo, namespace?: string): PolicyRule[] {
    if (user.groups.includes('system:masters')) {
      return [
        { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
        { verbs: ['*'], nonResourceURLs: ['*'] },
      ];
    }
    const scopes = namespace ? [undefined, namespace] : [undefined];
    return scopes.flatMap(scope =>
      this.#held(user, scope).grants.flatMap(grant => grant.rules),
    );
  }

  /** Returns the rules of a binding's role; undefined if the role does not exist. */
  rulesOfRole(
    roleRef: JsonObject,
    namespace: string | undefined,
  ): PolicyRule[] | undefined {
    const role =
      roleRef.kind === 'ClusterRole'
        ? this.#store
            .collection(resourceKey(rbac.clusterRoles))
            .get(roleRef.name)
        : this.#store
            .collection(resourceKey(rbac.roles))
            .get(`${namespace}/${roleRef.name}`);
    return role ? role.rules ?? [] : undefined;
  }

  #held(user: UserInfo, namespace: string | undefined) {
    const key = JSON.stringify([namespace, user.username, user.groups]);
    let held = this.#cache.get(key);
    if (!held) {
      held = this.#resolve(user, namespace);
      if (this.#cache.size >= MAX_CACHED) {
        this.#cache.clear();
      }
      this.#cache.set(key, held);
    }
    return held;
  }

  #resolve(user: UserInfo, namespace: string | undefined) {
    const definition = namespace ? rbac.roleBindings : rbac.clusterRoleBindings;
    const bindings = this.#store
      .collection(resourceKey(definition))
      .values(namespace ? `${namespace}/` : '');
    const grants: Grant[] = [];
    const missing: string[] = [];
    for (const binding of bindings) {
      const subject = (binding.subjects ?? []).find((entry: JsonObject) =>
        subjectMatches(entry, user, namespace),
      );
      if (!subject) {
        continue;
      }
      const rules = this.rulesOfRole(binding.roleRef, namespace);
      if (rules) {
        grants.push({ rules, reason: allowedBy(binding, subject) });
      } else {
        missing.push(
          `${binding.roleRef.kind.toLowerCase()}.rbac.authorization.k8s.io ${JSON.stringify(
            binding.roleRef.name,
          )} not found`,
        );
      }
    }
    return { grants, missing };
  }
}

function allowedBy(binding: KubeObject, subject: JsonObject): string {
  const { name, namespace } = binding.metadata;
  const bindingName = namespace ? `${name}/${namespace}` : name;
  const subjectName =
    subject.kind === 'ServiceAccount'
      ? `${subject.name}/${subject.namespace}`
      : subject.name;
  return `RBAC: allowed by ${binding.kind} ${JSON.stringify(bindingName)} of ${
    binding.roleRef.kind
  } ${JSON.stringify(binding.roleRef.name)} to ${subject.kind} ${JSON.stringify(
    subjectName,
  )}`;
}

function joinErrors(errors: string[]): string {
  const unique = [...new Set(errors)];
  return unique.length === 1 ? unique[0] : `[${unique.join(', ')}]`;
}
