import { Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { RiNotification3Line } from '@remixicon/react';
import { ObjectAddress, ObjectEvent } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { FoldingRow, FoldingTable } from '../../kit/FoldingTable';
import { Loaded, Moment, Notice, Section, ToneLabel, useText } from '../../kit';
import { usePolled } from '../../kit/query';
import styles from './object.module.css';

const INTERVAL = 10_000;

/** Shows the events of an object, grouped; of a workload also those of its pods. */
export function EventsTab({ address }: { address: ObjectAddress }) {
  const t = useText();
  const api = useApi(berthApiRef);
  const polled = usePolled({
    key: ['object', address, 'events'],
    load: () => api.listObjectEvents(address),
    every: INTERVAL,
  });
  return (
    <Loaded
      polled={polled}
      title={t('object.events.failed')}
      render={({ items }) =>
        items.length === 0 ? (
          <Notice icon={RiNotification3Line} title={t('object.events.none')}>
            <Text color="secondary">{t('object.events.noneHint')}</Text>
          </Notice>
        ) : (
          <Section title={t('object.events.title')}>
            <EventsTable address={address} events={items} />
          </Section>
        )
      }
    />
  );
}

function EventsTable(props: { address: ObjectAddress; events: ObjectEvent[] }) {
  const { address, events } = props;
  const t = useText();
  const column = {
    reason: t('object.events.reason'),
    type: t('object.events.type'),
    message: t('object.events.message'),
    count: t('object.events.count'),
    last: t('object.events.last'),
  };
  return (
    <FoldingTable columns={Object.values(column).map(label => ({ label }))}>
      {events.map(event => (
        <FoldingRow
          key={[event.kind, event.name, event.reason, event.message].join('/')}
          header={event.reason}
          cells={[
            {
              label: column.type,
              content:
                event.type === 'Warning' ? (
                  <ToneLabel tone="danger" text={t('object.events.warning')} />
                ) : (
                  t('object.events.normal')
                ),
            },
            {
              label: column.message,
              content: (
                <>
                  {event.message}
                  {(event.name !== address.name || event.source) && (
                    <Text as="p" variant="body-small" color="secondary">
                      {[
                        event.name !== address.name &&
                          `${event.kind} ${event.name}`,
                        event.source,
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </Text>
                  )}
                </>
              ),
            },
            { label: column.count, content: String(event.count) },
            {
              label: column.last,
              content: event.lastAt ? (
                <span className={styles.moment}>
                  <Moment at={event.lastAt} />
                </span>
              ) : (
                t('common.unknown')
              ),
            },
          ]}
        />
      ))}
    </FoldingTable>
  );
}
