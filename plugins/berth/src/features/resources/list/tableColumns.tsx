import { Text } from '@backstage/ui';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { Translate, ToneText, TwoLines } from '../../../kit';
import { useNow } from '../../../kit/hooks';
import { OneLineNameLink, VirtualColumn } from '../../../kit/list';
import { KindAddress } from '../kinds';
import { cellText, isNothing, isSince, Since } from '../rows/cells';
import { Column, Layout } from '../rows/layout';
import { CLUSTER, JudgedRow, NAME, NAMESPACE, valueOf } from '../rows/select';
import styles from './KindList.module.css';

/** Rows whose texts decide about the widths of the columns. */
const MEASURED = 400;
const CHARACTER = 8.2;
const PADDING = 20;
const LEAST = 64;
const MOST = 260;
const NAME_WIDTH = { narrow: 168, least: 240, most: 480 };

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'number']);

/** Which columns a list shows. */
export interface ShownColumns {
  layout: Layout;
  /** Names of the columns that are shown although Kubernetes shows them on demand only. */
  extra: readonly string[];
  /** Whether rows of several clusters are listed. */
  withCluster: boolean;
  withNamespace: boolean;
  /** Whether the table is as narrow as on a phone. */
  isNarrow: boolean;
}

/** Returns the columns that a list shows at first, and those that a person can add. */
export function splitColumns({ columns }: Layout): {
  first: Column[];
  extra: Column[];
} {
  return {
    first: columns.filter(({ priority }) => priority === 0),
    extra: columns.filter(({ priority }) => priority > 0),
  };
}

/** Returns the columns of the table, each as wide as the texts of the first rows need. */
export function tableColumns(
  t: Translate,
  kind: KindAddress,
  shown: ShownColumns,
  rows: readonly JudgedRow[],
  hrefOf: (address: ObjectAddress) => string,
): VirtualColumn<JudgedRow>[] {
  const { layout, extra, withCluster, withNamespace, isNarrow } = shown;
  const split = splitColumns(layout);
  const own = [
    ...split.first,
    ...split.extra.filter(({ name }) => extra.includes(name)),
  ];
  const place = (id: string, label: string): VirtualColumn<JudgedRow> => ({
    id,
    label,
    width: widthOf(label, rows, row => String(valueOf(row, id, layout) ?? '')),
    cell: row => valueOf(row, id, layout) as string | null,
  });
  const columns: VirtualColumn<JudgedRow>[] = [
    {
      id: NAME,
      label: t('resources.column.name'),
      width: isNarrow
        ? NAME_WIDTH.narrow
        : widthOf('', rows, ({ name }) => name, NAME_WIDTH),
      isRowHeader: true,
      cell: row => (
        <NameCell
          row={row}
          href={hrefOf({
            ...kind,
            cluster: row.cluster,
            namespace: row.namespace,
            name: row.name,
          })}
          place={
            isNarrow
              ? [
                  withNamespace && row.namespace,
                  withCluster && row.cluster,
                ].filter(Boolean)
              : []
          }
        />
      ),
    },
    ...(withNamespace && !isNarrow
      ? [place(NAMESPACE, t('resources.column.namespace'))]
      : []),
    ...(withCluster && !isNarrow
      ? [place(CLUSTER, t('resources.column.cluster'))]
      : []),
    ...own.map(
      (column): VirtualColumn<JudgedRow> => ({
        id: column.name,
        label: column.name,
        title: column.isPartial
          ? t('resources.column.partial')
          : column.description,
        width: widthOf(column.name, rows, row =>
          cellText(layout.cellOf(row, column.name), Date.now()),
        ),
        isNumber: NUMBERS.has(column.type),
        cell: row => <ValueCell row={row} column={column} layout={layout} />,
      }),
    ),
  ];
  // So the cells of a row stand next to each other. Numbers are at the right end of their column.
  const last = columns[columns.length - 1];
  last.takesRest = !last.isNumber;
  return columns;
}

function widthOf(
  label: string,
  rows: readonly JudgedRow[],
  textOf: (row: JudgedRow) => string,
  { least, most } = { least: LEAST, most: MOST },
): number {
  const longest = rows
    .slice(0, MEASURED)
    .reduce((found, row) => Math.max(found, textOf(row).length), 0);
  const wanted = Math.max(longest, label.length + 2) * CHARACTER + PADDING;
  return Math.round(Math.min(most, Math.max(least, wanted)));
}

function NameCell(props: {
  row: JudgedRow;
  href: string;
  place: (string | false | undefined)[];
}) {
  const { row, href, place } = props;
  const link = <OneLineNameLink href={href} name={row.name} />;
  if (place.length === 0) {
    return link;
  }
  return (
    <TwoLines>
      {link}
      <Text variant="body-small" color="secondary" truncate>
        {place.join(' · ')}
      </Text>
    </TwoLines>
  );
}

function ValueCell(props: { row: JudgedRow; column: Column; layout: Layout }) {
  const { row, column, layout } = props;
  const value = layout.cellOf(row, column.name);
  if (isSince(value)) {
    return <Age since={value} />;
  }
  if (isNothing(value)) {
    return <span className={styles.nothing}>–</span>;
  }
  const text = String(value);
  if (row.problem?.column === column.name) {
    return (
      <ToneText tone={row.problem.tone} as="span" title={text} truncate>
        {text}
      </ToneText>
    );
  }
  return <span title={text}>{text}</span>;
}

const TICK = 5_000;

/** Shows an age, which grows between two lists. */
function Age({ since }: { since: Since }) {
  const now = useNow(TICK);
  return (
    <time
      dateTime={new Date(since.since).toISOString()}
      title={
        since.precision > 1_000 ? undefined : new Date(since.since).toString()
      }
    >
      {cellText(since, Math.max(now, Date.now()))}
    </time>
  );
}
