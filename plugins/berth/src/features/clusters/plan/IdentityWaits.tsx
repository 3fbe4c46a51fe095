import { useState } from 'react';
import { Alert, Cell, ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { IdentityValues, IdentityWait } from '@berth/plugin-berth-common';
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

type Row = IdentityWait & { id: string };

/** Lists the owners of namespaces whose IDs changed in the catalog. */
export function IdentityWaits(props: {
  cluster: string;
  waits: IdentityWait[];
  onConfirmed: () => Promise<void>;
}) {
  const { cluster, waits, onConfirmed } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const readOnly = useReadOnlyReason();
  const [asking, setAsking] = useState<IdentityWait>();
  return (
    <Section title={t('plan.identity.title')}>
      <Flex direction="column" gap="3">
        <Alert
          status="warning"
          icon
          title={t('plan.identity.warning', { count: waits.length })}
          description={t('plan.identity.hint')}
        />
        <Table
          columnConfig={columnsOf(t, readOnly, setAsking)}
          data={waits.map(wait => ({ ...wait, id: wait.owner }))}
          pagination={{ type: 'none' }}
        />
      </Flex>
      {asking && (
        <ConfirmDialog
          title={t('plan.identity.confirmTitle', { owner: asking.owner })}
          action={t('plan.identity.confirm')}
          failed={t('plan.identity.failed')}
          onConfirm={async () => {
            const { owner, found } = asking;
            await api.confirmIdentity(cluster, { owner, found });
            await onConfirmed();
          }}
          onClose={() => setAsking(undefined)}
        >
          <Text>{t('plan.identity.consequence')}</Text>
          {asking.another && <Text>{t('plan.identity.another')}</Text>}
        </ConfirmDialog>
      )}
    </Section>
  );
}

function columnsOf(
  t: Translate,
  readOnly: string | undefined,
  onConfirm: (wait: IdentityWait) => void,
): ColumnConfig<Row>[] {
  return [
    {
      id: 'owner',
      label: t('plan.identity.column.owner'),
      isRowHeader: true,
      cell: ({ owner, since, another }) => (
        <Cell>
          <Text>{owner}</Text>
          {another && <Text>{t('plan.identity.another')}</Text>}
          <Text variant="body-small" color="secondary">
            <Moment at={since} />
          </Text>
        </Cell>
      ),
    },
    {
      id: 'used',
      label: t('plan.identity.column.used'),
      cell: ({ used }) => <IdsCell values={used} />,
    },
    {
      id: 'found',
      label: t('plan.identity.column.found'),
      cell: ({ found }) => <IdsCell values={found} />,
    },
    {
      id: 'confirm',
      label: t('plan.identity.column.actions'),
      width: 140,
      cell: wait => (
        <Cell>
          <ActionButton
            disabledReason={readOnly}
            variant="secondary"
            aria-label={t('plan.identity.actionLabel', { owner: wait.owner })}
            onPress={() => onConfirm(wait)}
          >
            {t('plan.identity.action')}
          </ActionButton>
        </Cell>
      ),
    },
  ];
}

function IdsCell({ values }: { values: IdentityValues }) {
  const t = useText();
  const { runAsUser, runAsGroup, supplementalGroups } = values;
  return (
    <Cell>
      <Flex direction="column" gap="1">
        {runAsUser !== undefined && (
          <Text>{t('plan.identity.user', { id: String(runAsUser) })}</Text>
        )}
        <Text>{t('plan.identity.group', { id: String(runAsGroup) })}</Text>
        {supplementalGroups.length > 0 && (
          <Text>
            {t('plan.identity.groups', { ids: supplementalGroups.join(', ') })}
          </Text>
        )}
      </Flex>
    </Cell>
  );
}
