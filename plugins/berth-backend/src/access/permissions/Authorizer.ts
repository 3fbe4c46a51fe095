import {
  BackstageCredentials,
  BackstageUserPrincipal,
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

/** Answers of the policy that were recorded at an earlier time, by the name of the permission. */
export type RecordedDecisions = ReadonlyMap<string, PolicyDecision>;

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
  readonly #recorded = new WeakMap<BackstageCredentials, RecordedDecisions>();

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
    const decision = await this.ask(credentials, permission);
    const ruleset =
      this.#options.permissionsRegistry.getPermissionRuleset(resourceRef);
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

  /** Returns the policy's answer about all resources of a type, as it can be recorded. */
  ask(
    credentials: BackstageCredentials,
    permission: ResourcePermission,
  ): Promise<PolicyDecision> {
    return this.#once(credentials, permission.name, () =>
      this.#options.permissions.authorizeConditional([{ permission }], {
        credentials,
      }),
    );
  }

  /**
   * Returns credentials of a person who is absent. For them, the recorded answers stand in for the policy, which
   * cannot be asked about an absent person, and every other permission is denied. No service accepts these
   * credentials.
   */
  recordedCredentials(
    userEntityRef: string,
    decisions: RecordedDecisions,
  ): BackstageCredentials<BackstageUserPrincipal> {
    const credentials: BackstageCredentials<BackstageUserPrincipal> = {
      $$type: '@backstage/BackstageCredentials',
      principal: { type: 'user', userEntityRef },
    };
    this.#recorded.set(credentials, decisions);
    return credentials;
  }

  /** Asks about several permissions in one call. `decide` and `ask` use the answers. */
  prepare(
    credentials: BackstageCredentials,
    permissions: ResourcePermission[],
  ): void {
    if (this.#recorded.has(credentials)) {
      return;
    }
    const decided = this.#decidedFor(credentials);
    const asked = permissions.filter(({ name }) => !decided.has(name));
    if (asked.length > 0) {
      const answers = this.#options.permissions.authorizeConditional(
        asked.map(permission => ({ permission })),
        { credentials },
      );
      asked.forEach(({ name }, index) => {
        const decision = answers.then(all => all[index]);
        // `decide` throws the error, and may not be called.
        decision.catch(() => {});
        decided.set(name, decision);
      });
    }
  }

  #decidedFor(
    credentials: BackstageCredentials,
  ): Map<string, Promise<PolicyDecision>> {
    const decided = this.#decided.get(credentials) ?? new Map();
    this.#decided.set(credentials, decided);
    return decided;
  }

  async #once(
    credentials: BackstageCredentials,
    permission: string,
    ask: () => Promise<PolicyDecision[]>,
  ): Promise<PolicyDecision> {
    const recorded = this.#recorded.get(credentials);
    if (recorded) {
      return recorded.get(permission) ?? { result: AuthorizeResult.DENY };
    }
    const decided = this.#decidedFor(credentials);
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
