import { Select } from '@backstage/ui';
import { useText } from '../useText';
import styles from './listing.module.css';
import { PROBLEMS } from './placesQuery';

const ALL = 'all';

/** Filters by a word about the state of a row, or by whether a row has a problem. */
export function StatusFilter(props: {
  /** Empty for all rows. */
  value: string;
  onChange: (status: string) => void;
  /** The number of rows with a problem. */
  problems: number;
  states: readonly { id: string; label: string; count: number }[];
}) {
  const { value, onChange, problems, states } = props;
  const t = useText();
  const counted = (label: string, number: number) =>
    t('resources.filter.counted', { label, number: String(number) });
  const isKnown =
    value === PROBLEMS || states.some(state => state.id === value);
  return (
    <Select
      className={styles.filter}
      aria-label={t('resources.filter.status')}
      value={value || ALL}
      onChange={key => onChange(key === ALL ? '' : String(key))}
      options={[
        { id: ALL, label: t('resources.filter.anyStatus') },
        {
          id: PROBLEMS,
          label: counted(t('resources.filter.problems'), problems),
        },
        ...states.map(({ id, label, count }) => ({
          id,
          label: counted(label, count),
        })),
        ...(value && !isKnown ? [{ id: value, label: value }] : []),
      ]}
    />
  );
}
