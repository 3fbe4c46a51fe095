import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { PodSecurityWait } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Moment, Translate, useText } from '../../../kit';
import { WaitColumn, WaitsSection } from './WaitsSection';
import styles from './plan.module.css';

/** Lists the namespaces whose higher level of Pod Security waits, with the pods that do not meet the level. */
export function PodSecurityWaits(props: {
  cluster: string;
  waits: PodSecurityWait[];
  onConfirmed: () => Promise<void>;
}) {
  const { cluster, waits, onConfirmed } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  return (
    <WaitsSection
      texts={{
        title: t('plan.podSecurity.title'),
        warning: t('plan.podSecurity.warning', { count: waits.length }),
        hint: t('plan.podSecurity.hint'),
        actions: t('plan.podSecurity.column.actions'),
        action: t('plan.podSecurity.action'),
        confirm: t('plan.podSecurity.confirm'),
        failed: t('plan.podSecurity.failed'),
      }}
      waits={waits}
      idOf={({ namespace }) => namespace}
      columns={columnsOf(t)}
      actionLabel={({ level, namespace }) =>
        t('plan.podSecurity.actionLabel', { level, namespace })
      }
      confirmed={({ confirmedBy }) =>
        confirmedBy && t('plan.podSecurity.confirmed')
      }
      confirmTitle={({ level, namespace }) =>
        t('plan.podSecurity.confirmTitle', { level, namespace })
      }
      consequences={() => <Text>{t('plan.podSecurity.consequence')}</Text>}
      onConfirm={async ({ level, namespace }) => {
        await api.confirmPodSecurity(cluster, {
          level,
          namespaces: [namespace],
        });
        await onConfirmed();
      }}
    />
  );
}

function columnsOf(
  t: Translate,
): [WaitColumn<PodSecurityWait>, ...WaitColumn<PodSecurityWait>[]] {
  return [
    {
      label: t('plan.podSecurity.column.namespace'),
      cell: ({ namespace, since }) => (
        <div className={styles.lines}>
          <Text>{namespace}</Text>
          <Text variant="body-small" color="secondary">
            <Moment at={since} />
          </Text>
        </div>
      ),
    },
    {
      label: t('plan.podSecurity.column.level'),
      cell: ({ level }) => level,
    },
    {
      label: t('plan.podSecurity.column.warnings'),
      cell: ({ warnings }) => (
        <div className={styles.lines}>
          {warnings.map(text => (
            <Text key={text}>{text}</Text>
          ))}
        </div>
      ),
    },
  ];
}
