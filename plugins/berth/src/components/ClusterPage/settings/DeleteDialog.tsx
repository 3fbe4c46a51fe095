import { useCallback, useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  TextField,
} from '@backstage/ui';
import { alertApiRef, useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { useNavigate } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { usePolling } from '../../../hooks';
import { clustersRouteRef } from '../../../routes';
import { ActionButton, Loaded, ProblemAlert, useText } from '../../common';
import { Consequences } from './Consequences';
import { LeftoversChoice } from './LeftoversChoice';

const WIDTH = 560;

/** Asks before a cluster is removed: what that does, what stays on it, and its name. */
export function DeleteDialog(props: { cluster: Cluster; onClose: () => void }) {
  const { onClose } = props;
  const { name } = props.cluster;
  const t = useText();
  const api = useApi(berthApiRef);
  const [cleanUp, setCleanUp] = useState(false);
  const [typed, setTyped] = useState('');
  const { removing, error, remove } = useRemove(name);
  const load = useCallback(() => api.getLeftovers(name), [api, name]);
  const leftovers = usePolling(load, () => undefined);
  return (
    <Dialog
      isOpen
      onOpenChange={open => !open && onClose()}
      width={WIDTH}
      style={{ maxWidth: '95vw' }}
    >
      <DialogHeader>{t('remove.confirmTitle', { name })}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Consequences />
          <Loaded
            polled={leftovers}
            title={t('remove.leftovers.failed')}
            height={60}
            render={value => (
              <LeftoversChoice
                leftovers={value}
                cleanUp={cleanUp}
                onCleanUp={setCleanUp}
              />
            )}
          />
          <TextField
            label={t('remove.typeName', { name })}
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
          onPress={() => remove(cleanUp)}
          isPending={removing}
          disabledReason={typed === name ? undefined : t('remove.nameDiffers')}
        >
          {t(cleanUp ? 'remove.confirmCleanUp' : 'remove.confirm')}
        </ActionButton>
      </DialogFooter>
    </Dialog>
  );
}

function useRemove(name: string) {
  const t = useText();
  const api = useApi(berthApiRef);
  const alertApi = useApi(alertApiRef);
  const navigate = useNavigate();
  const clusters = useRouteRef(clustersRouteRef);
  const [removing, setRemoving] = useState(false);
  const [error, setError] = useState<unknown>();

  const remove = async (cleanUp: boolean) => {
    setRemoving(true);
    setError(undefined);
    try {
      await api.deleteCluster(name, { cleanUp });
      alertApi.post({
        message: t('remove.done', { name }),
        severity: 'success',
        display: 'transient',
      });
      navigate(clusters());
    } catch (failure) {
      setError(failure);
      setRemoving(false);
    }
  };
  return { removing, error, remove };
}
