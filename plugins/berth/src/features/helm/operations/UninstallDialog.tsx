import { useState } from 'react';
import { Checkbox, Text, TextField } from '@backstage/ui';
import {
  HelmPreview,
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import styles from '../helm.module.css';
import { OperationDialog } from './OperationDialog';

/** Shows what an uninstallation deletes and what it leaves, and starts it when the person has typed the name. */
export function UninstallDialog(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  onClose: () => void;
}) {
  const { address, view, onClose } = props;
  const { release } = address;
  const t = useText();
  const [keepHistory, setKeepHistory] = useState(false);
  const [typed, setTyped] = useState('');
  return (
    <OperationDialog
      title={t('helm.uninstall.title', { release })}
      action={t('helm.uninstall.action')}
      failed={t('helm.uninstall.failed')}
      request={{
        kind: 'uninstall',
        ...address,
        baseRevision: view.revision ?? 0,
        keepHistory,
      }}
      disabledReason={
        typed === release ? undefined : t('helm.uninstall.typeFirst')
      }
      details={preview => <Inventory preview={preview} />}
      confirmation={
        <TextField
          label={t('helm.uninstall.type', { release })}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
        />
      }
      onClose={onClose}
    >
      <Text>
        {t(
          keepHistory
            ? 'helm.uninstall.consequenceKept'
            : 'helm.uninstall.consequence',
        )}
      </Text>
      <Checkbox isSelected={keepHistory} onChange={setKeepHistory}>
        {t('helm.uninstall.keepHistory')}
      </Checkbox>
    </OperationDialog>
  );
}

function Inventory({ preview }: { preview: HelmPreview }) {
  const { goes = [], remains = [] } = preview;
  const t = useText();
  return (
    <div className={styles.inventory}>
      <Objects
        title={t('helm.uninstall.goes', { count: goes.length })}
        items={goes}
      />
      <Objects
        title={t('helm.uninstall.remains', { count: remains.length })}
        items={remains}
      />
    </div>
  );
}

function Objects(props: {
  title: string;
  items: NonNullable<HelmPreview['remains']>;
}) {
  const { title, items } = props;
  return (
    <section aria-label={title}>
      <Text as="h3" variant="body-medium" weight="bold">
        {title}
      </Text>
      <ul className={styles.sentences}>
        {items.map(({ kind, namespace, name, reason }) => (
          <li key={[kind, namespace, name].join('/')}>
            {`${kind} ${name}`}
            {reason !== undefined && (
              <Text as="p" variant="body-small" color="secondary">
                {reason}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
