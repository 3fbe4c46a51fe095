import {
  AuditorService,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { Callers } from '../access/Callers';
import { readDenied } from '../access/deniedResources';
import { ClusterAccess } from '../access/ClusterAccess';
import { ClusterEntries } from '../access/ClusterEntries';
import { StreamLimits } from '../access/StreamLimits';
import { KeyRing } from '../issuer/keys/types';
import { KubeGateway } from '../kube';
import { ClusterStore } from '../model/clusters';
import { readPositiveNumber } from '../validation/readPositiveNumber';
import { ProxyCallers } from './callers';
import { ClusterTokenVerifier } from './ClusterTokenVerifier';
import { KubeProxy, ProxyBounds } from './KubeProxy';
import { RequestLimit } from './RequestLimit';
import { createProxyRouter, PROXY_PATH } from './router';

export interface CreateProxyOptions {
  access: ClusterAccess;
  auditor: AuditorService & {
    /** Returns an auditor for a person who is not the caller of a request with the portal's credentials. */
    actingAs(userRef: string): AuditorService;
  };
  bounds?: Partial<ProxyBounds>;
  callers: Callers;
  clusters: ClusterStore;
  config: Config;
  entries: ClusterEntries;
  gateway: KubeGateway;
  httpRouter: HttpRouterService;
  issuer: string;
  keyRing: KeyRing;
  streams: StreamLimits;
}

/**
 * Mounts the proxy, unless `berth.proxy.enabled` is false.
 *
 * @returns what identifies the callers of the proxy; undefined without a proxy
 * @throws InputError naming the setting and the rule
 */
export function createProxy(
  options: CreateProxyOptions,
): ProxyCallers | undefined {
  const { auditor, config, gateway, httpRouter } = options;
  if (!isProxyEnabled(config)) {
    return undefined;
  }
  const callers = new ProxyCallers({
    ...options,
    verifier: new ClusterTokenVerifier(options),
  });
  const proxy = new KubeProxy({
    auditorOf: ({ kind, userRef }) =>
      kind === 'portal' ? auditor : auditor.actingAs(userRef),
    bounds: options.bounds,
    callers,
    deny: readDenied(config),
    gateway,
    requests: new RequestLimit(
      readPositiveNumber(config, 'berth.proxy.requestsPerMinute', 600),
    ),
    streams: options.streams,
  });
  httpRouter.use(createProxyRouter({ callers, proxy }));
  // kubectl sends no credentials of Backstage. The proxy itself checks all of its requests.
  httpRouter.addAuthPolicy({ path: PROXY_PATH, allow: 'unauthenticated' });
  return callers;
}

/** Returns `berth.proxy.enabled`, which is true by default. */
export function isProxyEnabled(config: Config): boolean {
  return config.getOptionalBoolean('berth.proxy.enabled') ?? true;
}
