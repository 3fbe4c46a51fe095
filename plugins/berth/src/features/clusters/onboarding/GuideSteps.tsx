import { Flex, Text } from '@backstage/ui';
import { OnboardingStep } from '@berth/plugin-berth-common';
import { CodeBlock, CopyButton, DownloadButton } from '../../../kit';
import styles from './onboarding.module.css';

const TEXT_HEIGHT = 380;

const MEDIA_TYPES: Record<OnboardingStep['language'], string> = {
  yaml: 'application/yaml',
  json: 'application/json',
  shell: 'text/x-shellscript',
  text: 'text/plain',
};

/** What to do on a cluster, each step with its reason and a text to copy or save. */
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
