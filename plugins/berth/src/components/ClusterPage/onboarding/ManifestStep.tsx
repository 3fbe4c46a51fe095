import { useCallback } from 'react';
import { Flex, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { usePolling } from '../../../hooks';
import {
  CodeBlock,
  CopyButton,
  DownloadButton,
  Loaded,
  Step,
  StepState,
  useText,
} from '../../common';

const MANIFEST_HEIGHT = 420;

/** What gives the portal the few rights that it needs. */
export function ManifestStep(props: { cluster: Cluster; state: StepState }) {
  const { cluster, state } = props;
  const { name } = cluster;
  const t = useText();
  const api = useApi(berthApiRef);
  const load = useCallback(() => api.getOnboardingManifest(name), [api, name]);
  const manifest = usePolling(load, () => undefined);
  const fileName = `berth-${name}.yaml`;
  return (
    <Step
      number={3}
      state={state}
      title={t('onboarding.manifest.title')}
      actions={
        manifest.value && (
          <Flex gap="2">
            <DownloadButton text={manifest.value} fileName={fileName} />
            <CopyButton text={manifest.value} />
          </Flex>
        )
      }
    >
      <Flex direction="column" gap="3">
        <Text>{t('onboarding.manifest.description')}</Text>
        <CodeBlock
          text={`kubectl apply -f ${fileName}`}
          label={t('onboarding.manifest.command')}
        />
        <Loaded
          polled={manifest}
          title={t('onboarding.manifest.failed')}
          render={text => (
            <CodeBlock
              text={text}
              label={fileName}
              maxHeight={MANIFEST_HEIGHT}
            />
          )}
        />
      </Flex>
    </Step>
  );
}
