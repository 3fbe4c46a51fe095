import { useState } from 'react';
import { Alert, TextField } from '@backstage/ui';
import { ObjectView, RelatedObject } from '@berth/plugin-berth-common';
import { ConfirmDialog, useNotify, useText } from '../../../kit';
import { numberAt, textAt } from '../reading';
import { Act } from './useObjectActions';

const MAX_REPLICAS = 10_000;
/** Managers for which a person works by hand. */
const BY_HAND = /^(kubectl|berth-ui|kube-controller-manager)/;

/** Changes the number of replicas, and warns if another program sets the number as well. */
export function ScaleDialog(props: {
  view: ObjectView;
  related: RelatedObject[];
  act: (action: Act) => Promise<unknown>;
  onClose: () => void;
}) {
  const { view, related, act, onClose } = props;
  const t = useText();
  const notify = useNotify();
  const name = textAt(view.object, 'metadata.name') ?? '';
  const current = numberAt(view.object, 'spec.replicas') ?? 1;
  // Unlike a NumberField, a text field has its new value before it loses the focus, so the button is not behind.
  const [typed, setTyped] = useState(String(current));
  const replicas = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : NaN;
  const scalers = related
    .filter(({ relation }) => relation === 'scaledBy')
    .map(scaler => scaler.name);
  const managers = view.managers
    .filter(
      ({ manager, ownsReplicas }) => ownsReplicas && !BY_HAND.test(manager),
    )
    .map(({ manager }) => manager);
  return (
    <ConfirmDialog
      title={t('object.scale.title', { name })}
      action={t('object.scale.action')}
      failed={t('object.scale.failed')}
      isHarmless={replicas > 0}
      disabledReason={reasonOf()}
      onConfirm={async () => {
        await act({ action: 'scale', replicas });
        notify({
          message: t('object.scale.done', { name, count: replicas }),
        });
      }}
      onClose={onClose}
    >
      {scalers.length > 0 && (
        <Alert
          status="warning"
          icon
          title={t('object.scale.autoscaler', { names: scalers.join(', ') })}
          description={t('object.scale.autoscalerHint')}
        />
      )}
      {managers.length > 0 && (
        <Alert
          status="warning"
          icon
          title={t('object.scale.manager', { names: managers.join(', ') })}
          description={t('object.scale.managerHint')}
        />
      )}
      <TextField
        label={t('object.scale.replicas')}
        description={t('object.scale.now', { count: current })}
        inputMode="numeric"
        value={typed}
        onChange={setTyped}
      />
      {replicas === 0 && current > 0 && (
        <Alert status="warning" icon title={t('object.scale.zero')} />
      )}
    </ConfirmDialog>
  );

  function reasonOf(): string | undefined {
    if (!(replicas <= MAX_REPLICAS)) {
      return t('object.scale.noNumber', { most: String(MAX_REPLICAS) });
    }
    return replicas === current ? t('object.scale.same') : undefined;
  }
}
