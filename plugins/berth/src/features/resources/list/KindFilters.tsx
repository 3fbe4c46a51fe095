import { useEffect, useRef, useState } from 'react';
import { Select, TextField } from '@backstage/ui';
import useDebounce from 'react-use/esm/useDebounce';
import { ListSearch, useText } from '../../../kit';
import { Several } from '../../../kit/listing';
import { selectorProblem } from '../labelSelector';
import { ResourcesQuery } from '../resourcesQuery';
import { Column } from '../rows/layout';
import { PROBLEMS } from '../rows/select';
import styles from './KindList.module.css';

/** What a person can filter by. */
export interface FilterChoices {
  clusters: readonly string[];
  namespaces: readonly string[];
  problems: number;
  /** The states of the rows that match the other filters, with their numbers. */
  statuses: readonly [status: string, count: number][];
  /** Columns that a person can add. */
  columns: readonly Column[];
}

const ALL = 'all';

/** The search and the filters of a list of objects. */
export function KindFilters(props: {
  query: ResourcesQuery;
  onQueryChange: (change: Partial<ResourcesQuery>) => void;
  choices: FilterChoices;
  /** Whether another page chooses the label selector. */
  hasFixedLabels: boolean;
  isNamespaced: boolean;
  /** Whether all rows are known, and none of them has a status. */
  hasNoStatus: boolean;
}) {
  const { query, onQueryChange, choices, hasFixedLabels, isNamespaced } = props;
  const t = useText();
  const statuses = choices.statuses.map(([status, count]) => ({
    id: status,
    label: t('resources.filter.counted', {
      label: status,
      number: String(count),
    }),
  }));
  const isKnown =
    query.status === PROBLEMS || statuses.some(({ id }) => id === query.status);
  return (
    <>
      <ListSearch
        className={styles.search}
        label={t('resources.filter.search')}
        value={query.search}
        onChange={search => onQueryChange({ search })}
      />
      <Several
        label={t('resources.filter.clusters')}
        placeholder={t('clusterFilter.all')}
        names={choices.clusters}
        chosen={query.clusters}
        onChange={clusters => onQueryChange({ clusters })}
      />
      {isNamespaced && (
        <Several
          label={t('resources.filter.namespaces')}
          placeholder={t('resources.filter.allNamespaces')}
          names={choices.namespaces}
          chosen={query.namespaces}
          onChange={namespaces => onQueryChange({ namespaces })}
        />
      )}
      {!(props.hasNoStatus && query.status === '') && (
        <Select
          className={styles.filter}
          aria-label={t('resources.filter.status')}
          value={query.status || ALL}
          onChange={key =>
            onQueryChange({ status: key === ALL ? '' : String(key) })
          }
          options={[
            { id: ALL, label: t('resources.filter.anyStatus') },
            {
              id: PROBLEMS,
              label: t('resources.filter.counted', {
                label: t('resources.filter.problems'),
                number: String(choices.problems),
              }),
            },
            ...statuses,
            ...(query.status && !isKnown
              ? [{ id: query.status, label: query.status }]
              : []),
          ]}
        />
      )}
      {!hasFixedLabels && (
        <LabelFilter
          value={query.labels}
          onChange={labels => onQueryChange({ labels })}
        />
      )}
      {choices.columns.length > 0 && (
        <Several
          label={t('resources.filter.columns')}
          placeholder={t('resources.filter.columns')}
          names={choices.columns.map(({ name }) => name)}
          chosen={query.columns}
          onChange={columns => onQueryChange({ columns })}
        />
      )}
    </>
  );
}

const PAUSE = 400;

/** Filters by a label selector, which is checked as a person types. */
function LabelFilter(props: {
  value: string;
  onChange: (labels: string) => void;
}) {
  const { value, onChange } = props;
  const t = useText();
  const [typed, setTyped] = useState(value);
  const reported = useRef(value);
  useEffect(() => {
    if (value !== reported.current) {
      reported.current = value;
      setTyped(value);
    }
  }, [value]);
  const problem = selectorProblem(typed);
  useDebounce(
    () => {
      if (!problem && typed !== reported.current) {
        reported.current = typed;
        onChange(typed);
      }
    },
    PAUSE,
    [typed],
  );
  return (
    <TextField
      className={styles.labels}
      size="small"
      aria-label={t('resources.filter.labels')}
      placeholder={t('resources.filter.labelsExample')}
      value={typed}
      onChange={setTyped}
      validationBehavior="aria"
      validate={() =>
        problem &&
        t(`resources.selector.${problem.rule}`, { part: problem.part })
      }
    />
  );
}
