import { useState } from 'react';
import { Alert, NumberField } from '@backstage/ui';
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
  const [replicas, setReplicas] = useState(current);
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
      <NumberField
        label={t('object.scale.replicas')}
        description={t('object.scale.now', { count: current })}
        minValue={0}
        maxValue={MAX_REPLICAS}
        value={replicas}
        onChange={setReplicas}
      />
      {replicas === 0 && current > 0 && (
        <Alert status="warning" icon title={t('object.scale.zero')} />
      )}
    </ConfirmDialog>
  );

  function reasonOf(): string | undefined {
    if (Number.isNaN(replicas)) {
      return t('object.scale.noNumber');
    }
    return replicas === current ? t('object.scale.same') : undefined;
  }
}
