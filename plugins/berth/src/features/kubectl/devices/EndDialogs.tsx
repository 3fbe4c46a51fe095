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
  const end = useEnd({
    end: () => api.endDevice(device.id),
    done: t('devices.end.done', { name }),
    onEnded,
  });
  return (
    <ConfirmDialog
      title={t('devices.end.title', { name })}
      action={t('devices.end.confirm')}
      failed={t('devices.end.failed')}
      onConfirm={end}
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
  const end = useEnd({
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
      failed={t('devices.endAll.failed')}
      onConfirm={end}
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
  return async () => {
    await end();
    notify({ message: done });
    onEnded();
  };
}
