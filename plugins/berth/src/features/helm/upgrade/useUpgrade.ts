import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmChartReference,
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';
import { useValuesChange, ValuesChange } from './useValuesChange';

/** What a person started from. It stays the same while others change the release. */
export interface UpgradeBase {
  yaml: string;
  revision: number;
  /** Whether secrets are hidden in the text. */
  hidesValues: boolean;
}

/** Loads the values that a person set for the latest revision, once. */
export function useUpgradeBase(
  address: HelmReleaseAddress,
  latest: number,
): Polled<UpgradeBase> {
  const api = useApi(berthApiRef);
  const [revision] = useState(latest);
  return usePolled({
    key: ['release', address, 'upgrade', revision],
    load: async () => {
      const { yaml, masked } = await api.getReleaseValues(address, {
        revision,
      });
      return {
        yaml: isNothing(yaml) ? '' : yaml,
        revision,
        hidesValues: masked.length > 0,
      };
    },
    ignoresChanges: true,
  });
}

/**
 * The upgrade of a release.
 *
 * @param chart - of a repository; the release keeps its chart by default
 */
export function useUpgrade(
  address: HelmReleaseAddress,
  base: UpgradeBase,
  release: Polled<HelmReleaseView>,
  chart?: HelmChartReference,
): ValuesChange {
  const api = useApi(berthApiRef);
  const change = useValuesChange(base.yaml, async values => {
    const { revision = base.revision } = await api.getRelease(address);
    return {
      ...{ kind: 'upgrade', ...address, baseRevision: revision, values },
      ...(chart && { chart }),
    };
  });
  const { checked } = change.previewing;
  const { refresh } = release;
  // The page shows when the preview is about another revision than the one that the person started from.
  useEffect(() => {
    if (
      checked?.request.kind === 'upgrade' &&
      checked.request.baseRevision !== base.revision
    ) {
      void refresh();
    }
  }, [checked, base.revision, refresh]);
  return change;
}

function isNothing(yaml: string): boolean {
  return ['', '{}', 'null'].includes(yaml.trim());
}
