import { useState } from 'react';
import { Alert, ButtonLink } from '@backstage/ui';
import {
  HelmChartReference,
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { useSearchParams } from 'react-router-dom';
import { useReleaseHref, useText } from '../../../kit';
import { Polled } from '../../../kit/query';
import { PresetPlace } from '../values/Presets';
import { ChartChoice } from './ChartChoice';
import { RepositoryDefaults, StoredDefaults } from './ChartDefaults';
import { UpgradeBase, useUpgrade } from './useUpgrade';
import { CheckAndStart, ValuesEditor } from './ValuesEditor';

/** Edits the values of a release next to those of its chart, checks them, and starts the upgrade. */
export function UpgradeEditor(props: {
  address: HelmReleaseAddress;
  base: UpgradeBase;
  view: HelmReleaseView;
  release: Polled<HelmReleaseView>;
  /** Why the release cannot be upgraded now. */
  disabledReason?: string;
}) {
  const { address, base, view, release, disabledReason } = props;
  const { revision: latest = base.revision } = release.value ?? {};
  const t = useText();
  const [chosen, setChosen] = useChosenChart();
  const reference =
    chosen?.version !== undefined && view.chart
      ? { ...chosen, version: chosen.version, name: view.chart.name }
      : undefined;
  const upgrade = useUpgrade(address, base, release, reference);
  const href = useReleaseHref()(address);
  return (
    <>
      {latest !== base.revision && (
        <Alert
          role="status"
          status="warning"
          icon
          title={t('helm.upgrade.changedMeanwhile', {
            latest: String(latest),
          })}
          description={t('helm.upgrade.changedHint', {
            base: String(base.revision),
          })}
          customActions={
            <ButtonLink
              size="small"
              variant="tertiary"
              href={`${href}/history?from=${base.revision}&to=${latest}`}
              target="_blank"
            >
              {t('helm.upgrade.compare')}
            </ButtonLink>
          }
        />
      )}
      <ChartChoice
        view={view}
        chart={chosen}
        isDisabled={upgrade.isStarting}
        onChange={chart => {
          setChosen(chart);
          upgrade.forget();
        }}
      />
      <ValuesEditor
        change={upgrade}
        label={t('helm.upgrade.editLabel', { release: address.release })}
        hidesValues={base.hidesValues}
        source={reference ?? { address, revision: base.revision }}
        presetPlace={placeOf(reference ?? storedReference(view), address)}
      >
        {reference ? (
          <RepositoryDefaults chart={reference} />
        ) : (
          <StoredDefaults address={address} revision={base.revision} />
        )}
      </ValuesEditor>
      <CheckAndStart
        change={upgrade}
        kind="upgrade"
        disabledReason={
          disabledReason ??
          (chosen && !reference ? t('helm.upgrade.chooseVersion') : undefined)
        }
        backHref={href}
      />
    </>
  );
}

/** The stored chart of a release, if Berth knows from which repository it came. */
function storedReference({
  chart,
  origin,
}: HelmReleaseView): HelmChartReference | undefined {
  return chart?.version !== undefined && origin
    ? {
        repository: origin.repository,
        name: chart.name,
        version: chart.version,
      }
    : undefined;
}

function placeOf(
  chart: HelmChartReference | undefined,
  { cluster }: HelmReleaseAddress,
): PresetPlace | undefined {
  return chart && { chart, cluster };
}

/** The chart that a person chose; a link may name one, such as a newer version. */
function useChosenChart() {
  const [parameters] = useSearchParams();
  const repository = parameters.get('repository') ?? undefined;
  const version = parameters.get('version') ?? undefined;
  return useState<{ repository: string; version?: string } | undefined>(
    repository === undefined
      ? undefined
      : { repository, ...(version !== undefined && { version }) },
  );
}
