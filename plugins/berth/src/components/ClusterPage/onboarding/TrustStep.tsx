import { Flex, Text } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import {
  CodeBlock,
  CopyButton,
  Loaded,
  Step,
  StepState,
  useText,
} from '../../common';
import { apiServerFlags } from './flags';
import { useIssuer } from './useIssuer';

/** What makes the API server accept the portal's tokens. */
export function TrustStep(props: { cluster: Cluster; state: StepState }) {
  const { cluster, state } = props;
  const t = useText();
  const issuer = useIssuer();
  const flags = issuer.value && apiServerFlags(issuer.value, cluster);
  return (
    <Step
      number={2}
      state={state}
      title={t('onboarding.trust.title')}
      actions={flags && <CopyButton text={flags} />}
    >
      <Flex direction="column" gap="3">
        <Text>{t('onboarding.trust.description')}</Text>
        <Loaded
          polled={issuer}
          title={t('onboarding.trust.failed')}
          render={() => (
            <CodeBlock text={flags ?? ''} label={t('onboarding.trust.title')} />
          )}
        />
        <Text variant="body-small" color="secondary">
          {t('onboarding.trust.hint')}
        </Text>
      </Flex>
    </Step>
  );
}
