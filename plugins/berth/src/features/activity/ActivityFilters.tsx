import { useState } from 'react';
import { Select, Button, Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ActivityExportFormat } from '@berth/plugin-berth-common';
import { RiDownloadLine } from '@remixicon/react';
import { UserPicker, GroupPicker } from '../../kit/pickers';
import {
  ClusterFilter,
  ListSearch,
  useText,
  saveFile,
  useNotify,
} from '../../kit';
import styles from './activity.module.css';
import {
  ActivityChoice,
  ActivityPlace,
  actorRefOf,
  OUTCOMES,
  PERIODS,
  filterOf,
} from './activityQuery';
import { EVENTS, eventText } from './EventDetails';
import { berthApiRef } from '../../api';
import { problemOf } from '../../kit/format';

const ANY = 'any';

/** Filters by person, event, outcome and period, and by place unless the page is about one. */
export function ActivityFilters(props: {
  choice: ActivityChoice;
  onChange: (change: Partial<ActivityChoice>) => void;
  place: ActivityPlace;
}) {
  const { choice, onChange, place } = props;
  const t = useText();
  return (
    <div className={styles.filters} role="search">
      <UserPicker
        className={styles.filter}
        label={t('activity.filter.actor')}
        hideLabel
        placeholder={t('activity.filter.anyActor')}
        value={actorRefOf(choice.actor) || undefined}
        onChange={actor => onChange({ actor: actor ?? '' })}
      />
      {!place.cluster && <PlaceFilters choice={choice} onChange={onChange} />}
      <Select
        className={styles.filter}
        aria-label={t('activity.filter.event')}
        search
        value={choice.event || ANY}
        onChange={key => onChange({ event: key === ANY ? '' : String(key) })}
        options={[
          { id: ANY, label: t('activity.filter.anyEvent') },
          ...eventsWith(choice.event).map(id => ({
            id,
            label: eventText(t, id),
          })),
        ]}
      />
      <Select
        className={styles.filter}
        aria-label={t('activity.filter.outcome')}
        value={choice.outcome}
        onChange={outcome =>
          onChange({ outcome: outcome as ActivityChoice['outcome'] })
        }
        options={[
          { id: 'any', label: t('activity.filter.anyOutcome') },
          ...OUTCOMES.map(id => ({ id, label: t(`activity.outcome.${id}`) })),
        ]}
      />
      <Select
        className={styles.filter}
        aria-label={t('activity.filter.period')}
        value={choice.period}
        onChange={period =>
          onChange({ period: period as ActivityChoice['period'] })
        }
        options={PERIODS.map(id => ({
          id,
          label: t(`activity.period.${id}`),
        }))}
      />
    </div>
  );
}

/** Filters by group, cluster and namespace. */
function PlaceFilters(props: {
  choice: ActivityChoice;
  onChange: (change: Partial<ActivityChoice>) => void;
}) {
  const { choice, onChange } = props;
  const t = useText();
  return (
    <>
      <GroupPicker
        className={styles.filter}
        label={t('activity.filter.group')}
        hideLabel
        placeholder={t('activity.filter.anyGroup')}
        value={choice.group || undefined}
        onChange={group => onChange({ group: group ?? '' })}
      />
      <ClusterFilter
        className={styles.filter}
        value={choice.cluster}
        onChange={cluster => onChange({ cluster })}
      />
      <ListSearch
        className={styles.filter}
        label={t('activity.filter.namespace')}
        value={choice.namespace}
        onChange={namespace => onChange({ namespace })}
      />
    </>
  );
}

/** Returns the events to choose from. An address may ask for an event without a text. */
function eventsWith(chosen: string): string[] {
  const isKnown = !chosen || EVENTS.some(one => one === chosen);
  return isKnown ? [...EVENTS] : [...EVENTS, chosen];
}

const FORMATS: ActivityExportFormat[] = ['csv', 'jsonl'];

/** Saves all entries that match the filter, not only the current page. */
export function ExportButtons(props: {
  place: ActivityPlace;
  choice: ActivityChoice;
}) {
  const { place } = props;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const [saving, setSaving] = useState<ActivityExportFormat>();

  const save = async (format: ActivityExportFormat) => {
    setSaving(format);
    try {
      const filter = { ...filterOf(props.choice, Date.now()), ...place };
      const name = [place.cluster ?? 'berth', place.namespace, 'activity'];
      saveFile(
        await api.exportActivity(filter, format),
        `${name.filter(Boolean).join('-')}.${format}`,
      );
    } catch (error) {
      notify({
        message: t('activity.exportFailed', {
          message: problemOf(error).message,
        }),
        failed: true,
      });
    }
    setSaving(undefined);
  };

  return (
    <Flex gap="1">
      {FORMATS.map(format => (
        <Button
          key={format}
          variant="secondary"
          iconStart={<RiDownloadLine />}
          isPending={saving === format}
          aria-label={t('activity.exportLabel', {
            format: t(`activity.format.${format}`),
          })}
          onPress={() => save(format)}
        >
          {t(`activity.format.${format}`)}
        </Button>
      ))}
    </Flex>
  );
}
