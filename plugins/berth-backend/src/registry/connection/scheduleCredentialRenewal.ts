import { SchedulerService } from '@backstage/backend-plugin-api';
import { ClusterIdentity } from '../ClusterIdentity';
import {
  CredentialRenewer,
  CredentialRenewerOptions,
} from './CredentialRenewer';

export interface CredentialRenewalOptions extends CredentialRenewerOptions {
  identity: ClusterIdentity;
}

/** Renews credentials and pins clusters, on one replica at a time. */
export async function scheduleCredentialRenewal(
  scheduler: SchedulerService,
  options: CredentialRenewalOptions,
): Promise<void> {
  const keeper = CredentialRenewer.create(options);
  await scheduler.scheduleTask({
    id: 'berth-cluster-credentials',
    scope: 'global',
    frequency: { seconds: 30 },
    timeout: { minutes: 5 },
    fn: async () => {
      await keeper.renewDue();
      await options.identity.pinAll();
    },
  });
}
