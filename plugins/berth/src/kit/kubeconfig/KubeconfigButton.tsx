import { ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { RiKey2Line } from '@remixicon/react';
import { useAccess } from '../hooks';
import { ActionButton, useText } from '..';
import { entryOf } from './entry';

/** Opens the kubeconfig of a cluster, or shows why the caller cannot get one. */
export function KubeconfigButton(props: {
  cluster: Cluster;
  /** Shows only an icon, for table rows. */
  compact?: boolean;
  onOpen: () => void;
}) {
  const { cluster, compact, onOpen } = props;
  const t = useText();
  const { value: access } = useAccess();
  const label = t('kubeconfig.open', { cluster: cluster.name });

  const disabledReason = disabledReasonOf();
  if (compact && !disabledReason) {
    return (
      <TooltipTrigger>
        <ButtonIcon
          variant="secondary"
          icon={<RiKey2Line />}
          aria-label={label}
          onPress={onOpen}
        />
        <Tooltip>{label}</Tooltip>
      </TooltipTrigger>
    );
  }
  return (
    <ActionButton
      variant={compact ? 'secondary' : 'primary'}
      iconStart={<RiKey2Line />}
      aria-label={label}
      onPress={onOpen}
      disabledReason={disabledReason}
    >
      {compact ? undefined : t('kubeconfig.button')}
    </ActionButton>
  );

  function disabledReasonOf(): string | undefined {
    if (!access) {
      return t('kubeconfig.accessUnknown');
    }
    return entryOf(cluster, access).allowed
      ? undefined
      : t('kubeconfig.noAccess');
  }
}
