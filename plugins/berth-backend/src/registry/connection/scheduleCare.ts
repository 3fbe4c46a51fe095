import { SchedulerService } from '@backstage/backend-plugin-api';
import { ClusterIdentity } from '../identity/ClusterIdentity';
import { CredentialKeeper, CredentialKeeperOptions } from './CredentialKeeper';

/** Renews credentials and pins clusters, on one replica at a time. */
export async function scheduleCare(
  scheduler: SchedulerService,
  options: CredentialKeeperOptions & { identity: ClusterIdentity },
): Promise<void> {
  const keeper = CredentialKeeper.create(options);
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
