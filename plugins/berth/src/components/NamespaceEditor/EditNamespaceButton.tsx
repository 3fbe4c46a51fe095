import { useState } from 'react';
import { Button } from '@backstage/ui';
import { useText } from '../common';
import { EditNamespaceDialog } from './EditNamespaceDialog';
import { SeenNamespace } from './namespaceEdit';

/** Opens the dialog that edits what a namespace says of itself. */
export function EditNamespaceButton(props: {
  namespace: SeenNamespace;
  onSaved: () => Promise<void>;
}) {
  const { namespace, onSaved } = props;
  const t = useText();
  const [opened, setOpened] = useState<SeenNamespace>();
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        onPress={() => setOpened(namespace)}
      >
        {t('editNamespace.open')}
      </Button>
      {opened && (
        <EditNamespaceDialog
          namespace={opened}
          onClose={() => setOpened(undefined)}
          onSaved={onSaved}
        />
      )}
    </>
  );
}
