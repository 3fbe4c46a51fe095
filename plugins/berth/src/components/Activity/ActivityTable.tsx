import { useMemo } from 'react';
import { Cell, ColumnConfig, Table, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ActivityEntry, ActivityOutcome } from '@berth/plugin-berth-common';
import { Moment, ToneLabel, Translate, useText } from '../common';
import styles from './activity.module.css';

const TONES = {
  Succeeded: 'success',
  Failed: 'danger',
  Started: 'pending',
} as const satisfies Record<ActivityOutcome, string>;

/** Entries, the latest first. Without any, their skeleton. */
export function ActivityTable({ entries }: { entries?: ActivityEntry[] }) {
  const t = useText();
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <Table
      columnConfig={columns}
      data={entries}
      isPending={!entries}
      pagination={{ type: 'none' }}
    />
  );
}

function columnsOf(t: Translate): ColumnConfig<ActivityEntry>[] {
  return [
    {
      id: 'at',
      label: t('activity.column.at'),
      defaultWidth: '1fr',
      minWidth: 120,
      cell: ({ at }) => (
        <Cell>
          <Text variant="body-small">
            <Moment at={at} />
          </Text>
        </Cell>
      ),
    },
    {
      id: 'actor',
      label: t('activity.column.actor'),
      defaultWidth: '1fr',
      minWidth: 130,
      cell: ({ actor }) => (
        <Cell>
          <Actor actor={actor} />
        </Cell>
      ),
    },
    {
      id: 'event',
      label: t('activity.column.event'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 180,
      cell: entry => (
        <Cell>
          <Event entry={entry} />
        </Cell>
      ),
    },
    {
      id: 'outcome',
      label: t('activity.column.outcome'),
      defaultWidth: '2fr',
      minWidth: 160,
      cell: ({ outcome, error }) => (
        <Cell>
          <div className={styles.lines}>
            <ToneLabel
              tone={TONES[outcome]}
              text={t(`activity.outcome.${outcome}`)}
            />
            {error && (
              <Text variant="body-small" color="secondary">
                {error}
              </Text>
            )}
          </div>
        </Cell>
      ),
    },
  ];
}

function Actor({ actor }: { actor: string }) {
  return actor.startsWith('user:') ? (
    <EntityRefLink entityRef={actor} defaultKind="user" hideIcon />
  ) : (
    <Text>{actor}</Text>
  );
}

function Event({ entry }: { entry: ActivityEntry }) {
  const t = useText();
  const { event, namespace, groups, jti } = entry;
  return (
    <div className={styles.lines}>
      <Text>{event}</Text>
      {namespace && (
        <Text variant="body-small" color="secondary">
          {t('activity.inNamespace', { namespace })}
        </Text>
      )}
      {groups.length > 0 && (
        <span className={styles.groups}>
          {groups.map(group => (
            <EntityRefLink
              key={group}
              entityRef={group}
              defaultKind="group"
              hideIcon
            />
          ))}
        </span>
      )}
      {jti && (
        <Text variant="body-x-small" color="secondary">
          {t('activity.jti', { jti })}
        </Text>
      )}
    </div>
  );
}
