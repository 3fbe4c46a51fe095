import { Cell, ColumnConfig, Link } from '@backstage/ui';
import { Chart } from '@berth/plugin-berth-common';
import { Ellipsis, Translate, TwoLines } from '../../kit';
import { BREAKPOINTS, CreatedCell, Details, TextCell } from './cells';

export interface ChartRow {
  id: string;
  chart: Chart;
}

/** @param fitting - the number of breakpoints that the table reaches */
export function chartColumns(
  t: Translate,
  fitting: number,
  hrefOf: (chart: Chart) => string,
): ColumnConfig<ChartRow>[] {
  const isNarrow = fitting === 0;
  return [
    {
      id: 'name',
      label: t('charts.column.name'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 160,
      cell: ({ chart }) => (
        <Cell>
          <TwoLines>
            <Ellipsis>
              <Link href={hrefOf(chart)} standalone title={chart.name}>
                {chart.name}
              </Link>
            </Ellipsis>
            <Details
              of={[isNarrow && chart.repository, chart.description]}
              title={chart.description}
            />
          </TwoLines>
        </Cell>
      ),
    },
    {
      id: 'repository',
      label: t('charts.column.repository'),
      isHidden: isNarrow,
      defaultWidth: '0.8fr',
      minWidth: 110,
      cell: ({ chart }) => <TextCell text={chart.repository} />,
    },
    {
      id: 'version',
      label: t(isNarrow ? 'charts.version' : 'charts.column.version'),
      defaultWidth: '1fr',
      minWidth: 110,
      cell: ({ chart: { version, appVersion, deprecated } }) => (
        <Cell>
          <TwoLines>
            <Ellipsis title={version}>{version}</Ellipsis>
            <Details
              of={[
                deprecated && t('charts.deprecated'),
                appVersion && t('charts.appVersion', { version: appVersion }),
              ]}
            />
          </TwoLines>
        </Cell>
      ),
    },
    {
      id: 'created',
      label: t('charts.column.created'),
      isHidden: fitting < BREAKPOINTS.length,
      defaultWidth: '0.7fr',
      minWidth: 110,
      cell: ({ chart: { createdAt } }) => <CreatedCell at={createdAt} />,
    },
  ];
}
