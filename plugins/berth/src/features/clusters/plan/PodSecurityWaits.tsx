import { useState } from 'react';
import { Alert, Cell, ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { PodSecurityWait } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  ConfirmDialog,
  Moment,
  Translate,
  useReadOnlyReason,
  useText,
} from '../../../kit';
import { Section } from '../../../kit/Section';

type Row = PodSecurityWait & { id: string };

/** Lists the namespaces whose higher level of Pod Security waits, with the pods that do not meet the level. */
export function PodSecurityWaits(props: {
  cluster: string;
  waits: PodSecurityWait[];
  onConfirmed: () => Promise<void>;
}) {
  const { cluster, waits, onConfirmed } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const readOnly = useReadOnlyReason();
  const [asking, setAsking] = useState<PodSecurityWait>();
  return (
    <Section title={t('plan.podSecurity.title')}>
      <Flex direction="column" gap="3">
        <Alert
          status="warning"
          icon
          title={t('plan.podSecurity.warning', { count: waits.length })}
          description={t('plan.podSecurity.hint')}
        />
        <Table
          columnConfig={columnsOf(t, readOnly, setAsking)}
          data={waits.map(wait => ({ ...wait, id: wait.namespace }))}
          pagination={{ type: 'none' }}
        />
      </Flex>
      {asking && (
        <ConfirmDialog
          title={t('plan.podSecurity.confirmTitle', {
            level: asking.level,
            namespace: asking.namespace,
          })}
          action={t('plan.podSecurity.confirm')}
          failed={t('plan.podSecurity.failed')}
          onConfirm={async () => {
            const { level, namespace } = asking;
            await api.confirmPodSecurity(cluster, {
              level,
              namespaces: [namespace],
            });
            await onConfirmed();
          }}
          onClose={() => setAsking(undefined)}
        >
          <Text>{t('plan.podSecurity.consequence')}</Text>
        </ConfirmDialog>
      )}
    </Section>
  );
}

function columnsOf(
  t: Translate,
  readOnly: string | undefined,
  onConfirm: (wait: PodSecurityWait) => void,
): ColumnConfig<Row>[] {
  return [
    {
      id: 'namespace',
      label: t('plan.podSecurity.column.namespace'),
      isRowHeader: true,
      cell: ({ namespace, since }) => (
        <Cell>
          <Text>{namespace}</Text>
          <Text variant="body-small" color="secondary">
            <Moment at={since} />
          </Text>
        </Cell>
      ),
    },
    {
      id: 'level',
      label: t('plan.podSecurity.column.level'),
      cell: ({ level }) => (
        <Cell>
          <Text>{level}</Text>
        </Cell>
      ),
    },
    {
      id: 'warnings',
      label: t('plan.podSecurity.column.warnings'),
      cell: ({ warnings }) => (
        <Cell>
          <Flex direction="column" gap="1">
            {warnings.map(text => (
              <Text key={text}>{text}</Text>
            ))}
          </Flex>
        </Cell>
      ),
    },
    {
      id: 'confirm',
      label: t('plan.podSecurity.column.actions'),
      width: 140,
      cell: wait => (
        <Cell>
          {wait.confirmedBy ? (
            <Text>{t('plan.podSecurity.confirmed')}</Text>
          ) : (
            <ActionButton
              disabledReason={readOnly}
              variant="secondary"
              aria-label={t('plan.podSecurity.actionLabel', {
                level: wait.level,
                namespace: wait.namespace,
              })}
              onPress={() => onConfirm(wait)}
            >
              {t('plan.podSecurity.action')}
            </ActionButton>
          )}
        </Cell>
      ),
    },
  ];
}
