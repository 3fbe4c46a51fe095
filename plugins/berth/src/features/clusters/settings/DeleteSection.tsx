import { useState } from 'react';
import { Flex } from '@backstage/ui';
import { Cluster } from '@berth/plugin-berth-common';
import { ActionButton, useText } from '../../../kit';
import { Section } from '../../../kit/Section';
import { Consequences } from './Consequences';
import { DeleteDialog } from './DeleteDialog';

/** Takes a cluster out of the portal. */
export function DeleteSection({ cluster }: { cluster: Cluster }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <Section title={t('remove.title')}>
      <Flex direction="column" gap="3" align="start">
        <Consequences />
        <ActionButton
          variant="secondary"
          destructive
          onPress={() => setOpen(true)}
          disabledReason={
            cluster.owner === 'config' ? t('remove.configOwned') : undefined
          }
        >
          {t('remove.action')}
        </ActionButton>
      </Flex>
      {open && (
        <DeleteDialog cluster={cluster} onClose={() => setOpen(false)} />
      )}
    </Section>
  );
}
