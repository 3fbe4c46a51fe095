import { Flex, Text, Alert, ButtonLink } from '@backstage/ui';
import {
  OnboardingStep,
  Cluster,
  OnboardingGuide,
} from '@berth/plugin-berth-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { CodeBlock, CopyButton, DownloadButton, useText } from '../../../kit';
import styles from './onboarding.module.css';
import { clusterRouteRef } from '../../../routes';

const TEXT_HEIGHT = 380;

const MEDIA_TYPES: Record<OnboardingStep['language'], string> = {
  yaml: 'application/yaml',
  json: 'application/json',
  shell: 'text/x-shellscript',
  text: 'text/plain',
};

/** Lists the steps of a guide, each with its reason and a text to copy or save. */
export function GuideSteps({ steps }: { steps: OnboardingStep[] }) {
  return (
    <ol className={styles.guide}>
      {steps.map(step => (
        <li key={step.title} className={styles.guideStep}>
          <GuideStep step={step} />
        </li>
      ))}
    </ol>
  );
}

function GuideStep({ step }: { step: OnboardingStep }) {
  const { title, why, filename, language, text } = step;
  return (
    <Flex direction="column" gap="2">
      <div className={styles.guideHead}>
        <div className={styles.guideTitles}>
          <Text as="h4" variant="body-medium" weight="bold">
            {title}
          </Text>
          <Text as="p" variant="body-small" color="secondary">
            {why}
          </Text>
        </div>
        <Flex gap="2">
          {filename && (
            <DownloadButton
              text={text}
              fileName={filename}
              mediaType={MEDIA_TYPES[language]}
            />
          )}
          <CopyButton text={text} />
        </Flex>
      </div>
      <CodeBlock
        text={text}
        label={filename ?? title}
        maxHeight={TEXT_HEIGHT}
      />
    </Flex>
  );
}

/** Shows the notes of a guide, with a link to change the connection if the guide needs another one. */
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

/**
 * Returns the steps of a guide, by the step of the page that shows them. A service account exists only after the
 * manifest is applied, so a guide that uses one is shown in one piece.
 */
export function guideParts({
  connection,
  steps,
}: Pick<OnboardingGuide, 'connection' | 'steps'>): {
  trust: OnboardingStep[];
  manifest: OnboardingStep[];
} {
  return connection === 'serviceAccount'
    ? { trust: steps, manifest: [] }
    : {
        trust: steps.filter(({ part }) => part !== 'manifest'),
        manifest: steps.filter(({ part }) => part === 'manifest'),
      };
}
