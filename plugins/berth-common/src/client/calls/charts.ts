import type { ChartAddress, ChartsApi } from '../ChartsApi';
import { BerthHttp, pathOf, queryOf } from '../http';

/** The calls of `ChartsApi`. */
export function chartsCalls(http: BerthHttp): ChartsApi {
  return {
    listCharts(query = {}) {
      return http.json('GET', `/helm/charts${queryOf(query)}`);
    },

    getChart(address) {
      return http.json('GET', chartPath(address));
    },

    listChartVersions(address, query = {}) {
      const path = `${chartPath(address, 'versions')}${queryOf(query)}`;
      return http.json('GET', path);
    },

    getChartFile({ version, ...address }, file) {
      const path = chartPath(address, version, file);
      return http.json('GET', path);
    },

    listChartPresets({ version, ...address }, query = {}) {
      const path = `${chartPath(address, version, 'presets')}${queryOf(query)}`;
      return http.json('GET', path);
    },

    listChartRepositories() {
      return http.json('GET', '/helm/repositories');
    },

    createChartRepository(request) {
      return http.json('POST', '/helm/repositories', {
        body: request,
      });
    },

    updateChartRepository(name, request) {
      const path = `/helm/repositories${pathOf(name)}`;
      return http.json('PATCH', path, { body: request });
    },

    async deleteChartRepository(name) {
      await http.request('DELETE', `/helm/repositories${pathOf(name)}`);
    },

    refreshChartRepository(name) {
      const path = `/helm/repositories${pathOf(name, 'refresh')}`;
      return http.json('POST', path);
    },
  };
}

function chartPath(
  { repository, chart }: ChartAddress,
  ...parts: string[]
): string {
  return `/helm/charts${pathOf(repository, chart, ...parts)}`;
}
