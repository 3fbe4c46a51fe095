import { useState } from 'react';
import { TextField } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ConfirmDialog, useNotify, useText } from '../../../kit';
import { isEntryOnly, LostList } from './LostList';

/** Deletes the namespace that was seen, once its name was typed. */
export function DeleteNamespaceDialog(props: {
  namespace: ManagedNamespace;
  onClose: () => void;
  onDeleted: () => Promise<void>;
}) {
  const { onClose, onDeleted } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  // What is deleted is what was seen when the dialog opened, not what is polled meanwhile.
  const [namespace] = useState(props.namespace);
  const { cluster, name, uid } = namespace;
  const [typed, setTyped] = useState('');
  const [deleting, setDeleting] = useState(false);
  const [error, setError] = useState<unknown>();

  const remove = async () => {
    setDeleting(true);
    setError(undefined);
    try {
      await api.deleteNamespace({ cluster, namespace: name }, uid);
      notify({
        message: t(
          isEntryOnly(namespace)
            ? 'namespace.danger.doneEntry'
            : 'namespace.danger.done',
          { namespace: name, cluster },
        ),
      });
      onClose();
      await onDeleted();
    } catch (failure) {
      setError(failure);
      setDeleting(false);
    }
  };

  return (
    <ConfirmDialog
      title={t('namespace.danger.confirmTitle', { namespace: name, cluster })}
      action={t('namespace.danger.confirm', { namespace: name })}
      isPending={deleting}
      disabledReason={
        typed === name ? undefined : t('namespace.danger.differs')
      }
      error={error}
      failed={t('namespace.danger.failed')}
      onConfirm={remove}
      onClose={onClose}
    >
      <LostList namespace={namespace} />
      <TextField
        label={t('namespace.danger.type', { namespace: name })}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
      />
    </ConfirmDialog>
  );
}
