import { useEffect, useRef, useState } from 'react';
import { TextField } from '@backstage/ui';
import useDebounce from 'react-use/esm/useDebounce';
import { useText } from '../../../kit';
import { PlaceFilters, Several, StatusFilter } from '../../../kit/listing';
import { selectorProblem } from '../labelSelector';
import { ResourcesQuery } from '../resourcesQuery';
import { Column } from '../rows/layout';
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
  return (
    <>
      <PlaceFilters
        searchLabel={t('resources.filter.search')}
        query={query}
        onQueryChange={onQueryChange}
        clusters={choices.clusters}
        namespaces={isNamespaced ? choices.namespaces : undefined}
      />
      {!(props.hasNoStatus && query.status === '') && (
        <StatusFilter
          value={query.status}
          onChange={status => onQueryChange({ status })}
          problems={choices.problems}
          states={choices.statuses.map(([status, count]) => ({
            id: status,
            label: status,
            count,
          }))}
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
