import { useMemo } from 'react';
import { Cell, ColumnConfig, Table, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { PlannedChange, PlannedObject } from '@berth/plugin-berth-common';
import { ToneLabel, Translate, useText } from '../../../kit';
import styles from './plan.module.css';

const PAGE_SIZE = 50;

type Row = PlannedChange & { id: string };

/** Lists the planned changes by object, with the differences. */
export function PlannedChanges({ changes }: { changes: PlannedChange[] }) {
  const t = useText();
  const columns = useMemo(() => columnsOf(t), [t]);
  const rows = useMemo(
    () => changes.map((change, index) => ({ ...change, id: String(index) })),
    [changes],
  );
  return (
    <>
      <Table
        columnConfig={columns}
        data={rows.slice(0, PAGE_SIZE)}
        pagination={{ type: 'none' }}
      />
      {rows.length > PAGE_SIZE && (
        <Text color="secondary">
          {t('plan.more', { count: rows.length - PAGE_SIZE })}
        </Text>
      )}
    </>
  );
}

function columnsOf(t: Translate): ColumnConfig<Row>[] {
  return [
    {
      id: 'action',
      label: t('plan.column.action'),
      width: 230,
      cell: ({ action, held, leftover }) => (
        <Cell>
          <div className={styles.lines}>
            <ToneLabel
              tone={
                action === 'delete' || action === 'recreate'
                  ? 'danger'
                  : 'pending'
              }
              text={t(`plan.action.${action}`)}
            />
            {leftover && (
              <Text variant="body-small" color="secondary">
                {t('plan.leftoverRow')}
              </Text>
            )}
            {held && (
              <Text variant="body-small" color="secondary">
                {t('plan.heldRow')}
              </Text>
            )}
          </div>
        </Cell>
      ),
    },
    {
      id: 'object',
      label: t('plan.column.object'),
      isRowHeader: true,
      defaultWidth: '1.4fr',
      minWidth: 180,
      cell: ({ object, groups }) => (
        <Cell>
          <div className={styles.lines}>
            <Text>{objectText(object)}</Text>
            {groups.map(group => (
              <EntityRefLink
                key={group}
                entityRef={group}
                defaultKind="group"
                hideIcon
              />
            ))}
          </div>
        </Cell>
      ),
    },
    {
      id: 'differences',
      label: t('plan.column.differences'),
      defaultWidth: '2fr',
      minWidth: 240,
      cell: ({ differences }) => (
        <Cell>
          <ul className={styles.differences}>
            {differences.map(({ field, planned, actual }) => (
              <li key={field}>
                <code>{field}</code>
                <div className={styles.actual}>
                  − {actual ?? t('plan.missing')}
                </div>
                <div className={styles.planned}>
                  + {planned === 'null' ? t('plan.missing') : planned}
                </div>
              </li>
            ))}
          </ul>
        </Cell>
      ),
    },
  ];
}

/** Writes an object in kubectl's notation. */
export function objectText({ kind, namespace, name }: PlannedObject): string {
  return namespace ? `${kind} ${namespace}/${name}` : `${kind} ${name}`;
}
