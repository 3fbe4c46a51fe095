import { useState } from 'react';
import { TextField } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Cluster } from '@berth/plugin-berth-common';
import { useNavigate } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { usePolled } from '../../../kit/query';
import { clustersRouteRef } from '../../../routes';
import { ConfirmDialog, Loaded, useNotify, useText } from '../../../kit';
import { Consequences } from './Consequences';
import { LeftoversChoice } from './LeftoversChoice';

/** Asks before a cluster is removed: what that does, what stays on it, and its name. */
export function DeleteDialog(props: { cluster: Cluster; onClose: () => void }) {
  const { onClose } = props;
  const { name } = props.cluster;
  const t = useText();
  const api = useApi(berthApiRef);
  const [cleanUp, setCleanUp] = useState(false);
  const [typed, setTyped] = useState('');
  const { removing, error, remove } = useRemove(name);
  const leftovers = usePolled({
    key: ['leftovers', name],
    load: () => api.getLeftovers(name),
  });
  return (
    <ConfirmDialog
      title={t('remove.confirmTitle', { name })}
      action={t(cleanUp ? 'remove.confirmCleanUp' : 'remove.confirm')}
      isPending={removing}
      disabledReason={typed === name ? undefined : t('remove.nameDiffers')}
      error={error}
      failed={t('remove.failed')}
      onConfirm={() => remove(cleanUp)}
      onClose={onClose}
    >
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
    </ConfirmDialog>
  );
}

function useRemove(name: string) {
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const navigate = useNavigate();
  const clusters = useRouteRef(clustersRouteRef);
  const [removing, setRemoving] = useState(false);
  const [error, setError] = useState<unknown>();

  const remove = async (cleanUp: boolean) => {
    setRemoving(true);
    setError(undefined);
    try {
      await api.deleteCluster(name, { cleanUp });
      notify({
        message: t('remove.done', { name }),
      });
      navigate(clusters());
    } catch (failure) {
      setError(failure);
      setRemoving(false);
    }
  };
  return { removing, error, remove };
}
