import { Text } from '@backstage/ui';
import { HelmRelease, HelmReleaseAddress } from '@berth/plugin-berth-common';
import { Ellipsis, Moment, ToneText, Translate, TwoLines } from '../../../kit';
import { OneLineNameLink, VirtualColumn } from '../../../kit/list';
import { StateLabel } from '../StateLabel';
import { ReleaseRow } from './ReleaseCollector';
import { newerChart, NewestCharts } from './newestCharts';
import { chartText, COLUMNS, ReleaseColumn } from './select';

/** Table widths in pixels below which the place of a release stands below its name. */
const NARROW = 1_000;

/** In pixels. */
const WIDTHS: Record<ReleaseColumn, number> = {
  name: 170,
  namespace: 120,
  cluster: 100,
  status: 230,
  chart: 170,
  revision: 112,
  updated: 116,
};
const NARROW_WIDTHS: Record<ReleaseColumn, number> = {
  ...WIDTHS,
  name: 140,
  status: 160,
  chart: 130,
  revision: 104,
  updated: 100,
};

/** Returns the columns of the table of releases. */
export function releaseColumns(
  t: Translate,
  hrefOf: (address: HelmReleaseAddress) => string,
  shown: {
    withCluster: boolean;
    /** The width of the table in pixels; 0 if it is unknown. */
    room: number;
    newest: NewestCharts;
  },
): VirtualColumn<ReleaseRow>[] {
  const { withCluster, room, newest } = shown;
  const isNarrow = room > 0 && room < NARROW;
  const widths = isNarrow ? NARROW_WIDTHS : WIDTHS;
  const hidden: Partial<Record<ReleaseColumn, boolean>> = {
    namespace: isNarrow,
    cluster: isNarrow || !withCluster,
  };
  const cells: Record<ReleaseColumn, VirtualColumn<ReleaseRow>['cell']> = {
    name: row => (
      <NameCell
        row={row}
        href={hrefOf({
          cluster: row.cluster,
          namespace: row.namespace,
          release: row.release.name,
        })}
        place={isNarrow ? [row.namespace, withCluster && row.cluster] : []}
      />
    ),
    namespace: ({ namespace }) => <Ellipsis>{namespace}</Ellipsis>,
    cluster: ({ cluster }) => <Ellipsis>{cluster}</Ellipsis>,
    status: row => <StatusCell t={t} row={row} />,
    chart: ({ release }) => (
      <ChartCell t={t} release={release} newer={newerChart(release, newest)} />
    ),
    revision: ({ release }) => release.revision ?? '–',
    updated: ({ release }) =>
      release.updatedAt ? (
        <Moment at={release.updatedAt} display="short" />
      ) : (
        '–'
      ),
  };
  const ids = COLUMNS.filter(id => !hidden[id]);
  const spare = Math.max(
    0,
    room - ids.reduce((sum, id) => sum + widths[id], 0),
  );
  return ids.map(id => ({
    id,
    label: t(`helm.column.${id}`),
    // Causes are the longest texts; the name of the release takes what is left.
    width: widths[id] + (id === 'status' ? Math.round(spare * 0.6) : 0),
    isRowHeader: id === 'name',
    isNumber: id === 'revision',
    cell: cells[id],
  }));
}

function NameCell(props: {
  row: ReleaseRow;
  href: string;
  place: (string | false)[];
}) {
  const { row, href, place } = props;
  const { name } = row.release;
  return (
    <TwoLines>
      <OneLineNameLink href={href} name={name} />
      {place.length > 0 && (
        <Text variant="body-small" color="secondary" truncate>
          {place.filter(Boolean).join(' · ')}
        </Text>
      )}
    </TwoLines>
  );
}

function StatusCell({ t, row }: { t: Translate; row: ReleaseRow }) {
  const { state, release } = row;
  const { managedBy } = release;
  const detail = [
    causeOf(t, row),
    managedBy && t('helm.managedBy', { controller: managedBy }),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <TwoLines>
      <StateLabel state={state} />
      {detail && state.problem && (
        <ToneText
          tone={state.problem}
          as="span"
          variant="body-small"
          title={detail}
          truncate
        >
          {detail}
        </ToneText>
      )}
      {detail && !state.problem && (
        <Text
          as="span"
          variant="body-small"
          color="secondary"
          title={detail}
          truncate
        >
          {detail}
        </Text>
      )}
    </TwoLines>
  );
}

/** Returns why a release is in its state; undefined if the state says it all. */
export function causeOf(
  t: Translate,
  { state, release }: ReleaseRow,
): string | undefined {
  switch (state.word) {
    case 'byObjects':
      return t('helm.cause.byObjects');
    case 'unreadable':
      return release.problem;
    case 'stuck':
      return t(`helm.cause.stuck.${release.status as 'pending-install'}`);
    case 'failed':
      return release.description;
    default:
      return undefined;
  }
}

function ChartCell(props: {
  t: Translate;
  release: HelmRelease;
  newer?: string;
}) {
  const { t, release, newer } = props;
  const { chart } = release;
  if (!chart) {
    return '–';
  }
  const { appVersion, deprecated } = chart;
  const second = [
    newer !== undefined && t('helm.newer', { version: newer }),
    deprecated && t('helm.deprecated'),
    appVersion && t('helm.appVersion', { version: appVersion }),
  ].filter(Boolean);
  return (
    <TwoLines>
      <Ellipsis title={chartText(chart)}>{chartText(chart)}</Ellipsis>
      {second.length > 0 && (
        <Text
          variant="body-small"
          color="secondary"
          title={second.join(' · ')}
          truncate
        >
          {second.join(' · ')}
        </Text>
      )}
    </TwoLines>
  );
}
