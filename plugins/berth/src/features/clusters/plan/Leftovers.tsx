import { useMemo, useState } from 'react';
import { Alert, Cell, ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { UnconfirmedLeftover } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import {
  ActionButton,
  ConfirmDialog,
  Translate,
  useReadOnlyReason,
  useText,
} from '../../../kit';
import { Section } from '../../../kit/Section';
import { objectText } from './PlannedChanges';

type Row = UnconfirmedLeftover & { id: string };

/** Lists objects that are left from before a restore, for an admin to decide on. */
export function Leftovers(props: {
  cluster: string;
  leftovers: UnconfirmedLeftover[];
  onRemoved: () => Promise<void>;
}) {
  const { cluster, leftovers, onRemoved } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const readOnly = useReadOnlyReason();
  const [asking, setAsking] = useState<UnconfirmedLeftover>();
  const columns = useMemo(
    () => columnsOf(t, readOnly, setAsking),
    [t, readOnly],
  );
  return (
    <Section title={t('plan.leftovers.title')}>
      <Flex direction="column" gap="3">
        <Alert
          status="warning"
          icon
          title={t('plan.leftovers.warning', { count: leftovers.length })}
          description={t('plan.leftovers.hint')}
        />
        <Table
          columnConfig={columns}
          data={leftovers.map(leftover => ({ ...leftover, id: leftover.uid }))}
          pagination={{ type: 'none' }}
        />
      </Flex>
      {asking && (
        <ConfirmDialog
          title={t('plan.leftovers.confirmTitle', {
            object: objectText(asking.object),
          })}
          action={t('plan.leftovers.confirm')}
          failed={t('plan.leftovers.failed')}
          onConfirm={async () => {
            await api.removeLeftovers(cluster, { uids: [asking.uid] });
            await onRemoved();
          }}
          onClose={() => setAsking(undefined)}
        >
          <Text>{t('plan.leftovers.consequence')}</Text>
        </ConfirmDialog>
      )}
    </Section>
  );
}

function columnsOf(
  t: Translate,
  readOnly: string | undefined,
  onRemove: (leftover: UnconfirmedLeftover) => void,
): ColumnConfig<Row>[] {
  return [
    {
      id: 'object',
      label: t('plan.leftovers.column.object'),
      isRowHeader: true,
      cell: ({ object }) => (
        <Cell>
          <Text>{objectText(object)}</Text>
        </Cell>
      ),
    },
    {
      id: 'reason',
      label: t('plan.leftovers.column.reason'),
      cell: ({ reason }) => (
        <Cell>
          <Text>{reason}</Text>
        </Cell>
      ),
    },
    {
      id: 'remove',
      label: t('plan.leftovers.column.actions'),
      width: 120,
      cell: leftover => (
        <Cell>
          <ActionButton
            disabledReason={readOnly}
            variant="secondary"
            aria-label={t('plan.leftovers.removeLabel', {
              object: objectText(leftover.object),
            })}
            onPress={() => onRemove(leftover)}
          >
            {t('plan.leftovers.remove')}
          </ActionButton>
        </Cell>
      ),
    },
  ];
}
