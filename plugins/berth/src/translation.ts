import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { commonTexts } from './texts/common';
import { statesTexts } from './texts/states';
import { clustersTexts } from './texts/clusters';
import { doctorTexts } from './texts/doctor';
import { formTexts } from './texts/form';
import { activityTexts } from './texts/activity';
import { clusterTexts } from './texts/cluster';
import { accessTexts } from './texts/access';
import { onboardingTexts } from './texts/onboarding';
import { planTexts } from './texts/plan';
import { profileTexts } from './texts/profile';
import { setupTexts } from './texts/setup';
import { settingsTexts } from './texts/settings';
import { kubeconfigTexts } from './texts/kubeconfig';
import { namespacesTexts } from './texts/namespaces';
import { quotasTexts } from './texts/quotas';
import { entityTexts } from './texts/entity';
import { objectTexts } from './texts/object';
import { explainTexts } from './texts/explain';
import { requestsTexts } from './texts/requests';
import { logsTexts } from './texts/logs';
import { kubectlTexts } from './texts/kubectl';
import { templatesTexts } from './texts/templates';
import { terminalTexts } from './texts/terminal';
import { resourcesTexts } from './texts/resources';
import { helmTexts } from './texts/helm';
import { chartsTexts } from './texts/charts';

/**
 * Every text that Berth's pages show.
 *
 * @public
 */
export const berthTranslationRef = createTranslationRef({
  id: 'berth',
  messages: {
    plugin: { title: 'Kubernetes' },
    ...commonTexts,
    ...statesTexts,
    ...clustersTexts,
    ...formTexts,
    ...clusterTexts,
    ...doctorTexts,
    ...accessTexts,
    ...onboardingTexts,
    ...activityTexts,
    ...planTexts,
    ...profileTexts,
    ...setupTexts,
    ...settingsTexts,
    ...kubeconfigTexts,
    ...kubectlTexts,
    ...logsTexts,
    ...namespacesTexts,
    ...quotasTexts,
    ...objectTexts,
    ...explainTexts,
    ...requestsTexts,
    ...templatesTexts,
    ...terminalTexts,
    ...entityTexts,
    ...resourcesTexts,
    ...helmTexts,
    ...chartsTexts,
  },
});
