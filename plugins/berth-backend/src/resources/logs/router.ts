import { InputError } from '@backstage/errors';
import {
  apiGroup,
  LogQuery,
  logQuerySchema,
  pathObjectName,
  resourcePlural,
} from '@berth/plugin-berth-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { routeErrorOf } from '../../access/clusterCallErrors';
import { Entry } from '../../access/ClusterEntries';
import { assertNotDenied } from '../../access/deniedResources';
import { StreamLimits } from '../../access/StreamLimits';
import { audited } from '../../audit/audited';
import { PersonClients } from '../../kube';
import { parseBody } from '../../validation/parseBody';
import { LineWriter } from '../LineWriter';
import { ResourceParts } from '../types';
import { assertHasLogs, kindsReadFor, LogSubject } from './findPods';
import { LogAnswer, LogCluster, LogTimes } from './LogAnswer';
import { LogDownload } from './LogDownload';

const MAX_SIZE = 10 * 1024 * 1024;
/** How long before its token ends, an answer ends in milliseconds. */
const TOKEN_MARGIN = 5_000;

const pathSchema = z.strictObject({
  cluster: z.string(),
  group: apiGroup,
  plural: resourcePlural,
  name: pathObjectName,
});

export interface LogsRouterOptions
  extends Pick<
    ResourceParts,
    'access' | 'auditor' | 'clients' | 'deny' | 'entries'
  > {
  streams: StreamLimits;
  times?: Partial<LogTimes>;
}

type Selection = Omit<LogQuery, 'resume'> & { resume?: string[] };

/** Serves the logs of pods and workloads. */
export function createLogsRouter(options: LogsRouterOptions): Router {
  const { access, auditor, entries, streams } = options;
  const router = PromiseRouter();

  router.get(
    '/clusters/:cluster/objects/:group/:plural/:name/logs',
    async (request, response) => {
      const path = parseBody(pathSchema, request.params);
      const { cluster: clusterName, group, plural, name } = path;
      const query: Selection = parseBody(logQuerySchema, request.query);
      if (query.download && query.follow) {
        throw new InputError('follow must be absent with download');
      }
      const subject = { group, plural, name, namespace: query.namespace };
      assertHasLogs(subject);
      for (const read of [
        { group: '', resource: 'pods', subresource: 'log' },
        ...kindsReadFor(subject),
      ]) {
        assertNotDenied(read, options.deny);
      }
      const caller = await access.caller(request);
      const entry = await entries.enter(caller, clusterName, 'read');
      const release = streams.addPerson(caller.person.userRef);
      try {
        await serve(request, response, { entry, query, subject });
      } catch (error) {
        if (response.destroyed) {
          return;
        }
        if (response.headersSent) {
          // Only an end without the last chunk shows that the answer is not complete.
          response.destroy();
          return;
        }
        throw routeErrorOf(error, clusterName);
      } finally {
        release();
      }
    },
  );

  async function serve(
    request: Request,
    response: Response,
    use: { entry: Entry; query: Selection; subject: LogSubject },
  ) {
    const { entry, query, subject } = use;
    const writer = new LineWriter(response);
    const lifetime = entry.expiresAt.getTime() - Date.now() - TOKEN_MARGIN;
    const record = (start: () => Promise<void>) =>
      audited(
        auditor,
        {
          eventId: 'pod-log',
          severityLevel: 'low',
          request,
          meta: metaOf(entry, subject, query),
        },
        async () => ({ result: await start() }),
      );
    const selection = {
      ...query,
      follow: query.follow && !query.previous,
      resume: new Map(
        (query.resume ?? []).map(one => one.split('@') as [string, string]),
      ),
    };
    if (query.download) {
      const signal = AbortSignal.any([
        writer.signal,
        AbortSignal.timeout(Math.max(0, lifetime)),
      ]);
      const cluster = reach(options.clients, entry, { streams, signal });
      const download = new LogDownload({ cluster, subject, selection, signal });
      await record(async () => {
        await download.start();
        await download.run(response);
      });
      return;
    }
    const answer = new LogAnswer({
      cluster: reach(options.clients, entry, {
        streams,
        signal: writer.signal,
      }),
      subject,
      selection,
      times: options.times,
      maxSize: MAX_SIZE,
      signal: writer.signal,
      write: line => writer.write(line),
    });
    await record(() => answer.start());
    const timer = setTimeout(
      () => answer.finish('token'),
      Math.max(0, lifetime),
    );
    try {
      await answer.run();
      writer.end();
    } finally {
      clearTimeout(timer);
    }
  }

  return router;
}

/** Calls a cluster as a person. */
function reach(
  clients: PersonClients,
  { cluster, token }: Entry,
  { signal, streams }: { signal: AbortSignal; streams: StreamLimits },
): LogCluster {
  const { apiServer, caPem } = cluster;
  const client = clients.forPerson({ apiServer, caPem }, token);
  return {
    name: cluster.name,
    read: request => client.request({ ...request, method: 'GET', signal }),
    open: request =>
      client.open({
        ...request,
        method: 'GET',
        headers: { accept: 'application/json, */*' },
        stream: true,
      }),
    addConnection: () => streams.addConnection(cluster),
  };
}

function metaOf(
  { cluster }: Entry,
  { group, plural, namespace, name }: LogSubject,
  { container, download, follow, previous }: Selection,
) {
  return {
    cluster: cluster.name,
    clusterId: cluster.id,
    via: 'portal',
    verb: 'get',
    resource: `${plural}${group === 'core' ? '' : `.${group}`}/log`,
    namespace,
    name,
    ...(container !== undefined && { container }),
    ...(download && { download }),
    ...(follow && { follow }),
    ...(previous && { previous }),
  };
}
