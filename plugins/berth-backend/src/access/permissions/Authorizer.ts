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
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_CLUSTER } from '@berth/plugin-berth-common';
import { ClusterCondition } from '../../registry/types';
import { ClusterResource, clusterResourceRef } from './clusterRules';

/** What a policy says of all clusters at once. */
export interface ClusterDecision {
  /** For queries; undefined where the policy allows every cluster. */
  criteria?: PermissionCriteria<ClusterCondition>;
  /** Whether the policy allows no cluster at all. */
  denied: boolean;
  /** For one cluster that is at hand. */
  allows(resource: ClusterResource): boolean;
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

  async decide(
    credentials: BackstageCredentials,
    permission: ResourcePermission<typeof RESOURCE_TYPE_CLUSTER>,
  ): Promise<ClusterDecision> {
    const { permissions, permissionsRegistry } = this.#options;
    const [decision] = await permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    const ruleset =
      permissionsRegistry.getPermissionRuleset(clusterResourceRef);
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
