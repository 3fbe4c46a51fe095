import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { IdentityValues, IdentityWait } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Moment, Translate, useText } from '../../../kit';
import { WaitColumn, WaitsSection } from './WaitsSection';
import styles from './plan.module.css';

/** Lists the owners of namespaces whose IDs changed in the catalog. */
export function IdentityWaits(props: {
  cluster: string;
  waits: IdentityWait[];
  onConfirmed: () => Promise<void>;
}) {
  const { cluster, waits, onConfirmed } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  return (
    <WaitsSection
      texts={{
        title: t('plan.identity.title'),
        warning: t('plan.identity.warning', { count: waits.length }),
        hint: t('plan.identity.hint'),
        actions: t('plan.identity.column.actions'),
        action: t('plan.identity.action'),
        confirm: t('plan.identity.confirm'),
        failed: t('plan.identity.failed'),
      }}
      waits={waits}
      idOf={({ owner }) => owner}
      columns={columnsOf(t)}
      actionLabel={({ owner }) => t('plan.identity.actionLabel', { owner })}
      confirmTitle={({ owner }) => t('plan.identity.confirmTitle', { owner })}
      consequences={({ another }) => (
        <>
          <Text>{t('plan.identity.consequence')}</Text>
          {another && <Text>{t('plan.identity.another')}</Text>}
        </>
      )}
      onConfirm={async ({ owner, entityUid, found }) => {
        await api.confirmIdentity(cluster, { owner, entityUid, found });
        await onConfirmed();
      }}
    />
  );
}

function columnsOf(
  t: Translate,
): [WaitColumn<IdentityWait>, ...WaitColumn<IdentityWait>[]] {
  return [
    {
      label: t('plan.identity.column.owner'),
      cell: ({ owner, since, another }) => (
        <div className={styles.lines}>
          <EntityRefLink entityRef={owner} defaultKind="group" />
          {another && (
            <Text variant="body-small">{t('plan.identity.another')}</Text>
          )}
          <Text variant="body-small" color="secondary">
            <Moment at={since} />
          </Text>
        </div>
      ),
    },
    {
      label: t('plan.identity.column.used'),
      cell: ({ used }) => <Ids values={used} />,
    },
    {
      label: t('plan.identity.column.found'),
      cell: ({ found }) => <Ids values={found} />,
    },
  ];
}

function Ids({ values }: { values: IdentityValues }) {
  const t = useText();
  const { runAsUser, runAsGroup, supplementalGroups } = values;
  return (
    <div className={styles.lines}>
      {runAsUser !== undefined && (
        <Text>{t('plan.identity.user', { id: String(runAsUser) })}</Text>
      )}
      <Text>{t('plan.identity.group', { id: String(runAsGroup) })}</Text>
      {supplementalGroups.length > 0 && (
        <Text>
          {t('plan.identity.groups', { ids: supplementalGroups.join(', ') })}
        </Text>
      )}
    </div>
  );
}
