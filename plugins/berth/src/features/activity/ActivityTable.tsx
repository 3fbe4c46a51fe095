import { useMemo } from 'react';
import { Cell, ColumnConfig, Table, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ActivityEntry, ActivityOutcome } from '@berth/plugin-berth-common';
import { Moment, ToneLabel, Translate, useText } from '../../kit';
import styles from './activity.module.css';
import { EntryDetails, FoldedTokens } from './EntryExpander';
import { EventGroups, EventTitle } from './EventDetails';
import { ActivityRow, foldTokens, unfolded } from './foldTokens';
import { isSystemActor, systemActorText } from './systemActors';
import { ActivityPlace } from './useActivity';

const TONES = {
  Succeeded: 'success',
  Failed: 'danger',
  Started: 'pending',
} as const satisfies Record<ActivityOutcome, string>;

/** Entries, the latest first, with the tokens of a person in one row. Without any, their skeleton. */
export function ActivityTable(props: {
  entries?: ActivityEntry[];
  /** Where all of it happened. */
  place: ActivityPlace;
  /** Whether each token has a row of its own. */
  eachToken?: boolean;
}) {
  const { entries, place, eachToken = false } = props;
  const t = useText();
  const columns = useMemo(() => columnsOf(t, place), [t, place]);
  const rows = useMemo(
    () => entries && (eachToken ? unfolded : foldTokens)(entries),
    [entries, eachToken],
  );
  return (
    <Table
      columnConfig={columns}
      data={rows}
      isPending={!entries}
      pagination={{ type: 'none' }}
    />
  );
}

function columnsOf(
  t: Translate,
  place: ActivityPlace,
): ColumnConfig<ActivityRow>[] {
  return [
    {
      id: 'at',
      label: t('activity.column.at'),
      defaultWidth: '1fr',
      minWidth: 120,
      cell: ({ entry: { at } }) => (
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
      cell: ({ entry: { actor } }) => (
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
      cell: row => (
        <Cell>
          <Event row={row} place={place} />
        </Cell>
      ),
    },
    {
      id: 'outcome',
      label: t('activity.column.outcome'),
      defaultWidth: '2fr',
      minWidth: 160,
      cell: ({ entry: { outcome, error } }) => (
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
  const t = useText();
  if (actor.startsWith('user:')) {
    return <EntityRefLink entityRef={actor} defaultKind="user" hideIcon />;
  }
  return isSystemActor(actor) ? (
    <Text title={actor}>{systemActorText(t, actor)}</Text>
  ) : (
    <Text>{actor}</Text>
  );
}

function Event(props: { row: ActivityRow; place: ActivityPlace }) {
  const { row, place } = props;
  const { entry, entries } = row;
  const isFolded = entries.length > 1;
  const t = useText();
  const cluster = place.cluster ? undefined : entry.cluster;
  const namespace = place.namespace ? undefined : entry.namespace;
  return (
    <div className={styles.lines}>
      {isFolded ? (
        <Text title={entry.event}>
          {t('activity.tokens', { count: entries.length })}
        </Text>
      ) : (
        <EventTitle entry={entry} />
      )}
      {(namespace || cluster) && (
        <Text variant="body-small" color="secondary">
          {where()}
        </Text>
      )}
      <EventGroups entry={entry} />
      {!isFolded && entry.jti && (
        <Text variant="body-x-small" color="secondary">
          {t('activity.jti', { jti: entry.jti })}
        </Text>
      )}
      {isFolded ? (
        <FoldedTokens entries={entries} />
      ) : (
        <EntryDetails entry={entry} />
      )}
    </div>
  );

  function where(): string {
    if (namespace && cluster) {
      return t('activity.inNamespaceOn', { namespace, cluster });
    }
    return namespace
      ? t('activity.inNamespace', { namespace })
      : t('activity.onCluster', { cluster: cluster ?? '' });
  }
}
