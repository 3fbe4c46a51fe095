import type { BerthApi } from './BerthApi';
import { accessCalls } from './calls/access';
import { activityCalls } from './calls/activity';
import { chartsCalls } from './calls/charts';
import { clustersCalls } from './calls/clusters';
import { directoryCalls } from './calls/directory';
import { helmCalls } from './calls/helm';
import { kubectlCalls } from './calls/kubectl';
import { namespacesCalls } from './calls/namespaces';
import { planCalls } from './calls/plan';
import { requestsCalls } from './calls/requests';
import { resourcesCalls } from './calls/resources';
import { terminalCalls } from './calls/terminal';
import { BerthClientOptions, BerthHttp } from './http';

/**
 * The HTTP client of Berth's API.
 *
 * @public
 */
export interface BerthClient extends BerthApi {}

/**
 * The HTTP client of Berth's API.
 *
 * @public
 */
export class BerthClient {
  constructor(options: BerthClientOptions) {
    const http = new BerthHttp(options);
    const calls: BerthApi = {
      ...accessCalls(http),
      ...activityCalls(http),
      ...chartsCalls(http),
      ...clustersCalls(http),
      ...directoryCalls(http),
      ...helmCalls(http),
      ...kubectlCalls(http),
      ...namespacesCalls(http),
      ...planCalls(http),
      ...requestsCalls(http),
      ...resourcesCalls(http),
      ...terminalCalls(http),
    };
    Object.assign(this, calls);
  }
}
