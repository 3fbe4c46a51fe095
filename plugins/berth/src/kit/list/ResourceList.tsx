import { ReactNode } from 'react';
import { Button, TableItem, Text } from '@backstage/ui';
import { RiSearchLine } from '@remixicon/react';
import { Notice, ProblemNotice, RefreshControl, StaleAlert } from '../notices';
import { Polled } from '../query';
import { Paging, Sort } from './listQuery';
import { ResourceTable, ResourceTableProps } from './ResourceTable';
import styles from './list.module.css';

/**
 * A list of resources: its filters and how fresh it is, then its table, or why there is none. A failed refresh
 * keeps the rows that are known, with a warning.
 */
export function ResourceList<
  Row extends TableItem,
  Query extends Paging & { sort?: Sort },
>(
  props: ResourceTableProps<Row, Query> & {
    /** What the rows come from. */
    polled: Polled<unknown>;
    /** Fetches what failed, where that is more than `polled`. */
    onRetry?: () => void;
    /** Search and filters. */
    filters: ReactNode;
    /** Above the filters, such as warnings. */
    banner?: ReactNode;
    /** Between the filters and the table. */
    note?: ReactNode;
    /** In place of the filters and the table, where nothing exists that could be filtered. */
    empty?: ReactNode;
    /** In place of the table, where the filters leave nothing. */
    noMatch: ReactNode;
    /** Keeps the filters where there are no rows, since they choose between lists. */
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

/** Resources exist, but the search and the filters leave none. */
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
