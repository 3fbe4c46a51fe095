import { Router } from 'express';
import pLimit from 'p-limit';
import { readDenied } from '../access/deniedResources';
import { ChartsOptions, createCharts } from './charts/createCharts';
import { createChartVerifier } from './createChartVerifier';
import {
  createHelmOperations,
  CreateHelmOperationsOptions,
  HelmOperations,
} from './createHelmOperations';
import {
  isHelmEnabled,
  readHelmWriteSettings,
  readsConfigMaps,
} from './settings';

/** Creates the catalogue of charts and the operations on releases. Both are absent if Helm is turned off. */
export async function createChartsAndOperations(
  options: Omit<ChartsOptions, 'verifier'> &
    Omit<
      CreateHelmOperationsOptions,
      'charts' | 'configMapStorage' | 'deny' | 'previewPlaces'
    >,
): Promise<{ charts?: Router; operations?: HelmOperations }> {
  const { config } = options;
  if (!isHelmEnabled(config)) {
    return {};
  }
  const previewPlaces = pLimit(readHelmWriteSettings(config).concurrency);
  const charts = await createCharts({
    ...options,
    verifier: createChartVerifier(config, previewPlaces),
  });
  const operations = await createHelmOperations({
    ...options,
    charts,
    configMapStorage: readsConfigMaps(config),
    deny: readDenied(config),
    previewPlaces,
  });
  return { charts: charts.router, operations };
}
