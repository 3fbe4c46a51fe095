import { useApi } from '@backstage/core-plugin-api';
import {
  ChartAddress,
  ChartFile,
  ChartFileName,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';

/** Loads a file of a version of a chart once. */
export function useChartFile(
  address: ChartAddress,
  version: string,
  file: ChartFileName,
): Polled<ChartFile> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['chart', address, 'file', version, file],
    load: () => api.getChartFile({ ...address, version }, file),
    ignoresChanges: true,
  });
}
