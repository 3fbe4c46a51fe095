import { useMemo } from 'react';
import { Cell, ColumnConfig, Table, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ActivityEntry, ActivityOutcome } from '@berth/plugin-berth-common';
import { Moment, ToneLabel, Translate, useText } from '../common';
import styles from './activity.module.css';
import { EventGroups, EventTitle } from './EventDetails';
import { isSystemActor, systemActorText } from './systemActors';
import { ActivityPlace } from './useActivity';

const TONES = {
  Succeeded: 'success',
  Failed: 'danger',
  Started: 'pending',
} as const satisfies Record<ActivityOutcome, string>;

/** Entries, the latest first. Without any, their skeleton. */
export function ActivityTable(props: {
  entries?: ActivityEntry[];
  /** Where all of it happened. */
  place: ActivityPlace;
}) {
  const { entries, place } = props;
  const t = useText();
  const columns = useMemo(() => columnsOf(t, place), [t, place]);
  return (
    <Table
      columnConfig={columns}
      data={entries}
      isPending={!entries}
      pagination={{ type: 'none' }}
    />
  );
}

function columnsOf(
  t: Translate,
  place: ActivityPlace,
): ColumnConfig<ActivityEntry>[] {
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
          <Event entry={entry} place={place} />
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

function Event(props: { entry: ActivityEntry; place: ActivityPlace }) {
  const { place } = props;
  const { jti } = props.entry;
  const t = useText();
  const cluster = place.cluster ? undefined : props.entry.cluster;
  const namespace = place.namespace ? undefined : props.entry.namespace;
  return (
    <div className={styles.lines}>
      <EventTitle entry={props.entry} />
      {(namespace || cluster) && (
        <Text variant="body-small" color="secondary">
          {where()}
        </Text>
      )}
      <EventGroups entry={props.entry} />
      {jti && (
        <Text variant="body-x-small" color="secondary">
          {t('activity.jti', { jti })}
        </Text>
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
