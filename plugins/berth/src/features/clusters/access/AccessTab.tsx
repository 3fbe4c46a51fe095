import { useState } from 'react';
import { Alert, Flex, Text } from '@backstage/ui';
import { Cluster, largeTokenBytes, Share } from '@berth/plugin-berth-common';
import { readsEverything, useAccess } from '../../../kit/hooks';
import { useText } from '../../../kit';
import styles from '../../../kit/page.module.css';
import { Section } from '../../../kit/Section';
import { AddShare } from './AddShare';
import { FormerGroupsAlert } from './FormerGroupsAlert';
import { RemoveShareDialog } from './RemoveShareDialog';
import { SharesTable } from './SharesTable';

/** The groups that a cluster is shared with, and the state of each share on the cluster. */
export function AccessTab(props: {
  cluster: Cluster;
  onChanged: () => Promise<void>;
}) {
  const { cluster, onChanged } = props;
  const t = useText();
  const { value: access } = useAccess();
  const [removing, setRemoving] = useState<Share>();
  return (
    <div className={styles.tab}>
      {access?.admin && (
        <FormerGroupsAlert cluster={cluster} onChanged={onChanged} />
      )}
      {access?.admin && (
        <Section title={t('access.add.title')}>
          <AddShare cluster={cluster} onChanged={onChanged} />
        </Section>
      )}
      <Section title={t('access.title')}>
        <Flex direction="column" gap="3">
          {access && !readsEverything(access) && (
            <Text color="secondary">{t('access.onlyYours')}</Text>
          )}
          {access?.admin && <TokenSizeAlert shares={cluster.shares} />}
          <SharesTable
            cluster={cluster.name}
            shares={cluster.shares}
            onRemove={access?.admin ? setRemoving : undefined}
          />
        </Flex>
      </Section>
      {removing && (
        <RemoveShareDialog
          cluster={cluster}
          share={removing}
          onClose={() => setRemoving(undefined)}
          onChanged={onChanged}
        />
      )}
    </div>
  );
}

function TokenSizeAlert({ shares }: { shares: Share[] }) {
  const t = useText();
  const bytes = largeTokenBytes(
    shares.map(({ kubernetesName }) => kubernetesName),
  );
  return bytes === undefined ? null : (
    <Alert
      status="warning"
      icon
      title={t('access.tokenSize.title')}
      description={t('access.tokenSize.description', {
        count: shares.length,
        kilobytes: String(Math.round(bytes / 1024)),
      })}
    />
  );
}
