import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiAsCallerOptions } from './ApiAsCaller';
import { registerCreatePersonalNamespace } from './createPersonalNamespace';
import { registerExplainAccess } from './explainAccess';
import { registerListCharts } from './listCharts';
import { registerListChartVersions } from './listChartVersions';
import { registerListHelmReleases } from './listHelmReleases';
import { registerListMyNamespaces } from './listMyNamespaces';
import { registerPreviewHelmChange } from './previewHelmChange';
import { registerRequestNamespace } from './requestNamespace';

/**
 * Offers the most frequent actions to other plugins, templates and assistants. Each action calls Berth's own API
 * as the person who invokes it. So one place decides, limits and audits access, and an action never has more
 * access than its caller. No action changes a release: a person looks at the preview first.
 */
export function registerActions(
  options: ApiAsCallerOptions & {
    actionsRegistry: ActionsRegistryService;
    /** Whether the portal shows Helm releases. */
    helm: boolean;
  },
): void {
  registerListMyNamespaces(options);
  registerExplainAccess(options);
  registerRequestNamespace(options);
  registerCreatePersonalNamespace(options);
  if (options.helm) {
    registerListHelmReleases(options);
    registerListCharts(options);
    registerListChartVersions(options);
    registerPreviewHelmChange(options);
  }
}
