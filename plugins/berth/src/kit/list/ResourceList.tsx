import { ReactNode } from 'react';
import { Button, TableItem, Text } from '@backstage/ui';
import { RiSearchLine } from '@remixicon/react';
import { fieldProblemsOf } from '../format';
import { Notice, ProblemNotice, RefreshControl, StaleAlert } from '../notices';
import { Polled } from '../query';
import { FIRST_PAGE, ListPage, Paging, Sort } from './listQuery';
import { ResourceTable, ResourceTableProps } from './ResourceTable';
import styles from './list.module.css';

/** What surrounds the table of a list. */
export interface ListFrameProps {
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
}

/**
 * The filters of a list and the time of its data, then its table, or why there is none. A failed refresh keeps the
 * known rows, with a warning.
 */
export function ListFrame(
  props: ListFrameProps & {
    /** Whether there are rows to show, even if the last attempt failed. */
    hasRows: boolean;
    /** Whether no row matches the filters. */
    isNothing: boolean;
    /** The table. */
    children: ReactNode;
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
    hasRows,
    isNothing,
    children,
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

  function content() {
    const { error, refreshing } = polled;
    const isFailed = Boolean(error) && !hasRows;
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
        {isNothing ? noMatch : children}
      </>
    );
  }
}

/** A list of resources, in pages. */
export function ResourceList<
  Row extends TableItem,
  Query extends Paging & { sort?: Sort },
>(props: ResourceTableProps<Row, Query> & ListFrameProps) {
  const { polled, onRetry, page, onQueryChange } = props;
  // A cursor in an old URL may not fit the list any more.
  const isForeignCursor = fieldProblemsOf(polled.error).some(
    ({ path }) => path.join() === 'cursor',
  );
  return (
    <ListFrame
      {...props}
      onRetry={isForeignCursor ? toFirstPage : onRetry}
      hasRows={Boolean(page)}
      isNothing={isWithoutRows(page)}
    >
      <ResourceTable {...props} />
    </ListFrame>
  );

  function toFirstPage() {
    const change: Partial<Paging> = { cursor: FIRST_PAGE.cursor };
    onQueryChange(change as Partial<Query>);
  }
}

/** Returns whether a list has no rows on any page. */
function isWithoutRows(page?: ListPage<unknown>): boolean {
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
