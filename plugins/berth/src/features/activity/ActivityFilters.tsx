import { useEffect, useState } from 'react';
import { SearchField, Select, Button, Flex } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ActivityExportFormat } from '@berth/plugin-berth-common';
import { RiDownloadLine } from '@remixicon/react';
import { UserPicker, GroupPicker } from '../../kit/pickers';
import { ClusterFilter, useText, saveFile, useNotify } from '../../kit';
import styles from './activity.module.css';
import {
  ActivityChoice,
  actorRefOf,
  OUTCOMES,
  PERIODS,
  filterOf,
} from './activityFilter';
import { EVENTS, eventText } from './EventDetails';
import { Activity, ActivityPlace } from './useActivity';
import { berthApiRef } from '../../api';
import { problemOf } from '../../kit/format';

const PAUSE = 400;
const ANY = 'any';

/** Filters by person, event, outcome and period, and by place unless the page is about one. */
export function ActivityFilters(props: {
  activity: Activity;
  place: ActivityPlace;
}) {
  const { activity, place } = props;
  const { choice, change } = activity;
  const t = useText();
  return (
    <div className={styles.filters} role="search">
      <UserPicker
        className={styles.filter}
        label={t('activity.filter.actor')}
        hideLabel
        placeholder={t('activity.filter.anyActor')}
        value={actorRefOf(choice.actor) || undefined}
        onChange={actor => change({ actor: actor ?? '' })}
      />
      {!place.cluster && <PlaceFilters activity={activity} />}
      <Select
        className={styles.filter}
        aria-label={t('activity.filter.event')}
        search
        value={choice.event || ANY}
        onChange={key => change({ event: key === ANY ? '' : String(key) })}
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
          change({ outcome: outcome as ActivityChoice['outcome'] })
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
          change({ period: period as ActivityChoice['period'] })
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
function PlaceFilters({ activity }: { activity: Activity }) {
  const { choice, change } = activity;
  const t = useText();
  return (
    <>
      <GroupPicker
        className={styles.filter}
        label={t('activity.filter.group')}
        hideLabel
        placeholder={t('activity.filter.anyGroup')}
        value={choice.group || undefined}
        onChange={group => change({ group: group ?? '' })}
      />
      <ClusterFilter
        className={styles.filter}
        value={choice.cluster}
        onChange={cluster => change({ cluster })}
      />
      <TypedFilter
        label={t('activity.filter.namespace')}
        placeholder={t('activity.filter.namespace')}
        value={choice.namespace}
        onChange={namespace => change({ namespace })}
      />
    </>
  );
}

/** Returns the events to choose from. An address may ask for an event without a text. */
function eventsWith(chosen: string): string[] {
  const isKnown = !chosen || EVENTS.some(one => one === chosen);
  return isKnown ? [...EVENTS] : [...EVENTS, chosen];
}

/** Filters when a person pauses, so that not every letter causes a request. */
function TypedFilter(props: {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, placeholder, value, onChange } = props;
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [onChange, typed, value]);
  return (
    <SearchField
      className={styles.filter}
      aria-label={label}
      placeholder={placeholder}
      value={typed}
      onChange={setTyped}
    />
  );
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
