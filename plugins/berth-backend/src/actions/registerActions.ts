import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiAsCallerOptions } from './ApiAsCaller';
import { registerExplainAccess } from './explainAccess';
import { registerListMyNamespaces } from './listMyNamespaces';
import { registerRequestNamespace } from './requestNamespace';

/**
 * Offers to other plugins, templates and assistants what people do most. Each action calls Berth's own API as
 * the person who invokes it, so that there is one place where it is decided, limited and audited who may do
 * what, and an action can never do more than its caller.
 */
export function registerActions(
  options: ApiAsCallerOptions & { actionsRegistry: ActionsRegistryService },
): void {
  registerListMyNamespaces(options);
  registerExplainAccess(options);
  registerRequestNamespace(options);
}
