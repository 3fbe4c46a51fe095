import { Text } from '@backstage/ui';
import { ClusterProfile } from '@berth/plugin-berth-common';
import { Moment, Section, useText } from '../../../kit';

/** Shows which cluster gets higher levels of Pod Security now. */
export function RolloutSection(props: {
  cluster: string;
  rollout: ClusterProfile['rollout'];
}) {
  const { cluster, rollout } = props;
  const t = useText();
  return (
    <Section title={t('profile.rollout.title')}>
      {rollout ? (
        <>
          <Text as="p">
            {rollout.cluster === cluster
              ? t('profile.rollout.here')
              : t('profile.rollout.there', { cluster: rollout.cluster })}
          </Text>
          <Text as="p" variant="body-small" color="secondary">
            {t('profile.rollout.since', { at: <Moment at={rollout.since} /> })}
          </Text>
        </>
      ) : (
        <Text color="secondary">{t('profile.rollout.none')}</Text>
      )}
    </Section>
  );
}
