import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { HelmOperation, isHelmOperationLive } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  ProblemAlert,
  useAbilities,
  useText,
} from '../../../kit';
import { useAccess } from '../../../kit/hooks';

/** While Berth reads the release, nobody can end the operation. */
export function canBeEnded({ state, waiting }: HelmOperation): boolean {
  return (
    waiting === true || (state !== 'Observing' && isHelmOperationLive(state))
  );
}

/** Cancels an operation, or ends its wait for objects. Disabled with the reason for people who may not. */
export function CancelButton(props: {
  operation: HelmOperation;
  onCancelled: () => Promise<void>;
}) {
  const { operation, onCancelled } = props;
  const isWaiting = operation.waiting === true;
  const t = useText();
  const api = useApi(berthApiRef);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const disabledReason = useReasonAgainst(operation);
  const cancel = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      await api.cancelHelmOperation(operation.id);
    } catch (error) {
      setFailure(error);
    }
    await onCancelled();
    setPending(false);
  };
  return (
    <>
      <ActionButton
        variant="secondary"
        destructive={!isWaiting}
        isPending={isPending}
        disabledReason={disabledReason}
        onPress={cancel}
      >
        {t(isWaiting ? 'helm.operation.stopWaiting' : 'helm.operation.cancel')}
      </ActionButton>
      {failure !== undefined && (
        <ProblemAlert
          error={failure}
          title={t('helm.operation.cancelFailed')}
        />
      )}
    </>
  );
}

/**
 * Returns why the person cannot end an operation. The person who started it and platform admins can. A wait can be ended by
 * everyone who can change the release, because that ends it, too.
 */
function useReasonAgainst(operation: HelmOperation): string | undefined {
  const { cluster, namespace, cancelling, mine, waiting } = operation;
  const t = useText();
  const { value: access } = useAccess();
  const can = useAbilities(cluster, namespace);
  if (cancelling) {
    return t('helm.operation.cancelling');
  }
  if (mine || access?.admin) {
    return undefined;
  }
  return waiting
    ? can('update', { group: 'core', plural: 'secrets' }).reason
    : t('helm.operation.onlyStarter');
}
