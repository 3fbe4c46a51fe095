import {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  PermissionCriteria,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  PermissionResourceRef,
} from '@backstage/plugin-permission-node';

/** The decision of a policy about all resources of a type. */
export interface Decision<Resource, Condition> {
  /** A filter for queries. Undefined if the policy is not conditional. */
  criteria?: PermissionCriteria<Condition>;
  /** Whether the policy allows no resource at all. */
  denied: boolean;
  /** Returns whether the policy allows one loaded resource. */
  allows(resource: Resource): boolean;
}

export interface AuthorizerOptions {
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
}

/**
 * Asks the portal's permission policy, once per permission and request: a decision belongs to the credentials,
 * which every request has for itself, and ends with them. Any failure to ask is thrown, so that nothing is
 * allowed.
 */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  readonly #decided = new WeakMap<
    BackstageCredentials,
    Map<string, Promise<PolicyDecision>>
  >();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /** @throws NotAllowedError naming the permission */
  async require(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const decision = await this.#once(credentials, permission.name, () =>
      this.#options.permissions.authorize([{ permission }], { credentials }),
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw denied(permission.name);
    }
  }

  async decide<Resource, Condition, Type extends string>(
    credentials: BackstageCredentials,
    permission: ResourcePermission<Type>,
    resourceRef: PermissionResourceRef<Resource, Condition, Type>,
  ): Promise<Decision<Resource, Condition>> {
    const { permissions, permissionsRegistry } = this.#options;
    const decision = await this.#once(credentials, permission.name, () =>
      permissions.authorizeConditional([{ permission }], { credentials }),
    );
    const ruleset = permissionsRegistry.getPermissionRuleset(resourceRef);
    const isAuthorized = createConditionAuthorizer(ruleset);
    return {
      criteria:
        decision.result === AuthorizeResult.CONDITIONAL
          ? createConditionTransformer(ruleset)(decision.conditions)
          : undefined,
      denied: decision.result === AuthorizeResult.DENY,
      allows: resource => isAuthorized(decision, resource),
    };
  }

  #once(
    credentials: BackstageCredentials,
    permission: string,
    ask: () => Promise<PolicyDecision[]>,
  ): Promise<PolicyDecision> {
    const decided = this.#decided.get(credentials) ?? new Map();
    this.#decided.set(credentials, decided);
    const decision = decided.get(permission) ?? ask().then(([first]) => first);
    decided.set(permission, decision);
    return decision;
  }
}

export function denied(permission: string): NotAllowedError {
  return new NotAllowedError(
    `The portal's permission policy does not allow you ${permission} here`,
  );
}
