import { HelmReleaseView } from '@berth/plugin-berth-common';
import { minutesAgo } from './fixtures';

/** A revision of a release of the chart `web`. */
export function aRelease(
  changes: Partial<HelmReleaseView> = {},
): HelmReleaseView {
  return {
    cluster: 'staging',
    namespace: 'shop',
    name: 'web',
    source: 'secret',
    revision: 1,
    status: 'deployed',
    updatedAt: minutesAgo(90),
    firstDeployedAt: minutesAgo(3 * 24 * 60),
    description: 'Install complete',
    chart: {
      name: 'web',
      version: '1.4.2',
      appVersion: '2.0.1',
      description: 'A web server',
      type: 'application',
    },
    labels: {},
    notes: 'Open http://web.shop in the cluster.\n',
    hooks: [],
    applyMethod: 'ssa',
    ...changes,
  };
}
