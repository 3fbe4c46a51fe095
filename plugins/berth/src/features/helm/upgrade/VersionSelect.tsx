import { Select } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ChartAddress, ChartVersion } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ProblemAlert, useText } from '../../../kit';
import { Polled, usePolled } from '../../../kit/query';

/** A chart may have more versions; these are the latest. */
const OFFERED = 100;

/** Loads the latest versions of a chart, the latest first. */
export function useVersions(address: ChartAddress): Polled<ChartVersion[]> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['chart', address, 'versions', 'offered'],
    load: async () =>
      (await api.listChartVersions(address, { limit: OFFERED })).items,
  });
}

/** Chooses a version of a chart. */
export function VersionSelect(props: {
  versions: Polled<ChartVersion[]>;
  /** Undefined until the versions are known. */
  value?: string;
  isDisabled?: boolean;
  onChange: (version: string) => void;
}) {
  const { versions, value, isDisabled, onChange } = props;
  const t = useText();
  const known = (versions.value ?? []).map(one => ({
    id: one.version,
    label: one.version,
    ...(one.prerelease && { description: t('charts.prerelease') }),
    ...(one.deprecated && { description: t('charts.deprecated') }),
  }));
  const isListed = value === undefined || known.some(({ id }) => id === value);
  return (
    <div>
      <Select
        label={t('charts.version')}
        search={{ placeholder: t('charts.versionSearch') }}
        isDisabled={isDisabled}
        value={value ?? null}
        options={isListed ? known : [{ id: value, label: value }, ...known]}
        onChange={key => onChange(String(key))}
      />
      {versions.error !== undefined && !versions.value && (
        <ProblemAlert error={versions.error} />
      )}
    </div>
  );
}
