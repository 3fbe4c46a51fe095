import { useState } from 'react';
import { Alert, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { HeldDeletions } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  ConfirmDialog,
  Moment,
  useMomentText,
  useReadOnlyReason,
  useText,
} from '../../../kit';

/** Lists deletions that look like a mistake: why and until when they wait, with a button to confirm them. */
export function HeldDeletionsAlert(props: {
  cluster: string;
  held: HeldDeletions;
  /** Whether the objects are left from before a restore. */
  leftovers?: boolean;
  onConfirmed: () => Promise<void>;
}) {
  const { cluster, held, leftovers = false, onConfirmed } = props;
  const t = useText();
  const readOnly = useReadOnlyReason();
  const [asking, setAsking] = useState(false);
  const { relative } = useMomentText(held.until);
  return (
    <>
      <Alert
        role="alert"
        status="warning"
        icon
        title={t('plan.held.title', {
          count: held.deletions,
          of: String(held.of),
        })}
        description={
          <>
            <div>
              {t(leftovers ? 'plan.held.whyLeftovers' : 'plan.held.why')}
            </div>
            <div>
              {t('plan.held.times', {
                since: <Moment at={held.since} />,
                until: <Moment at={held.until} />,
              })}
            </div>
          </>
        }
        customActions={
          <ActionButton
            variant="secondary"
            destructive
            disabledReason={readOnly}
            onPress={() => setAsking(true)}
          >
            {t('plan.held.action')}
          </ActionButton>
        }
      />
      {asking && (
        <ConfirmHeldDialog
          cluster={cluster}
          held={held}
          until={relative}
          onConfirmed={onConfirmed}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function ConfirmHeldDialog(props: {
  cluster: string;
  held: HeldDeletions;
  until: string;
  onConfirmed: () => Promise<void>;
  onClose: () => void;
}) {
  const { cluster, held, until, onConfirmed, onClose } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const [confirming, setConfirming] = useState(false);
  const [error, setError] = useState<unknown>();

  const confirm = async () => {
    setConfirming(true);
    setError(undefined);
    try {
      await api.confirmPlan(cluster, { held: held.id });
      await onConfirmed();
      onClose();
    } catch (failure) {
      setError(failure);
      setConfirming(false);
    }
  };

  return (
    <ConfirmDialog
      title={t('plan.held.confirmTitle', { count: held.deletions })}
      action={t('plan.held.confirm')}
      isPending={confirming}
      error={error}
      failed={t('plan.held.failed')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Text>{t('plan.held.consequence')}</Text>
      <Text color="secondary">{t('plan.held.otherwise', { until })}</Text>
    </ConfirmDialog>
  );
}
