import { ReactNode } from 'react';
import { Button, TableItem, Text } from '@backstage/ui';
import { RiSearchLine } from '@remixicon/react';
import { fieldProblemsOf } from '../format';
import { Notice, ProblemNotice, RefreshControl, StaleAlert } from '../notices';
import { Polled } from '../query';
import { FIRST_PAGE, ListPage, Paging, Sort } from './listQuery';
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
    /** Buttons for all rows that match. */
    actions?: ReactNode;
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
    actions,
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
        {actions}
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

  function toFirstPage() {
    const change: Partial<Paging> = { cursor: FIRST_PAGE.cursor };
    table.onQueryChange(change as Partial<Query>);
  }

  function content() {
    const { error, refreshing } = polled;
    // A cursor in an old URL may not fit the list any more.
    const isForeignCursor = fieldProblemsOf(error).some(
      ({ path }) => path.join() === 'cursor',
    );
    const isFailed = Boolean(error) && !table.page;
    if (isFailed || empty) {
      return (
        <>
          {keepFilters && toolbar}
          {empty || (
            <ProblemNotice
              error={error}
              onRetry={isForeignCursor ? toFirstPage : onRetry}
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
        {isNothing(table.page) ? noMatch : <ResourceTable {...table} />}
      </>
    );
  }
}

/** Returns whether a list has no rows on any page. */
function isNothing(page?: ListPage<unknown>): boolean {
  return page?.items.length === 0 && !page.next && !page.previous;
}

/** Explains that no resource matches the search and the filters. */
export function NoMatch(props: {
  title: string;
  description?: string;
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
      {description && <Text color="secondary">{description}</Text>}
    </Notice>
  );
}
