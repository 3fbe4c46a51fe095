import { useState } from 'react';
import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { KubectlDevice } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ConfirmDialog, useNotify, useText } from '../../../kit';

/** Ends the sign-in of one device, after a question. */
export function EndDeviceDialog(props: {
  device: KubectlDevice;
  onEnded: () => void;
  onClose: () => void;
}) {
  const { device, onEnded, onClose } = props;
  const { name } = device;
  const t = useText();
  const api = useApi(berthApiRef);
  const { pending, error, run } = useEnd({
    end: () => api.endDevice(device.id),
    done: t('devices.end.done', { name }),
    onEnded,
  });
  return (
    <ConfirmDialog
      title={t('devices.end.title', { name })}
      action={t('devices.end.confirm')}
      isPending={pending}
      error={error}
      failed={t('devices.end.failed')}
      onConfirm={run}
      onClose={onClose}
    >
      <Text>{t('devices.end.effect', { name })}</Text>
    </ConfirmDialog>
  );
}

/** Ends the sign-ins of all devices of a person, after a question. */
export function EndAllDialog(props: {
  /** Entity ref; empty for the caller. */
  user: string;
  /** The number of devices that are signed in. */
  count: number;
  onEnded: () => void;
  onClose: () => void;
}) {
  const { user, count, onEnded, onClose } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const { pending, error, run } = useEnd({
    end: () => api.endDevices(user ? { user } : {}),
    done: t('devices.endAll.done'),
    onEnded,
  });
  return (
    <ConfirmDialog
      title={
        user ? t('devices.endAll.titleOf', { user }) : t('devices.endAll.title')
      }
      action={t('devices.endAll.confirm')}
      isPending={pending}
      error={error}
      failed={t('devices.endAll.failed')}
      onConfirm={run}
      onClose={onClose}
    >
      <Text>{t('devices.endAll.effect', { count })}</Text>
    </ConfirmDialog>
  );
}

function useEnd(options: {
  end: () => Promise<void>;
  /** The message after success. */
  done: string;
  onEnded: () => void;
}) {
  const { end, done, onEnded } = options;
  const notify = useNotify();
  const [state, setState] = useState<{ pending: boolean; error?: unknown }>({
    pending: false,
  });
  const run = async () => {
    setState({ pending: true });
    try {
      await end();
      notify({ message: done });
      onEnded();
    } catch (error) {
      setState({ pending: false, error });
    }
  };
  return { ...state, run };
}
