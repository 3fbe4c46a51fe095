import { RiAddLine } from '@remixicon/react';
import { ActionButton, useReadOnlyReason, useText } from '../../../kit';

/** Opens the form that creates a namespace. */
export function CreateNamespaceButton({ onPress }: { onPress: () => void }) {
  const t = useText();
  return (
    <ActionButton
      variant="primary"
      iconStart={<RiAddLine />}
      onPress={onPress}
      disabledReason={useReadOnlyReason()}
    >
      {t('namespaces.create')}
    </ActionButton>
  );
}
