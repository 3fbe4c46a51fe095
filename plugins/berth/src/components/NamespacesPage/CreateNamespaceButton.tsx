import { Button } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { useText } from '../common';

/** Opens the form that creates a namespace. */
export function CreateNamespaceButton({ onPress }: { onPress: () => void }) {
  const t = useText();
  return (
    <Button variant="primary" iconStart={<RiAddLine />} onPress={onPress}>
      {t('namespaces.create')}
    </Button>
  );
}
