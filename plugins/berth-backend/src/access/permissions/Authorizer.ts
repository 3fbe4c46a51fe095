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
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  PermissionResourceRef,
} from '@backstage/plugin-permission-node';

/** What a policy says of all resources of a type at once. */
export interface Decision<Resource, Condition> {
  /** For queries; undefined where the policy allows every resource. */
  criteria?: PermissionCriteria<Condition>;
  /** Whether the policy allows no resource at all. */
  denied: boolean;
  /** For one resource that is at hand. */
  allows(resource: Resource): boolean;
}

export interface AuthorizerOptions {
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
}

/** Asks the portal's permission policy. Any failure to ask is thrown, so that nothing is allowed. */
export class Authorizer {
  readonly #options: AuthorizerOptions;

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /** @throws NotAllowedError naming the permission */
  async require(
    credentials: BackstageCredentials,
    permission: BasicPermission,
  ): Promise<void> {
    const [decision] = await this.#options.permissions.authorize(
      [{ permission }],
      { credentials },
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
    const [decision] = await permissions.authorizeConditional(
      [{ permission }],
      { credentials },
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
}

export function denied(permission: string): NotAllowedError {
  return new NotAllowedError(
    `The portal's permission policy does not allow you ${permission} here`,
  );
}
