import { Alert, Skeleton } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, ClusterProfile } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useAccess } from '../../../kit/hooks';
import { Polled, usePolled } from '../../../kit/query';
import { ProblemNotice, StaleAlert, useText } from '../../../kit';
import pageStyles from '../../../kit/page.module.css';
import { CapabilitiesSection } from './CapabilitiesSection';
import { KindSection } from './KindSection';
import { PreviewSection } from './PreviewSection';
import { RolloutSection } from './RolloutSection';
import styles from './profile.module.css';

const INTERVAL = 30_000;

/** Shows the profiles of a cluster, what the cluster can do with them, and what other profiles would change. */
export function ProfileTab({ cluster }: { cluster: Cluster }) {
  const { name } = cluster;
  const api = useApi(berthApiRef);
  const profile = usePolled({
    key: ['clusterProfile', name],
    load: () => api.getClusterProfile(name),
    every: INTERVAL,
  });
  if (profile.error && !profile.value) {
    return (
      <ProblemNotice
        error={profile.error}
        onRetry={profile.refresh}
        retrying={profile.refreshing}
      />
    );
  }
  return (
    <div className={pageStyles.tab}>
      <StaleAlert polled={profile} />
      {profile.value ? (
        <Profile profile={profile.value} polled={profile} />
      ) : (
        <Skeleton width="100%" height={200} />
      )}
    </div>
  );
}

function Profile(props: {
  profile: ClusterProfile;
  polled: Polled<ClusterProfile>;
}) {
  const { profile, polled } = props;
  const t = useText();
  const { value: access } = useAccess();
  const { cluster, failure } = profile;
  return (
    <>
      {failure && (
        <Alert
          role="status"
          status="warning"
          icon
          title={t('profile.capabilities.unread', {
            cluster,
            cause: failure.cause,
          })}
          description={failure.message}
        />
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          {profile.kinds.map(one => (
            <KindSection key={one.kind} cluster={cluster} kind={one} />
          ))}
        </div>
        <div className={styles.column}>
          <CapabilitiesSection
            capabilities={profile.capabilities}
            polled={polled}
          />
          <RolloutSection cluster={cluster} rollout={profile.rollout} />
        </div>
      </div>
      {access?.admin && <PreviewSection cluster={cluster} />}
    </>
  );
}
