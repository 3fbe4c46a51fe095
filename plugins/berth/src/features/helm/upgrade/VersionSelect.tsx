import { Select } from '@backstage/ui';
import { ProblemAlert, useText } from '../../../kit';
import { ChartVersions } from '../../../kit/hooks';
import { Polled } from '../../../kit/query';

/** Chooses a version of a chart. */
export function VersionSelect(props: {
  versions: Polled<ChartVersions>;
  /** Undefined until the versions are known. */
  value?: string;
  isDisabled?: boolean;
  onChange: (version: string) => void;
}) {
  const { versions, value, isDisabled, onChange } = props;
  const t = useText();
  const known = (versions.value?.items ?? []).map(one => ({
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
