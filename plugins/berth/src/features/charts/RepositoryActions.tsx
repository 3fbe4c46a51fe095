import { useState } from 'react';
import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ChartRepository } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import {
  ActionButton,
  ConfirmDialog,
  useNotify,
  useReadOnlyReason,
  useText,
} from '../../kit';
import styles from './charts.module.css';
import { RepositoryDialog } from './RepositoryDialog';
import { useRefresh, useReload } from './useRefresh';

/** Opens the dialog that adds a repository. */
export function AddRepositoryButton() {
  const t = useText();
  const reload = useReload();
  const refresh = useRefresh();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton
        variant="primary"
        disabledReason={useReadOnlyReason()}
        onPress={() => setOpen(true)}
      >
        {t('repositories.add.open')}
      </ActionButton>
      {isOpen && (
        <RepositoryDialog
          onClose={() => setOpen(false)}
          onSaved={async name => {
            await reload();
            await refresh(name);
          }}
        />
      )}
    </>
  );
}

/** The actions of platform admins on a repository. One of the configuration can be refreshed only. */
export function RepositoryActions(props: { repository: ChartRepository }) {
  const { repository } = props;
  const { name, source } = repository;
  const t = useText();
  const reload = useReload();
  const refresh = useRefresh();
  const disabledReason = useReadOnlyReason();
  const [isPending, setPending] = useState(false);
  const [dialog, setDialog] = useState<'edit' | 'remove'>();
  const close = () => setDialog(undefined);
  return (
    <div className={styles.actions}>
      <ActionButton
        variant="secondary"
        size="small"
        aria-label={t('repositories.refreshLabel', { name })}
        isPending={isPending}
        disabledReason={disabledReason}
        onPress={async () => {
          setPending(true);
          await refresh(name);
          setPending(false);
        }}
      >
        {t('repositories.refresh')}
      </ActionButton>
      {source === 'Portal' && (
        <>
          <ActionButton
            variant="secondary"
            size="small"
            aria-label={t('repositories.edit.openLabel', { name })}
            disabledReason={disabledReason}
            onPress={() => setDialog('edit')}
          >
            {t('repositories.edit.open')}
          </ActionButton>
          <ActionButton
            variant="secondary"
            size="small"
            destructive
            aria-label={t('repositories.remove.openLabel', { name })}
            disabledReason={disabledReason}
            onPress={() => setDialog('remove')}
          >
            {t('repositories.remove.open')}
          </ActionButton>
        </>
      )}
      {dialog === 'edit' && (
        <RepositoryDialog
          repository={repository}
          onClose={close}
          onSaved={async () => {
            await reload();
            await refresh(name);
          }}
        />
      )}
      {dialog === 'remove' && (
        <RemoveDialog name={name} onClose={close} onRemoved={reload} />
      )}
    </div>
  );
}

function RemoveDialog(props: {
  name: string;
  onClose: () => void;
  onRemoved: () => Promise<void>;
}) {
  const { name, onClose, onRemoved } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  return (
    <ConfirmDialog
      title={t('repositories.remove.title', { name })}
      action={t('repositories.remove.action')}
      failed={t('repositories.remove.failed')}
      onConfirm={async () => {
        await api.deleteChartRepository(name);
        notify({ message: t('repositories.remove.done', { name }) });
        await onRemoved();
      }}
      onClose={onClose}
    >
      <Text>{t('repositories.remove.consequence')}</Text>
    </ConfirmDialog>
  );
}
