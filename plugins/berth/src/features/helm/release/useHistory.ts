import { useApi } from '@backstage/core-plugin-api';
import {
  HelmReleaseAddress,
  HelmRevision,
  List,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';

const INTERVAL = 30_000;

/** Loads the revisions of a release, the newest first. */
export function useHistory(
  address: HelmReleaseAddress,
): Polled<List<HelmRevision>> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['release', address, 'history'],
    load: () => api.listReleaseHistory(address),
    every: INTERVAL,
  });
}
