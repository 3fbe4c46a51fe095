import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
} from '@backstage/ui';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { NamespaceAddress } from '@berth/plugin-berth-common';
import { ProblemAlert, useText } from '../common';

/** Asks before a namespace is left unbounded. */
export function RemoveQuotaDialog(props: {
  address: NamespaceAddress;
  remove: () => Promise<boolean>;
  error: unknown;
  onClose: () => void;
  onRemoved: () => Promise<void>;
}) {
  const { address, remove, error, onClose, onRemoved } = props;
  const { cluster, namespace } = address;
  const t = useText();
  const alertApi = useApi(alertApiRef);
  const [removing, setRemoving] = useState(false);
  const confirm = async () => {
    setRemoving(true);
    const removed = await remove();
    setRemoving(false);
    if (removed) {
      alertApi.post({
        message: t('quotas.editor.removed', { namespace }),
        severity: 'success',
        display: 'transient',
      });
      onClose();
      await onRemoved();
    }
  };
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={520}>
      <DialogHeader>
        {t('quotas.editor.removeTitle', { namespace })}
      </DialogHeader>
      <DialogBody>
        <Text>{t('quotas.editor.removeText', { cluster })}</Text>
        {error !== undefined && (
          <ProblemAlert error={error} title={t('quotas.editor.removeFailed')} />
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          variant="primary"
          destructive
          onPress={confirm}
          isPending={removing}
        >
          {t('quotas.editor.removeQuota')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
