import { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_CLUSTER,
  RESOURCE_TYPE_NAMESPACE,
  writeDirectoryGroup,
} from '@berth/plugin-berth-common';
import { CatalogGroups } from './CatalogGroups';
import { ENTITY_RULE } from './entityRule';

/** The rule that decides what Berth shows, by the permission to read. */
const RULES = new Map([
  [
    'catalog.entity.read',
    {
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      rule: ENTITY_RULE,
    },
  ],
  [
    'berth.cluster.read',
    {
      pluginId: 'berth',
      resourceType: RESOURCE_TYPE_CLUSTER,
      rule: 'IS_VISIBLE_TO',
    },
  ],
  [
    'berth.namespace.read',
    {
      pluginId: 'berth',
      resourceType: RESOURCE_TYPE_NAMESPACE,
      rule: 'IS_VISIBLE_TO',
    },
  ],
]);

/**
 * The services with which `BerthVisibility` reads group memberships.
 *
 * @public
 */
export interface BerthVisibilityOptions {
  auth: AuthService;
  catalog: CatalogService;
}

/**
 * Decides who reads clusters and namespaces in the catalog and the search, as Berth does. Use it in the permission
 * policy of the portal.
 *
 * @example
 * ```ts
 * async handle(query: PolicyQuery, user?: PolicyQueryUser): Promise<PolicyDecision> {
 *   return (await this.visibility.decide(query, user)) ?? { result: AuthorizeResult.ALLOW };
 * }
 * ```
 *
 * @public
 */
export class BerthVisibility {
  readonly #readers: ReadonlySet<string>;
  readonly #auth: AuthService;
  readonly #groups: CatalogGroups;

  /**
   * @param config - the configuration of the portal; the people and groups in its `berth.admins` and
   *   `berth.auditors` see everything
   */
  static fromConfig(
    config: Config,
    options: BerthVisibilityOptions,
  ): BerthVisibility {
    return new BerthVisibility(config, options);
  }

  private constructor(config: Config, options: BerthVisibilityOptions) {
    const readers = ['berth.admins', 'berth.auditors'].flatMap(
      setting => config.getOptionalStringArray(setting) ?? [],
    );
    this.#readers = new Set(
      readers.map(ref =>
        stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'group' })),
      ),
    );
    this.#auth = options.auth;
    this.#groups = CatalogGroups.create(options);
  }

  /**
   * @returns undefined if the query is not about reading clusters, namespaces or entities
   * @throws any failure to read the person's groups, so that nothing is allowed
   */
  async decide(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision | undefined> {
    const by = RULES.get(permission.name);
    if (!by) {
      return undefined;
    }
    const groups =
      user && this.#auth.isPrincipal(user.credentials, 'user')
        ? await this.#groups.of(user.credentials.principal.userEntityRef)
        : [];
    if (groups.some(({ group }) => this.#readers.has(group))) {
      return { result: AuthorizeResult.ALLOW };
    }
    const { pluginId, resourceType, rule } = by;
    return {
      result: AuthorizeResult.CONDITIONAL,
      pluginId,
      resourceType,
      conditions: {
        resourceType,
        rule,
        params: { groups: groups.map(writeDirectoryGroup) },
      },
    };
  }
}
