import { ButtonIcon, Flex, Text } from '@backstage/ui';
import { NamespaceAddress, QuotaTotal } from '@berth/plugin-berth-common';
import Drawer from '@material-ui/core/Drawer';
import { RiCloseLine } from '@remixicon/react';
import { QuotaEditor } from './editor';
import { mayDiscard, useText } from '../../kit';
import styles from './QuotasPage.module.css';

const TITLE_ID = 'berth-quota-panel-title';

/** The editor of one quota, next to the list, which keeps its place. */
export function QuotaPanel(props: {
  address: NamespaceAddress;
  totals: QuotaTotal[];
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { address, totals, onClose, onSaved } = props;
  const { cluster, namespace } = address;
  const t = useText();
  const close = () => mayDiscard() && onClose();
  return (
    <Drawer
      anchor="right"
      open
      onClose={close}
      // The menus and dialogs of @backstage/ui lie outside of the panel and take the focus themselves.
      disableEnforceFocus
      PaperProps={{
        className: styles.panel,
        role: 'dialog',
        'aria-labelledby': TITLE_ID,
      }}
    >
      <Flex justify="between" align="center" gap="3">
        <div>
          <Text as="h2" id={TITLE_ID} variant="title-x-small" weight="bold">
            {t('quotas.editor.title', { namespace })}
          </Text>
          <Text variant="body-small" color="secondary">
            {t('quotas.editor.on', { cluster })}
          </Text>
        </div>
        <ButtonIcon
          variant="tertiary"
          icon={<RiCloseLine />}
          aria-label={t('quotas.editor.close')}
          onPress={close}
        />
      </Flex>
      <QuotaEditor address={address} totals={totals} onSaved={onSaved} />
    </Drawer>
  );
}
