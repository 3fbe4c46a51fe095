import { ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import { RiKey2Line } from '@remixicon/react';
import { useAccess } from '../../../kit/hooks';
import { entryOf } from '../../../kit/kubeconfig/entry';
import { ActionButton, useText } from '../../../kit';
import { MineRow } from '../mine';

/** Opens the kubeconfig that works in a namespace, or says why there is none. */
export function KubeconfigCell(props: { row: MineRow; onOpen: () => void }) {
  const { row, onOpen } = props;
  const t = useText();
  const { value: access } = useAccess();
  const { cluster, namespace } = row;
  const label = t('mine.kubeconfig', {
    namespace: namespace.name,
    cluster: namespace.cluster,
  });
  if (!cluster || !entryOf(cluster, access).allowed) {
    return (
      <ActionButton
        variant="secondary"
        iconStart={<RiKey2Line />}
        aria-label={label}
        disabledReason={t('mine.noKubeconfig')}
      />
    );
  }
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
