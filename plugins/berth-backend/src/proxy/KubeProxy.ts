import {
  AuditorService,
  AuditorServiceEvent,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { Entry } from '../access/ClusterEntries';
import { StreamLimits } from '../access/StreamLimits';
import { KubeAnswer, KubeGateway } from '../kube';
import { boundedBody } from './boundedBody';
import { ProxyCaller, ProxyCallers } from './callers';
import { endWithToken } from './endWithToken';
import { writeKubePath } from './parseKubePath';
import { passOn } from './passOn';
import { ProxyError } from './ProxyError';
import { requestHeaders } from './requestHeaders';
import { RequestLimit } from './RequestLimit';
import { readProxyRequest } from './requestRules';
import { passedAnswer } from './responseHeaders';
import { ProxyRequest } from './types';
import { gatewayError } from './writeError';

export interface ProxyBounds {
  /** For a whole exchange that is not a stream, in milliseconds. */
  timeout: number;
  /** Of an answer that is not a stream. */
  maxBytes: number;
  stallTimeout: number;
  /** How long a watch may stay open after the time that the API server gets, in milliseconds. */
  grace: number;
}

export const DEFAULT_BOUNDS: ProxyBounds = {
  timeout: 120_000,
  maxBytes: 64 * 1024 * 1024,
  stallTimeout: 60_000,
  grace: 2_000,
};

export interface KubeProxyOptions {
  /** Records what a person does: pages with their request, kubectl by the person of the token. */
  auditorOf(caller: ProxyCaller): AuditorService;
  bounds?: Partial<ProxyBounds>;
  callers: ProxyCallers;
  /** Resources that the configuration takes away. */
  deny: readonly string[];
  gateway: KubeGateway;
  requests: RequestLimit;
  streams: StreamLimits;
}

/** The connection to the person ended before the answer. */
class PersonGone extends Error {}

/** Made once, because the stack of an error takes longer to write down than the rest of an abort. */
const EXCHANGE_OVER = new Error('The exchange is over');

/**
 * Passes requests of people on to API servers, each with the token of the person, and the answers back. The API server
 * decides what the person may do. Nothing is copied from one side to the other but bodies: paths, queries and headers
 * are written from what the rules know.
 */
export class KubeProxy {
  readonly #options: KubeProxyOptions;
  readonly #bounds: ProxyBounds;

  constructor(options: KubeProxyOptions) {
    this.#options = options;
    this.#bounds = { ...DEFAULT_BOUNDS, ...options.bounds };
  }

  /**
   * @param url - the path below the proxy and the query, as they arrived
   * @throws errors for the person, unless the answer has begun
   */
  async handle(
    request: Request,
    response: Response,
    { cluster, url }: { cluster: string; url: string },
  ): Promise<void> {
    const { callers, deny, requests, streams } = this.#options;
    const caller = await callers.identify(request, cluster);
    await requests.count(caller.userRef);
    const asked = readProxyRequest(
      {
        method: request.method,
        url,
        accept: request.headers.accept,
        contentType: request.headers['content-type'],
      },
      deny,
    );
    const entry = await caller.enter(asked.permission);
    const release = asked.stream
      ? streams.add(caller.userRef, entry.cluster)
      : () => {};
    try {
      await this.#exchange(request, response, { asked, caller, entry });
    } catch (error) {
      if (!(error instanceof PersonGone)) {
        throw gatewayError(error);
      }
    } finally {
      release();
    }
  }

  async #exchange(
    request: Request,
    response: Response,
    use: { asked: ProxyRequest; caller: ProxyCaller; entry: Entry },
  ): Promise<void> {
    const { asked, entry } = use;
    const { grace, maxBytes, stallTimeout, timeout } = this.#bounds;
    const lifetime = entry.expiresAt.getTime() - Date.now();
    const end = new AbortController();
    const onClose = () => end.abort(new PersonGone());
    response.once('close', onClose);
    if (response.destroyed) {
      onClose();
    }
    let over = false;
    let deadline = setTimeout(
      () =>
        end.abort(
          new ProxyError(504, `${entry.cluster.name} did not answer in time`),
        ),
      timeout,
    );
    try {
      const answer = await this.#open(request, {
        ...use,
        end,
        query: endWithToken(asked, lifetime),
      });
      assertTokenAccepted(answer, use);
      const passed = passedAnswer(answer, asked, entry.cluster.name);
      response.status(passed.status);
      Object.entries(passed.headers).forEach(([name, value]) =>
        response.setHeader(name, value),
      );
      if (asked.stream) {
        response.flushHeaders();
        clearTimeout(deadline);
        deadline = setTimeout(
          () => {
            over = true;
            end.abort();
          },
          asked.stream === 'watch' ? lifetime + grace : lifetime,
        );
      }
      await passOn(answer.body, response, {
        maxBytes: asked.stream ? Infinity : maxBytes,
        signal: end.signal,
        stallTimeout,
      });
    } catch (error) {
      if (!over) {
        throw end.signal.aborted ? end.signal.reason : error;
      }
      response.end();
    } finally {
      clearTimeout(deadline);
      response.off('close', onClose);
      end.abort(EXCHANGE_OVER);
    }
  }

  /** Sends the request, recorded before and after if the rules say so. */
  async #open(
    request: Request,
    use: {
      asked: ProxyRequest;
      caller: ProxyCaller;
      end: AbortController;
      entry: Entry;
      query: Record<string, string>;
    },
  ): Promise<KubeAnswer> {
    const { asked, end, entry, query } = use;
    const { apiServer, caPem } = entry.cluster;
    const auditId = randomUUID();
    const event = await this.#record(request, use, auditId);
    try {
      const answer = await this.#options.gateway.open(
        { apiServer, caPem },
        entry.token,
        {
          method: asked.method,
          path: writeKubePath(asked.path),
          query,
          headers: requestHeaders(asked, auditId),
          ...(asked.method !== 'GET' && {
            body: boundedBody(request, error => end.abort(error)),
          }),
          signal: end.signal,
          purpose: asked.stream ? 'proxyStreams' : 'proxy',
        },
      );
      if (answer.status >= 400) {
        await event?.fail({
          error: new Error(`${entry.cluster.name} answered ${answer.status}`),
        });
      } else {
        await event?.success({ meta: { status: answer.status } });
      }
      return answer;
    } catch (error) {
      await event?.fail({
        error: error instanceof Error ? error : new Error(String(error)),
      });
      throw error;
    }
  }

  async #record(
    request: Request,
    {
      asked,
      caller,
      entry: { cluster },
    }: { asked: ProxyRequest; caller: ProxyCaller; entry: Entry },
    auditId: string,
  ): Promise<AuditorServiceEvent | undefined> {
    if (asked.event === undefined) {
      return undefined;
    }
    return this.#options.auditorOf(caller).createEvent({
      eventId: asked.event,
      severityLevel: asked.event === 'pod-log' ? 'low' : 'medium',
      request,
      meta: {
        cluster: cluster.name,
        clusterId: cluster.id,
        via: caller.kind,
        verb: asked.verb,
        ...subjectOf(asked),
        auditId,
      },
    });
  }
}

function subjectOf({ path, query }: ProxyRequest): JsonObject {
  if (path.kind === 'document') {
    return {};
  }
  const { group, resource, namespace, name, subresource } = path;
  const inNamespace =
    group === '' && resource === 'namespaces' ? name : namespace;
  return {
    resource: `${resource}${group && `.${group}`}${
      subresource === undefined ? '' : `/${subresource}`
    }`,
    ...(inNamespace !== undefined && { namespace: inNamespace }),
    ...(name !== undefined && { name }),
    ...(query.dryRun !== undefined && { dryRun: query.dryRun }),
  };
}

/** kubectl gets a new token after a 401. A page would think that the person is signed out of the portal. */
function assertTokenAccepted(
  { status }: KubeAnswer,
  { caller, entry: { cluster } }: { caller: ProxyCaller; entry: Entry },
): void {
  if (status === 401 && caller.kind === 'portal') {
    throw new ProxyError(
      502,
      `${cluster.name} refuses the token of the portal (401). A platform admin can check the onboarding of the cluster`,
    );
  }
}
