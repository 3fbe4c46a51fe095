import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiAsCallerOptions } from './ApiAsCaller';
import { registerExplainAccess } from './explainAccess';
import { registerListMyNamespaces } from './listMyNamespaces';
import { registerRequestNamespace } from './requestNamespace';

/**
 * Offers the most frequent actions to other plugins, templates and assistants. Each action calls Berth's own API
 * as the person who invokes it. So one place decides, limits and audits access, and an action never has more
 * access than its caller.
 */
export function registerActions(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  registerListMyNamespaces(options);
  registerExplainAccess(options);
  registerRequestNamespace(options);
}
