import { Cell, ColumnConfig, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ActivityOutcome } from '@berth/plugin-berth-common';
import { Moment, ToneLabel, Translate, useText } from '../../kit';
import styles from './activity.module.css';
import {
  EntryDetails,
  EventGroups,
  EventTitle,
  FoldedTokens,
} from './EventDetails';
import { ActivityRow } from './foldTokens';
import { ActivityPlace } from './activityQuery';
import { activityTexts } from '../../texts/activity';

/** Below this width the time and the actor move into the cell of the event. */
export const ACTIVITY_BREAKPOINTS = [600];

const TONES = {
  Succeeded: 'success',
  Failed: 'danger',
  Started: 'pending',
} as const satisfies Record<ActivityOutcome, string>;

/** Returns the columns of the activity of a place. */
export function activityColumns(
  t: Translate,
  fitting: number,
  place: ActivityPlace,
): ColumnConfig<ActivityRow>[] {
  const isNarrow = fitting === 0;
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
