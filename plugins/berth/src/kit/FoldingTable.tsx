/* The roles are explicit because Safari drops those of a table with another display style. */
/* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
import { ReactNode } from 'react';
import styles from './table.module.css';

/** A small table. On a phone each row becomes a block, and each cell shows the label of its column. */
export function FoldingTable(props: {
  columns: { label: string; title?: string }[];
  /** `FoldingRow`s. */
  children: ReactNode;
}) {
  return (
    <table className={styles.table} role="table">
      <thead role="rowgroup">
        <tr role="row">
          {props.columns.map(({ label, title }) => (
            <th key={label} scope="col" role="columnheader" title={title}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{props.children}</tbody>
    </table>
  );
}

/** A row of a `FoldingTable`. */
export function FoldingRow(props: {
  header: ReactNode;
  title?: string;
  cells: { label: string; content: ReactNode; isOver?: boolean }[];
}) {
  const { header, title, cells } = props;
  return (
    <tr role="row">
      <th scope="row" role="rowheader" title={title}>
        {header}
      </th>
      {cells.map(({ label, content, isOver }) => (
        <td
          key={label}
          role="cell"
          data-label={label}
          data-over={isOver || undefined}
        >
          <div>{content}</div>
        </td>
      ))}
    </tr>
  );
}
