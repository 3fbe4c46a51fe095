import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  TextField,
} from '@backstage/ui';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { tenancyApiRef } from '../../api';
import { ActionButton, ProblemAlert, useText } from '../common';
import { LostList } from './LostList';

/** Deletes the namespace that was seen, once its name was typed. */
export function DeleteNamespaceDialog(props: {
  namespace: ManagedNamespace;
  onClose: () => void;
  onDeleted: () => Promise<void>;
}) {
  const { onClose, onDeleted } = props;
  const t = useText();
  const api = useApi(tenancyApiRef);
  const alertApi = useApi(alertApiRef);
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
      alertApi.post({
        message: t('namespace.danger.done', { namespace: name, cluster }),
        severity: 'success',
        display: 'transient',
      });
      onClose();
      await onDeleted();
    } catch (failure) {
      setError(failure);
      setDeleting(false);
    }
  };

  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={560}>
      <DialogHeader>
        {t('namespace.danger.confirmTitle', { namespace: name, cluster })}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <LostList namespace={namespace} />
          <TextField
            label={t('namespace.danger.type', { namespace: name })}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
          />
          {error !== undefined && (
            <ProblemAlert error={error} title={t('namespace.danger.failed')} />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          variant="primary"
          destructive
          onPress={remove}
          isPending={deleting}
          disabledReason={
            typed === name ? undefined : t('namespace.danger.differs')
          }
        >
          {t('namespace.danger.confirm', { namespace: name })}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );
}
