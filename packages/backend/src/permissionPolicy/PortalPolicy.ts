import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { BerthVisibility } from '@berth/plugin-catalog-backend-module-berth';

/**
 * Allows everything that the plugins allow, except that the catalog and the search show people only the
 * clusters and namespaces that they see in Berth.
 */
export class PortalPolicy implements PermissionPolicy {
  readonly #visibility: Pick<BerthVisibility, 'decide'>;

  constructor(visibility: Pick<BerthVisibility, 'decide'>) {
    this.#visibility = visibility;
  }

  async handle(
    query: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    return (
      (await this.#visibility.decide(query, user)) ?? {
        result: AuthorizeResult.ALLOW,
      }
    );
  }
}
