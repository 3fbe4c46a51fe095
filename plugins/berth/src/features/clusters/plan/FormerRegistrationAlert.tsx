import { useState } from 'react';
import { Alert, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { FormerRegistration } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  ConfirmDialog,
  Moment,
  useReadOnlyReason,
  useText,
} from '../../../kit';

/** Lists namespaces of a deleted registration of the same cluster, with a button to take them over. */
export function FormerRegistrationAlert(props: {
  cluster: string;
  former: FormerRegistration;
  onTakenOver: () => Promise<void>;
}) {
  const { cluster, former, onTakenOver } = props;
  const { name, deletedAt, namespaces } = former;
  const t = useText();
  const readOnly = useReadOnlyReason();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Alert
        role="status"
        status="info"
        icon
        title={t('plan.former.title', { count: namespaces.length, name })}
        description={t('plan.former.description', {
          deleted: <Moment at={deletedAt} />,
        })}
        customActions={
          <ActionButton
            variant="secondary"
            disabledReason={readOnly}
            onPress={() => setAsking(true)}
          >
            {t('plan.former.action')}
          </ActionButton>
        }
      />
      {asking && (
        <TakeOverDialog
          cluster={cluster}
          former={former}
          onTakenOver={onTakenOver}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function TakeOverDialog(props: {
  cluster: string;
  former: FormerRegistration;
  onTakenOver: () => Promise<void>;
  onClose: () => void;
}) {
  const { cluster, former, onTakenOver, onClose } = props;
  const { id: formerId, namespaces } = former;
  const t = useText();
  const api = useApi(berthApiRef);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();

  const takeOver = async () => {
    setPending(true);
    setError(undefined);
    try {
      await api.takeOver(cluster, { formerId });
      await onTakenOver();
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };

  return (
    <ConfirmDialog
      title={t('plan.former.confirmTitle', { count: namespaces.length })}
      action={t('plan.former.confirm')}
      isPending={pending}
      error={error}
      failed={t('plan.former.failed')}
      onConfirm={takeOver}
      onClose={onClose}
    >
      <Text>{t('plan.former.consequence')}</Text>
      <Text color="secondary">
        {t('plan.former.namespaces', { names: namespaces.join(', ') })}
      </Text>
    </ConfirmDialog>
  );
}
