import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { useQueryClient } from '@tanstack/react-query';
import { berthApiRef } from '../../../api';
import { ConfirmDialog, Moment, useNotify, useText } from '../../../kit';
import { usePolled } from '../../../kit/query';
import { Person } from '../../../kit/request/parts';

/** Asks before a pending revision is marked as failed: since when it is pending, and who started it. */
export function UnlockDialog(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  onClose: () => void;
}) {
  const { address, view, onClose } = props;
  const { revision = 0, updatedAt, status } = view;
  const t = useText();
  const api = useApi(berthApiRef);
  const client = useQueryClient();
  const notify = useNotify();
  const number = String(revision);
  return (
    <ConfirmDialog
      title={t('helm.unlock.title', { revision: number })}
      action={t('helm.unlock.action')}
      failed={t('helm.unlock.failed')}
      onConfirm={async () => {
        await api.unlockRelease(address, revision);
        notify({ message: t('helm.unlock.done', { revision: number }) });
        await client.invalidateQueries({ queryKey: ['release', address] });
      }}
      onClose={onClose}
    >
      <Text>
        {updatedAt
          ? t('helm.unlock.since', {
              status: t(`helm.state.${status}`),
              when: <Moment at={updatedAt} />,
            })
          : t('helm.unlock.sinceUnknown', {
              status: t(`helm.state.${status}`),
            })}{' '}
        <Starter address={address} revision={revision} />
      </Text>
      <Text>{t('helm.unlock.consequence')}</Text>
    </ConfirmDialog>
  );
}

/** Names who started the operation that made a revision, as far as Berth knows. */
function Starter(props: { address: HelmReleaseAddress; revision: number }) {
  const { address, revision } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const { value } = usePolled({
    key: ['release', address, 'operations', 'recent'],
    load: () => api.listHelmOperations(address),
  });
  if (!value) {
    return null;
  }
  const found = value.items.find(one => one.revision === revision);
  return (
    <>
      {found
        ? t('helm.unlock.who', { who: <Person actor={found.startedBy} /> })
        : t('helm.unlock.whoUnknown')}
    </>
  );
}
