import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextField,
} from '@backstage/ui';
import { alertApiRef, useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { useNavigate } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { rootRouteRef } from '../../../routes';
import { ActionButton, ProblemAlert, useText } from '../../common';
import { Section } from '../Section';

/** Takes a cluster out of the portal. */
export function DeleteSection({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <Section title={t('remove.title')}>
      <Flex direction="column" gap="3" align="start">
        <Consequences />
        <Button variant="secondary" destructive onPress={() => setOpen(true)}>
          {t('remove.action')}
        </Button>
      </Flex>
      {open && (
        <DeleteDialog cluster={cluster} onClose={() => setOpen(false)} />
      )}
    </Section>
  );
}

function Consequences() {
  const t = useText();
  return (
    <Flex direction="column" gap="1">
      <Text>{t('remove.portal')}</Text>
      <Text>{t('remove.cluster')}</Text>
      <Text>{t('remove.tokens')}</Text>
      <Text>{t('remove.id')}</Text>
    </Flex>
  );
}

function DeleteDialog(props: { cluster: Cluster; onClose: () => void }) {
  const { cluster, onClose } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const alertApi = useApi(alertApiRef);
  const navigate = useNavigate();
  const root = useRouteRef(rootRouteRef);
  const [typed, setTyped] = useState('');
  const [deleting, setDeleting] = useState(false);
  const [error, setError] = useState<unknown>();

  const remove = async () => {
    setDeleting(true);
    setError(undefined);
    try {
      await api.deleteCluster(cluster.name);
      alertApi.post({
        message: t('remove.done', { name: cluster.name }),
        severity: 'success',
        display: 'transient',
      });
      navigate(root());
    } catch (failure) {
      setError(failure);
      setDeleting(false);
    }
  };

  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={520}>
      <DialogHeader>
        {t('remove.confirmTitle', { name: cluster.name })}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Consequences />
          <TextField
            label={t('remove.typeName', { name: cluster.name })}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
          />
          {error !== undefined && (
            <ProblemAlert error={error} title={t('remove.failed')} />
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
            typed === cluster.name ? undefined : t('remove.nameDiffers')
          }
        >
          {t('remove.confirm')}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );
}
