import { ReactNode } from 'react';
import { Button, TableItem, Text } from '@backstage/ui';
import { RiSearchLine } from '@remixicon/react';
import { Notice, ProblemNotice, RefreshControl, StaleAlert } from '../notices';
import { Polled } from '../query';
import { Paging, Sort } from './listQuery';
import { ResourceTable, ResourceTableProps } from './ResourceTable';
import styles from './list.module.css';

/**
 * A list of resources: its filters and the time of its data, then its table, or why there is none. A failed
 * refresh keeps the known rows, with a warning.
 */
export function ResourceList<
  Row extends TableItem,
  Query extends Paging & { sort?: Sort },
>(
  props: ResourceTableProps<Row, Query> & {
    /** The data of the rows. */
    polled: Polled<unknown>;
    /** Fetches the failed data, if that is more than `polled`. */
    onRetry?: () => void;
    /** The search and the filters. */
    filters: ReactNode;
    /** Shown above the filters, such as warnings. */
    banner?: ReactNode;
    /** Shown between the filters and the table. */
    note?: ReactNode;
    /** Replaces the filters and the table if there is nothing to filter. */
    empty?: ReactNode;
    /** Replaces the table if nothing matches the filters. */
    noMatch: ReactNode;
    /** Keeps the filters without rows, because they choose between lists. */
    keepFilters?: boolean;
  },
) {
  const {
    polled,
    onRetry = props.polled.refresh,
    filters,
    banner,
    note,
    empty,
    noMatch,
    keepFilters,
    ...table
  } = props;
  const toolbar = (
    <div className={styles.toolbar}>
      {filters}
      <div className={styles.end}>
        <RefreshControl polled={polled} />
      </div>
    </div>
  );
  return (
    <>
      <StaleAlert polled={polled} />
      {banner}
      {content()}
    </>
  );

  function content() {
    const { error, refreshing } = polled;
    const isFailed = Boolean(error) && !table.page;
    if (isFailed || empty) {
      return (
        <>
          {keepFilters && toolbar}
          {empty || (
            <ProblemNotice
              error={error}
              onRetry={onRetry}
              retrying={refreshing}
            />
          )}
        </>
      );
    }
    return (
      <>
        {toolbar}
        {note}
        {table.page?.totalItems === 0 ? noMatch : <ResourceTable {...table} />}
      </>
    );
  }
}

/** Explains that no resource matches the search and the filters. */
export function NoMatch(props: {
  title: string;
  description: string;
  clear: string;
  onClear: () => void;
}) {
  const { title, description, clear, onClear } = props;
  return (
    <Notice
      role="status"
      icon={RiSearchLine}
      title={title}
      actions={
        <Button variant="secondary" onPress={onClear}>
          {clear}
        </Button>
      }
    >
      <Text color="secondary">{description}</Text>
    </Notice>
  );
}
