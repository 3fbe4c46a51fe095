import { useState } from 'react';
import { Alert, ButtonLink, Flex, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { readsEverything, useAccess } from '../../../kit/hooks';
import { clusterRouteRef } from '../../../routes';
import {
  ActionButton,
  ConfirmDialog,
  useReadOnlyReason,
  useText,
} from '../../../kit';

/**
 * Warns that another cluster answers at the address. An admin confirms that the cluster was rebuilt, or corrects
 * the address.
 */
export function AnotherClusterAlert(props: {
  cluster: Cluster;
  foundUid: string;
  onConfirmed: () => Promise<void>;
}) {
  const { cluster, foundUid, onConfirmed } = props;
  const t = useText();
  const route = useRouteRef(clusterRouteRef);
  const { value: access } = useAccess();
  const readOnly = useReadOnlyReason();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Alert
        role="alert"
        status="danger"
        icon
        title={t('plan.rebuilt.title', { cluster: cluster.name })}
        description={t('plan.rebuilt.description', { uid: foundUid })}
        customActions={
          readsEverything(access) && (
            <Flex gap="2">
              <ActionButton
                variant="secondary"
                disabledReason={readOnly}
                onPress={() => setAsking(true)}
              >
                {t('plan.rebuilt.confirm')}
              </ActionButton>
              <ButtonLink
                variant="secondary"
                href={`${route({ name: cluster.name })}/settings`}
              >
                {t('plan.rebuilt.wrong')}
              </ButtonLink>
            </Flex>
          )
        }
      />
      {asking && (
        <RebuiltDialog
          cluster={cluster.name}
          foundUid={foundUid}
          onConfirmed={onConfirmed}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function RebuiltDialog(props: {
  cluster: string;
  foundUid: string;
  onConfirmed: () => Promise<void>;
  onClose: () => void;
}) {
  const { cluster, foundUid, onConfirmed, onClose } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();

  const confirm = async () => {
    setPending(true);
    setError(undefined);
    try {
      await api.confirmRebuilt(cluster, { kubeSystemUid: foundUid });
      await onConfirmed();
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };

  return (
    <ConfirmDialog
      title={t('plan.rebuilt.confirmTitle', { cluster })}
      action={t('plan.rebuilt.action')}
      isPending={pending}
      error={error}
      failed={t('plan.rebuilt.failed')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Text>{t('plan.rebuilt.consequence', { cluster })}</Text>
    </ConfirmDialog>
  );
}
