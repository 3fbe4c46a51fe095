import { useState } from 'react';
import { Text } from '@backstage/ui';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import { RevisionSelect } from '../release/RevisionSelect';
import { useHistory } from '../release/useHistory';
import { OperationDialog } from './OperationDialog';

/** Shows what a rollback would change, and starts it. */
export function RollBackDialog(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  /** The revision that is chosen at first, by default the one before the latest. */
  revision?: number;
  onClose: () => void;
}) {
  const { address, view, onClose } = props;
  const { revision: latest = 0 } = view;
  const t = useText();
  const history = useHistory(address);
  const [chosen, choose] = useState(props.revision);
  const others = (history.value?.items ?? []).filter(
    one => one.revision !== latest && one.problem === undefined,
  );
  const revision = chosen ?? others[0]?.revision;
  return (
    <OperationDialog
      title={t('helm.rollBack.title', { release: address.release })}
      action={
        revision === undefined
          ? t('helm.rollBack.action')
          : t('helm.rollBack.actionTo', { revision: String(revision) })
      }
      failed={t('helm.rollBack.failed')}
      isHarmless
      request={
        revision === undefined
          ? undefined
          : { kind: 'rollback', ...address, baseRevision: latest, revision }
      }
      disabledReason={
        revision === undefined ? t('helm.rollBack.chooseFirst') : undefined
      }
      onClose={onClose}
    >
      <Text>{t('helm.rollBack.consequence')}</Text>
      <RevisionSelect
        label={t('helm.rollBack.target')}
        revisions={others}
        latest={latest}
        value={revision}
        onChange={choose}
      />
    </OperationDialog>
  );
}
