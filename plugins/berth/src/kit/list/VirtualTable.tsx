/* The roles are explicit because Safari drops those of a table with another display style. */
/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
import {
  memo,
  ReactElement,
  ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import useMeasure from 'react-use/esm/useMeasure';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { partsOf } from './drawnParts';
import { Sort } from './listQuery';
import { useFocusedRow } from './useFocusedRow';
import styles from './VirtualTable.module.css';

/** Rows that are drawn above and below the visible ones, so that fast scrolling shows no gaps. */
const SPARE = 12;
/** The height of the visible part in pixels, where it cannot be measured. */
const UNKNOWN_HEIGHT = 600;

/** A column of a `VirtualTable`. */
export interface VirtualColumn<Row> {
  id: string;
  label: string;
  /** Explains the column on hover. */
  title?: string;
  /** In pixels. */
  width: number;
  isRowHeader?: boolean;
  /** Whether the column takes the space that is left. The row header does if no column is chosen. */
  takesRest?: boolean;
  /** Whether the cells are numbers. */
  isNumber?: boolean;
  /** Returns the content of a cell; must depend on the row only. */
  cell: (row: Row) => ReactNode;
}

const TableRow = memo(function DrawnRow(props: {
  rowId: string;
  row: unknown;
  columns: readonly VirtualColumn<unknown>[];
  index: number;
  height: number;
}): ReactElement {
  const { rowId, row, columns, index, height } = props;
  return (
    <tr role="row" aria-rowindex={index} data-id={rowId} style={{ height }}>
      {columns.map(({ id, isRowHeader, isNumber, cell }) =>
        isRowHeader ? (
          <th key={id} scope="row" role="rowheader" data-name>
            {cell(row)}
          </th>
        ) : (
          <td key={id} role="cell" data-number={isNumber || undefined}>
            {cell(row)}
          </td>
        ),
      )}
    </tr>
  );
});

interface VirtualTableProps<Row> {
  label: string;
  rows: readonly Row[];
  /** Must be stable between renders. */
  columns: readonly VirtualColumn<Row>[];
  /** The height of each row in pixels. */
  rowHeight: number;
  /** Undefined while the rows have another order than that of a column. */
  sort?: Sort;
  onSort: (sort: Sort) => void;
}

/**
 * A table that draws only the visible rows, all of one height: the table of `@backstage/ui` builds an element for each
 * cell of all rows first, which takes seconds for some ten thousands of rows. A row is drawn again only when it or the
 * columns change.
 */
export function VirtualTable<Row extends { id: string }>(
  props: VirtualTableProps<Row>,
) {
  const { label, rows, columns, rowHeight, sort, onSort } = props;
  const [measure, { height }] = useMeasure<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement | null>(null);
  const [top, setTop] = useState(0);
  const ref = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      if (element) {
        measure(element);
      }
    },
    [measure],
  );
  // A shorter list moves what is visible without an event.
  useEffect(() => {
    setTop(firstRow(scroller.current, rowHeight));
  }, [rows.length, rowHeight]);
  const visible = Math.ceil((height || UNKNOWN_HEIGHT) / rowHeight);
  const first = Math.min(
    Math.max(0, top - SPARE),
    Math.max(0, rows.length - visible),
  );
  const last = Math.min(rows.length, top + visible + SPARE);
  const focus = useFocusedRow(rows, scroller);
  const widest =
    columns.find(({ takesRest }) => takesRest) ??
    columns.find(({ isRowHeader }) => isRowHeader);
  const least = columns.reduce((sum, { width }) => sum + width, 0);
  return (
    <div
      ref={ref}
      className={styles.scroller}
      role="region"
      aria-label={label}
      // What scrolls must be focusable to scroll by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={() => setTop(firstRow(scroller.current, rowHeight))}
    >
      <table
        className={styles.table}
        role="table"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        style={{ minWidth: least }}
      >
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={id === widest?.id ? undefined : { width }} />
          ))}
        </colgroup>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            {columns.map(column => (
              <HeaderCell
                key={column.id}
                column={column}
                sort={sort}
                onSort={onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" onFocus={focus.onFocus} onBlur={focus.onBlur}>
          {/* One array, so that a row that moves from one part to another stays the same element. */}
          {partsOf(rows.length, [first, last], focus.index).flatMap(
            ({ from, to, isDrawn }) =>
              isDrawn
                ? rows
                    .slice(from, to)
                    .map((row, place) => (
                      <TableRow
                        key={row.id}
                        rowId={row.id}
                        row={row}
                        columns={columns as readonly VirtualColumn<unknown>[]}
                        index={from + place + 2}
                        height={rowHeight}
                      />
                    ))
                : [
                    <Gap
                      key={`rows from ${from}`}
                      height={(to - from) * rowHeight}
                      width={columns.length}
                    />,
                  ],
          )}
        </tbody>
      </table>
    </div>
  );
}

/** Returns the index of the first visible row, in steps, so that not every pixel of scrolling draws the table. */
function firstRow(scroller: HTMLElement | null, rowHeight: number): number {
  const step = SPARE / 2;
  return Math.floor((scroller?.scrollTop ?? 0) / rowHeight / step) * step;
}

/** Stands for rows that are not drawn. */
function Gap({ height, width }: { height: number; width: number }) {
  return (
    <tr role="presentation" aria-hidden="true">
      <td colSpan={width} className={styles.gap} style={{ height }} />
    </tr>
  );
}

function HeaderCell<Row>(props: {
  column: VirtualColumn<Row>;
  sort?: Sort;
  onSort: (sort: Sort) => void;
}) {
  const { column, sort, onSort } = props;
  const { id, label, title, isRowHeader, isNumber } = column;
  const direction = sort?.column === id ? sort.direction : undefined;
  const Arrow = direction === 'descending' ? RiArrowDownLine : RiArrowUpLine;
  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={direction ?? 'none'}
      title={title}
      data-name={isRowHeader || undefined}
      data-number={isNumber || undefined}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() =>
          onSort({
            column: id,
            direction: direction === 'ascending' ? 'descending' : 'ascending',
          })
        }
      >
        <span className={styles.label}>{label}</span>
        {direction && <Arrow size={14} aria-hidden="true" />}
      </button>
    </th>
  );
}
