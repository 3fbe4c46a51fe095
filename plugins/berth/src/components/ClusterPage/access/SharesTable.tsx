import { useMemo } from 'react';
import {
  ButtonIcon,
  Cell,
  ColumnConfig,
  Flex,
  Table,
  Text,
  Tooltip,
  TooltipTrigger,
} from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Share } from '@berth/plugin-berth-common';
import { RiDeleteBinLine } from '@remixicon/react';
import { groupName } from '../../../format';
import { Moment, ShareStateLabel, Translate, useText } from '../../common';
import styles from '../ClusterPage.module.css';

type Row = Share & { id: string };

/** The groups that a cluster is shared with, failed ones first. */
export function SharesTable(props: {
  shares: Share[];
  /** Without it, nothing can be removed. */
  onRemove?: (share: Share) => void;
}) {
  const { shares, onRemove } = props;
  const t = useText();
  const columns = useMemo(() => columnsOf(t, onRemove), [t, onRemove]);
  const rows = useMemo(
    () =>
      shares
        .map(share => ({ ...share, id: share.group }))
        .sort(
          (a, b) =>
            Number(b.state === 'Failed') - Number(a.state === 'Failed') ||
            a.group.localeCompare(b.group),
        ),
    [shares],
  );
  return (
    <Table
      columnConfig={columns}
      data={rows}
      pagination={{ type: 'none' }}
      emptyState={<Text color="secondary">{t('access.empty')}</Text>}
    />
  );
}

function columnsOf(
  t: Translate,
  onRemove?: (share: Share) => void,
): ColumnConfig<Row>[] {
  return [
    {
      id: 'group',
      label: t('access.column.group'),
      isRowHeader: true,
      defaultWidth: '1.2fr',
      minWidth: 140,
      cell: ({ group }) => (
        <Cell>
          <EntityRefLink entityRef={group} defaultKind="group" />
        </Cell>
      ),
    },
    {
      id: 'kubernetesName',
      label: t('access.column.kubernetesName'),
      minWidth: 130,
      cell: ({ kubernetesName }) => <NameCell name={kubernetesName} />,
    },
    {
      id: 'namespace',
      label: t('access.column.namespace'),
      minWidth: 130,
      cell: ({ namespace }) => <NameCell name={namespace} />,
    },
    {
      id: 'state',
      label: t('access.column.state'),
      defaultWidth: '2fr',
      minWidth: 220,
      cell: share => <StateCell share={share} />,
    },
    {
      id: 'remove',
      label: t('access.column.actions'),
      isHidden: !onRemove,
      width: 90,
      cell: share => (
        <Cell>
          <TooltipTrigger>
            <ButtonIcon
              variant="secondary"
              icon={<RiDeleteBinLine />}
              aria-label={t('access.remove.label', {
                group: groupName(share.group),
              })}
              onPress={() => onRemove?.(share)}
            />
            <Tooltip>
              {t('access.remove.label', {
                group: groupName(share.group),
              })}
            </Tooltip>
          </TooltipTrigger>
        </Cell>
      ),
    },
  ];
}

function NameCell({ name }: { name: string }) {
  return (
    <Cell>
      <Text variant="body-medium" truncate title={name}>
        {name}
      </Text>
    </Cell>
  );
}

function StateCell({ share }: { share: Share }) {
  const t = useText();
  const { state, cause, message, since, nextTryAt } = share;
  return (
    <Cell>
      <Flex direction="column" gap="1">
        <span>
          <ShareStateLabel state={state} />{' '}
          <Text variant="body-small" color="secondary">
            {t('state.since', { time: <Moment at={since} display="clock" /> })}
          </Text>
        </span>
        {state === 'Pending' && !message && (
          <Text variant="body-small" color="secondary">
            {t('access.pending')}
          </Text>
        )}
        {message && (
          <Text
            variant="body-small"
            color="secondary"
            className={styles.message}
          >
            {cause ? t('state.cause', { cause, message }) : message}
          </Text>
        )}
        {nextTryAt && (
          <Text variant="body-small" color="secondary">
            {t('access.nextTry', { when: <Moment at={nextTryAt} /> })}
          </Text>
        )}
      </Flex>
    </Cell>
  );
}
