import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  clusterNameSchema,
  dnsLabelSchema,
  HelmOperationLines,
  helmOperationLineQuerySchema,
  helmOperationQuerySchema,
  helmReleaseName,
  helmUnlockRequestSchema,
  isHelmOperationLive,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { routeErrorOf } from '../access/clusterCallErrors';
import { audited } from '../audit/audited';
import { inTime } from '../resources/objects/openCalls';
import { atField } from '../text/fieldProblems';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { pagingOf } from '../validation/pageCursor';
import { parseBody } from '../validation/parseBody';
import { auditMeta } from './operations/auditRun';
import { conflictOf } from './operations/conflicts';
import { OperationDesk } from './operations/OperationDesk';
import {
  isOperationId,
  isStarter,
  OperationViews,
  presentOperation,
} from './operations/OperationViews';
import { parseOperation, parsePreview } from './operations/parseRequest';
import { openRelease } from './operations/ReleaseAsPerson';
import { isWaiting, OperationStore } from './operations/types';
import { markAsFailed } from './releases/markAsFailed';
import { OperationStarter } from './starting/OperationStarter';
import {
  PersonPreviews,
  PersonPreviewsOptions,
} from './starting/PersonPreviews';
import { attemptMeta, copyMeta, digestMeta } from './starting/requestMeta';
import { TokenIds } from './tokenIds';

const DEADLINE_MS = 120_000;
const LINES = 500;

const pathSchema = z.strictObject({
  cluster: clusterNameSchema,
  namespace: dnsLabelSchema,
  release: helmReleaseName,
});

export interface OperationRouterParts extends PersonPreviewsOptions {
  desk: Pick<OperationDesk, 'cancel' | 'wake'>;
  /** The key of names of requests. */
  requestKey: Buffer;
  store: OperationStore;
  views: OperationViews;
}

/** Serves previews and operations on releases. */
export function createOperationRouter(parts: OperationRouterParts): Router {
  const { access, auditor, desk, operationAccess, store, views } = parts;
  const router = PromiseRouter();
  const previews = new PersonPreviews(parts);
  const starter = new OperationStarter({ ...parts, previews });

  router.get('/helm/status', async (request, response) => {
    await access.caller(request);
    response.json(parts.writing);
  });

  router.post('/helm/previews', async (request, response) => {
    const preview = await audited(
      auditor,
      { eventId: 'helm-preview', severityLevel: 'low', request },
      async notes => {
        const caller = await access.caller(request);
        const asked = parsePreview(request.body);
        const tokens = new TokenIds();
        Object.assign(notes, attemptMeta(asked), { jtis: tokens.jtis });
        const entry = await previews.enter({ caller, tokens }, asked);
        const prepared = await previews.prepare(
          response,
          { caller, entry, tokens },
          asked,
        );
        const { preview: result, chart } = prepared;
        return {
          result,
          meta: {
            digest: result.digest,
            ...digestMeta(prepared),
            ...(chart && { chart: `${chart.name} ${chart.version}` }),
            ...(chart?.repository !== undefined && {
              repository: chart.repository,
            }),
            ...copyMeta(asked, prepared),
          },
        };
      },
    );
    response.json(preview);
  });

  router.get('/helm/operations', async (request, response) => {
    const query = parseBody(helmOperationQuerySchema, request.query);
    const caller = await access.caller(request);
    const { filter, page, present } = pagingOf('helm-operations', query);
    const found = await store.list(
      {
        places: await views.places(caller, filter.cluster),
        namespaces: filter.namespace,
        release: filter.release,
        states: filter.state,
      },
      page,
    );
    response.json(
      present(
        found,
        found.items.map(one => presentOperation(one, isStarter(caller, one))),
      ),
    );
  });

  router.put('/helm/operations/:id', async (request, response) => {
    const { id } = request.params;
    const operation = await audited(
      auditor,
      { eventId: 'helm-start', severityLevel: 'medium', request },
      async notes => {
        const caller = await access.caller(request);
        assertOperationId(id);
        const asked = parseOperation(request.body);
        const tokens = new TokenIds();
        Object.assign(notes, attemptMeta(asked), {
          ...{ operation: id, digest: asked.previewDigest },
          jtis: tokens.jtis,
        });
        const known = await starter.repeated(caller, id, asked);
        if (known) {
          return { result: known, meta: auditMeta(known) };
        }
        const { result, meta } = await starter.start(
          response,
          { caller, tokens },
          id,
          asked,
        );
        return { result, meta: { ...auditMeta(result), ...meta } };
      },
    );
    desk.wake();
    response.status(202).json(presentOperation(operation, true));
  });

  router.get('/helm/operations/:id', async (request, response) => {
    const caller = await access.caller(request);
    const { operation, mine } = await views.find(caller, request.params.id);
    response.json(presentOperation(operation, mine));
  });

  router.get('/helm/operations/:id/lines', async (request, response) => {
    const { after = 0 } = parseBody(
      helmOperationLineQuerySchema,
      request.query,
    );
    const caller = await access.caller(request);
    const { operation, detailed, output } = await views.find(
      caller,
      request.params.id,
    );
    const items = await store.lines(operation.id, {
      after,
      limit: LINES,
      levels: [
        'Info',
        ...(detailed ? (['Change', 'Warning', 'Error'] as const) : []),
        ...(output ? (['Output'] as const) : []),
      ],
    });
    const isMore =
      isHelmOperationLive(operation.state) || items.length === LINES;
    const answer: HelmOperationLines = {
      items,
      ...(isMore && { next: items.at(-1)?.seq ?? after }),
    };
    response.json(answer);
  });

  router.delete('/helm/operations/:id', async (request, response) => {
    const cancelled = await audited(
      auditor,
      { eventId: 'helm-cancel', severityLevel: 'medium', request },
      async notes => {
        const caller = await access.caller(request);
        const { operation, mine, detailed } = await views.find(
          caller,
          request.params.id,
        );
        const tokens = new TokenIds();
        Object.assign(notes, auditMeta(operation), { jtis: tokens.jtis });
        // A wait never becomes a change again, so nothing else can be cancelled by this.
        const endsWait = isWaiting(operation) && detailed;
        if (!mine && !caller.person.admin && !endsWait) {
          throw new NotAllowedError(
            isWaiting(operation)
              ? `Only ${operation.person}, who started the operation, people who may change releases in ${operation.namespace}, and platform admins may end its wait`
              : `Only ${operation.person}, who started the operation, and platform admins may cancel it`,
          );
        }
        tokens.add(await operationAccess.enter(caller, operation));
        if (!(await desk.cancel(operation.id, caller.person.userRef))) {
          throw new ConflictError('The operation has ended');
        }
        const result = presentOperation(
          (await store.get(operation.id)) ?? operation,
          mine,
        );
        return { result };
      },
    );
    response.status(202).json(cancelled);
  });

  router.post(
    '/clusters/:cluster/namespaces/:namespace/releases/:release/unlock',
    async (request, response) => {
      const address = parseBody(pathSchema, request.params);
      await audited(
        auditor,
        {
          eventId: 'helm-unlock',
          severityLevel: 'medium',
          request,
          meta: address,
        },
        async notes => {
          const caller = await access.caller(request);
          const { revision } = parseBody(helmUnlockRequestSchema, request.body);
          const { userRef } = caller.person;
          const tokens = new TokenIds();
          Object.assign(notes, { revision, jtis: tokens.jtis });
          const entry = tokens.add(
            await operationAccess.enter(caller, address),
          );
          const running = await store.holderOf({
            ...address,
            clusterId: entry.cluster.id,
          });
          if (running) {
            throw conflictOf(running);
          }
          const signal = AbortSignal.timeout(DEADLINE_MS);
          const opened = openRelease(parts, {
            ...{ userRef, entry, address, signal },
          });
          await markAsFailed(opened.reader, opened.client, {
            revision,
            description: `Marked as failed in the portal by ${userRef}`,
            signal,
          }).catch(error => {
            throw routeErrorOf(inTime(error, address.cluster), address.cluster);
          });
          return { result: undefined };
        },
      );
      response.status(204).end();
    },
  );

  return router;
}

function assertOperationId(id: string): void {
  if (!isOperationId(id)) {
    throw atField(
      new InputError(
        `id ${quoteUntrusted(
          id,
        )} must be a ULID: 26 digits and capital letters without I, L, O and U`,
      ),
      'id',
    );
  }
}
