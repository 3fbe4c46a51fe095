import { useMemo } from 'react';
import { Alert } from '@backstage/ui';
import {
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import { newerChart } from '../list/newestCharts';
import { useNewestCharts } from '../list/useNewestCharts';
import { UpgradeLink } from '../operations/UpgradeLink';

/** Offers a newer version of the chart of a release, of the repository from which the chart came. */
export function NewerVersionAlert(props: {
  address: HelmReleaseAddress;
  view: HelmReleaseView;
  chart: NonNullable<HelmReleaseView['chart']>;
  repository: string;
}) {
  const { address, view, chart, repository } = props;
  const t = useText();
  const releases = useMemo(
    () => [{ chart, origin: { repository } }],
    [chart, repository],
  );
  const version = newerChart(releases[0], useNewestCharts(releases));
  if (version === undefined) {
    return null;
  }
  const search = new URLSearchParams({ repository, version });
  return (
    <Alert
      role="status"
      status="info"
      icon
      title={t('helm.alert.newer.title', { chart: chart.name, version })}
      description={t('helm.alert.newer.description', {
        current: chart.version,
        repository,
      })}
      customActions={
        <UpgradeLink
          address={address}
          view={view}
          search={search}
          size="small"
          variant="tertiary"
        >
          {t('helm.alert.newer.action')}
        </UpgradeLink>
      }
    />
  );
}
