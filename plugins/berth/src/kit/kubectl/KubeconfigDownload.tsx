import { useState } from 'react';
import { Button, Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { KubeconfigQuery } from '@berth/plugin-berth-common';
import { RiDownloadLine } from '@remixicon/react';
import { berthApiRef } from '../../api';
import { saveFile } from '../CopyButton';
import { kubeconfigFileName } from '../kubeconfig/fileName';
import { ProblemAlert } from '../notices';
import { useText } from '../useText';

/** Saves a kubeconfig without a secret. */
export function KubeconfigDownload({ query }: { query?: KubeconfigQuery }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const [state, setState] = useState<{ loading: boolean; error?: unknown }>({
    loading: false,
  });

  const download = async () => {
    setState({ loading: true });
    try {
      const text = await api.getKubeconfig(query);
      saveFile(
        new Blob([text], { type: 'application/yaml' }),
        kubeconfigFileName(query?.cluster ?? 'berth', new Date()),
      );
      setState({ loading: false });
    } catch (error) {
      setState({ loading: false, error });
    }
  };

  return (
    <Flex direction="column" gap="2" align="start">
      <Button
        variant="secondary"
        iconStart={<RiDownloadLine />}
        onPress={download}
        isPending={state.loading}
      >
        {t('kubectl.file.download')}
      </Button>
      {state.error !== undefined && (
        <ProblemAlert error={state.error} title={t('kubectl.file.failed')} />
      )}
    </Flex>
  );
}
