import { Text } from '@backstage/ui';
import { useNavigate } from 'react-router-dom';
import { ObjectAddress } from '@berth/plugin-berth-common';
import {
  ConfirmDialog,
  mayDiscard,
  useNotify,
  useObjectHref,
  useText,
} from '../../../kit';
import { ActionId } from './actions';
import { Act, ObjectActions } from './useObjectActions';

/** The actions that need nothing but a confirmation. */
const SIMPLE = {
  restart: { action: 'restart' },
  pause: { action: 'pause', paused: true },
  resume: { action: 'pause', paused: false },
  runNow: { action: 'runNow' },
  suspend: { action: 'suspend', suspended: true },
  continue: { action: 'suspend', suspended: false },
  cordon: { action: 'cordon', cordoned: true },
  uncordon: { action: 'cordon', cordoned: false },
} as const satisfies Partial<Record<ActionId, Act>>;

type SimpleAction = keyof typeof SIMPLE;

export function isSimple(action: ActionId): action is SimpleAction {
  return Object.hasOwn(SIMPLE, action);
}

/** Asks before an action, and describes its effect. */
export function SimpleDialog(props: {
  action: SimpleAction;
  address: ObjectAddress;
  act: ObjectActions['act'];
  onClose: () => void;
}) {
  const { action, address, act, onClose } = props;
  const { name } = address;
  const t = useText();
  const notify = useNotify();
  const navigate = useNavigate();
  const href = useObjectHref();
  return (
    <ConfirmDialog
      title={t(`object.simple.${action}.title`, { name })}
      action={t(`object.simple.${action}.action`)}
      failed={t(`object.simple.${action}.failed`)}
      isHarmless
      onConfirm={async () => {
        const { created } = await act(SIMPLE[action]);
        notify({
          message: t(`object.simple.${action}.done`, {
            name,
            created: created?.name ?? '',
          }),
        });
        if (created && mayDiscard()) {
          const { cluster, namespace } = address;
          navigate(href({ cluster, namespace, ...created }));
        }
      }}
      onClose={onClose}
    >
      <Text>{t(`object.simple.${action}.consequence`)}</Text>
    </ConfirmDialog>
  );
}
