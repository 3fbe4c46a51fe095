import { Alert, ButtonLink } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { Cluster, OnboardingGuide } from '@berth/plugin-berth-common';
import { clusterRouteRef } from '../../../routes';
import { useText } from '../../../kit';
import styles from './onboarding.module.css';

/** What to know before the steps of a guide, with a way to change the connection where the guide needs another one. */
export function GuideNotes(props: {
  cluster: Pick<Cluster, 'name' | 'connection'>;
  guide: OnboardingGuide;
}) {
  const { cluster, guide } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const fits =
    guide.connection === undefined || guide.connection === cluster.connection;
  if (fits && guide.notes.length === 0) {
    return null;
  }
  return (
    <Alert
      status={fits ? 'info' : 'warning'}
      icon
      title={
        fits
          ? t('onboarding.notes', { distribution: guide.title })
          : t('onboarding.otherConnection.title', {
              distribution: guide.title,
            })
      }
      description={
        <ul className={styles.notes}>
          {!fits && guide.connection === 'oidc' && (
            <li>{t('onboarding.otherConnection.oidc')}</li>
          )}
          {guide.notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      }
      customActions={
        !fits && (
          <ButtonLink
            variant="secondary"
            href={`${route({ name: cluster.name })}/settings`}
          >
            {t('onboarding.otherConnection.change')}
          </ButtonLink>
        )
      }
    />
  );
}
