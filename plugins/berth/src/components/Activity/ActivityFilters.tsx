import { useEffect, useState } from 'react';
import { SearchField, Select } from '@backstage/ui';
import { useText } from '../common';
import styles from './activity.module.css';
import { ActivityChoice, OUTCOMES, PERIODS } from './activityFilter';
import { Activity } from './useActivity';

const PAUSE = 400;

/** By whom, what, how it ended and since when. */
export function ActivityFilters({ activity }: { activity: Activity }) {
  const { choice, change } = activity;
  const t = useText();
  return (
    <div className={styles.filters} role="search">
      <TypedFilter
        label={t('activity.filter.actor')}
        placeholder={t('activity.column.actor')}
        value={choice.actor}
        onChange={actor => change({ actor })}
      />
      <TypedFilter
        label={t('activity.filter.event')}
        placeholder={t('activity.column.event')}
        value={choice.event}
        onChange={event => change({ event })}
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

/** Filters when typing pauses, so that not every letter is asked for. */
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
