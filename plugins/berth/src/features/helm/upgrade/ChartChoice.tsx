import { useEffect } from 'react';
import { Select } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  chartName,
  HelmChartReference,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Section, useText } from '../../../kit';
import { useChartVersions } from '../../../kit/hooks';
import { readPages, usePolled } from '../../../kit/query';
import { chartText } from '../list/select';
import styles from '../helm.module.css';
import { VersionSelect } from './VersionSelect';

const STORED = 'stored';
/** The API returns no more charts in a page. */
const PAGE = 100;
/** More repositories than anyone chooses from. */
const MOST_CHARTS = 1_000;

/**
 * Chooses the chart of an upgrade: the one that Helm stored, or a version of the chart of the same name in a repository.
 * A person chooses the repository, because charts of the same name may have nothing to do with each other.
 */
export function ChartChoice(props: {
  view: HelmReleaseView;
  chart: { repository: string; version?: string } | undefined;
  isDisabled: boolean;
  onChange: (
    chart: { repository: string; version?: string } | undefined,
  ) => void;
}) {
  const { view, chart, isDisabled, onChange } = props;
  const t = useText();
  const repositories = useRepositoriesWith(view.chart?.name);
  const origin = view.origin?.repository;
  const offered = [
    ...new Set([...(chart ? [chart.repository] : []), ...repositories]),
  ];
  if (offered.length === 0 || !view.chart) {
    return null;
  }
  return (
    <Section title={t('helm.chart.title')}>
      <div className={styles.choices}>
        <Select
          label={t('helm.upgrade.from')}
          isDisabled={isDisabled}
          value={chart?.repository ?? STORED}
          options={[
            {
              id: STORED,
              label: t('helm.upgrade.stored', { chart: chartText(view.chart) }),
            },
            ...offered.map(repository => ({
              id: repository,
              label: t(
                repository === origin
                  ? 'helm.upgrade.fromOrigin'
                  : 'helm.upgrade.fromRepository',
                { repository },
              ),
            })),
          ]}
          onChange={key =>
            onChange(key === STORED ? undefined : { repository: String(key) })
          }
        />
        {chart && (
          <Versions
            key={chart.repository}
            reference={{ ...chart, name: view.chart.name }}
            isDisabled={isDisabled}
            onChange={onChange}
          />
        )}
      </div>
    </Section>
  );
}

/** Chooses the version, at first the latest that is no pre-release. */
function Versions(props: {
  reference: Omit<HelmChartReference, 'version'> & { version?: string };
  isDisabled: boolean;
  onChange: (chart: { repository: string; version: string }) => void;
}) {
  const { reference, isDisabled, onChange } = props;
  const { repository, name, version } = reference;
  const versions = useChartVersions({ repository, chart: name });
  const latest = versions.value?.latest;
  useEffect(() => {
    if (version === undefined && latest !== undefined) {
      onChange({ repository, version: latest });
    }
    // Only newly loaded versions are chosen automatically.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [latest]);
  return (
    <VersionSelect
      versions={versions}
      value={version}
      isDisabled={isDisabled}
      onChange={chosen => onChange({ repository, version: chosen })}
    />
  );
}

/** Returns the repositories that have a chart of this name. */
export function useRepositoriesWith(name = ''): string[] {
  const api = useApi(berthApiRef);
  const { value } = usePolled({
    key: ['charts', 'named', name],
    load: async () => {
      // People with the right to write Secrets can write any name into a release.
      if (!chartName.safeParse(name).success) {
        return [];
      }
      const charts = await readPages(MOST_CHARTS, page =>
        api.listCharts({ name: [name], limit: PAGE, ...page }),
      );
      return charts.map(({ repository }) => repository);
    },
  });
  return value ?? [];
}
