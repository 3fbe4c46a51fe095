import { useState } from 'react';
import { Button } from '@backstage/ui';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import { EditNamespaceDialog } from './EditNamespaceDialog';

/** Opens the dialog that edits owner, system and purpose of a namespace. */
export function EditNamespaceButton(props: {
  namespace: ManagedNamespace;
  onSaved: () => Promise<void>;
}) {
  const { namespace, onSaved } = props;
  const t = useText();
  const [opened, setOpened] = useState<ManagedNamespace>();
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
