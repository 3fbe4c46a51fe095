import { useMemo } from 'react';
import { Cell, ColumnConfig, Table, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ActivityEntry, ActivityOutcome } from '@berth/plugin-berth-common';
import useMeasure from 'react-use/esm/useMeasure';
import { Moment, ToneLabel, Translate, useText } from '../../kit';
import styles from './activity.module.css';
import { EntryDetails, FoldedTokens } from './EntryExpander';
import { EventGroups, EventTitle } from './EventDetails';
import { ActivityRow, foldTokens, unfolded } from './foldTokens';
import { ActivityPlace } from './useActivity';
import { activityTexts } from '../../texts/activity';

/** Below this width the time and the actor move into the cell of the event. */
const NARROW = 600;

const TONES = {
  Succeeded: 'success',
  Failed: 'danger',
  Started: 'pending',
} as const satisfies Record<ActivityOutcome, string>;

/** Shows entries, the latest first, with the tokens of a person in one row. Without entries, shows a skeleton. */
export function ActivityTable(props: {
  entries?: ActivityEntry[];
  /** The place of all entries. */
  place: ActivityPlace;
  /** Whether each token has a row of its own. */
  eachToken?: boolean;
}) {
  const { entries, place, eachToken = false } = props;
  const t = useText();
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  // While the width is unknown, nothing is hidden.
  const isNarrow = width > 0 && width < NARROW;
  const columns = useMemo(
    () => columnsOf(t, place, isNarrow),
    [t, place, isNarrow],
  );
  const rows = useMemo(
    () => entries && (eachToken ? unfolded : foldTokens)(entries),
    [entries, eachToken],
  );
  return (
    <div ref={ref}>
      <Table
        columnConfig={columns}
        data={rows}
        isPending={!entries}
        pagination={{ type: 'none' }}
      />
    </div>
  );
}

function columnsOf(
  t: Translate,
  place: ActivityPlace,
  isNarrow: boolean,
): ColumnConfig<ActivityRow>[] {
  return [
    {
      id: 'at',
      label: t('activity.column.at'),
      isHidden: isNarrow,
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
      isHidden: isNarrow,
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
      minWidth: 150,
      cell: row => (
        <Cell>
          {isNarrow && (
            <div className={styles.who}>
              <Moment at={row.entry.at} />
              <Actor actor={row.entry.actor} />
            </div>
          )}
          <Event row={row} place={place} />
        </Cell>
      ),
    },
    {
      id: 'outcome',
      label: t('activity.column.outcome'),
      defaultWidth: '2fr',
      minWidth: 110,
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

type SystemPart = keyof typeof activityTexts.activity.actor;

const PREFIX = 'system:';
const PARTS = Object.keys(activityTexts.activity.actor) as SystemPart[];

/** Returns whether the actor is the portal itself, not a person. */
export function isSystemActor(actor: string): boolean {
  return actor.startsWith(PREFIX);
}

/** Returns the name of the portal's part that acted. */
export function systemActorText(t: Translate, actor: string): string {
  const part = PARTS.find(one => `${PREFIX}${one}` === actor) ?? 'other';
  return t(`activity.actor.${part}`);
}
