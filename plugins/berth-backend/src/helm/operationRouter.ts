import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotImplementedError,
} from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  berthChartReadPermission,
  clusterNameSchema,
  dnsLabelSchema,
  HelmOperationLines,
  helmOperationLineQuerySchema,
  helmOperationQuerySchema,
  HelmOperationRequest,
  HelmPromotionSource,
  helmReleaseName,
  HelmRequest,
  helmUnlockRequestSchema,
  HelmWriting,
  isHelmOperationLive,
} from '@berth/plugin-berth-common';
import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { Caller } from '../access/Callers';
import { routeErrorOf } from '../access/clusterCallErrors';
import { Entry } from '../access/ClusterEntries';
import { Authorizer } from '../access/permissions/Authorizer';
import { audited } from '../audit/audited';
import { inTime } from '../resources/objects/openCalls';
import { atField } from '../text/fieldProblems';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { pagingOf } from '../validation/pageCursor';
import { parseBody } from '../validation/parseBody';
import { assertRoom, conflictOf } from './operations/conflicts';
import { OperationAccess } from './operations/OperationAccess';
import { OperationDesk } from './operations/OperationDesk';
import { auditMeta } from './operations/OperationRun';
import {
  isOperationId,
  isStarter,
  OperationViews,
  presentOperation,
} from './operations/OperationViews';
import { parseOperation, parsePreview } from './operations/parseRequest';
import { openRelease } from './operations/ReleaseAsPerson';
import { OperationRecord, OperationStore } from './operations/types';
import { digestOf } from './previews/digest';
import { PreparedPreview, PreparesPreviews } from './previews/types';
import { Promotion } from './promotion/Promotion';
import { markAsFailed } from './releases/markAsFailed';
import { OpenedRevision } from './releases/ReleaseReader';
import { HelmParts } from './types';

const DEADLINE_MS = 120_000;
const LINES = 500;

const pathSchema = z.strictObject({
  cluster: clusterNameSchema,
  namespace: dnsLabelSchema,
  release: helmReleaseName,
});

export interface OperationRouterParts extends HelmParts {
  authorizer: Pick<Authorizer, 'require'>;
  desk: Pick<OperationDesk, 'cancel' | 'wake'>;
  operationAccess: OperationAccess;
  promotion: Pick<Promotion, 'check'>;
  /** Undefined without helm. */
  previews?: PreparesPreviews;
  /** The key of names of requests. */
  requestKey: Buffer;
  store: OperationStore;
  views: OperationViews;
  writing: HelmWriting;
}

/** Serves previews and operations on releases. */
export function createOperationRouter(parts: OperationRouterParts): Router {
  const { access, auditor, desk, operationAccess, store, views } = parts;
  const router = PromiseRouter();

  router.get('/helm/status', async (request, response) => {
    await access.caller(request);
    response.json(parts.writing);
  });

  router.post('/helm/previews', async (request, response) => {
    const preview = await audited(
      auditor,
      { eventId: 'helm-preview', severityLevel: 'low', request },
      async () => {
        const caller = await access.caller(request);
        const asked = parsePreview(request.body);
        const entry = await enter(caller, asked);
        const prepared = await prepare(response, { caller, entry }, asked);
        const { kind, cluster, namespace, release } = asked;
        const baseRevision = baseOf(asked);
        const { preview: result, chart } = prepared;
        const { digest } = result;
        return {
          result,
          meta: {
            ...{ cluster, namespace, release, kind, baseRevision, digest },
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
      async () => {
        const caller = await access.caller(request);
        assertOperationId(id);
        const asked = parseOperation(request.body);
        const known = await repeated(caller, id, asked);
        if (known) {
          return { result: known, meta: auditMeta(known) };
        }
        const { result, meta } = await start(response, caller, id, asked);
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
      async () => {
        const caller = await access.caller(request);
        const { operation, mine } = await views.find(caller, request.params.id);
        if (!mine && !caller.person.admin) {
          throw new NotAllowedError(
            `Only ${operation.person}, who started the operation, and platform admins may cancel it`,
          );
        }
        await operationAccess.enter(caller, operation);
        if (!(await desk.cancel(operation.id, caller.person.userRef))) {
          throw new ConflictError('The operation has ended');
        }
        const result = presentOperation(
          (await store.get(operation.id)) ?? operation,
          mine,
        );
        return { result, meta: auditMeta(operation) };
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
        async () => {
          const caller = await access.caller(request);
          const { revision } = parseBody(helmUnlockRequestSchema, request.body);
          const { userRef } = caller.person;
          const entry = await operationAccess.enter(caller, address);
          const running = await store.liveOn({
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
          return { result: undefined, meta: { revision } };
        },
      );
      response.status(204).end();
    },
  );

  /** A chart of a repository takes the permission to see charts, too. */
  async function enter(
    caller: Caller,
    asked: HelmRequest | HelmOperationRequest,
  ): Promise<Entry> {
    if ('chart' in asked && asked.chart) {
      await parts.authorizer.require(
        caller.credentials,
        berthChartReadPermission,
      );
    }
    return operationAccess.enter(caller, asked);
  }

  /** Returns the operation of an earlier call with the same id. */
  async function repeated(
    caller: Caller,
    id: string,
    asked: HelmOperationRequest,
  ): Promise<OperationRecord | undefined> {
    const known = await store.get(id);
    if (
      known &&
      !(
        isStarter(caller, known) &&
        known.requestHash === digestOf(parts.requestKey, asked)
      )
    ) {
      throw new ConflictError(`${id} is the id of another operation`);
    }
    return known;
  }

  async function start(
    response: Response,
    caller: Caller,
    id: string,
    asked: HelmOperationRequest,
  ): Promise<{ result: OperationRecord; meta?: JsonObject }> {
    const entry = await enter(caller, asked);
    const person = await operationAccess.record(caller);
    const clusterId = entry.cluster.id;
    const running = await store.liveOn({ ...asked, clusterId });
    if (running) {
      throw conflictOf(running);
    }
    assertRoom(await store.live(), person.person);
    const { previewDigest, ...previewed } = asked;
    const prepared = await prepare(
      response,
      { caller, entry },
      previewed as HelmRequest,
    );
    const { base, preview, chart, run } = prepared;
    if (preview.digest !== previewDigest) {
      throw new ConflictError(
        `${asked.release}, or what you ask for, changed since you looked at the preview. Look at the preview again`,
      );
    }
    if (preview.refusals.length > 0) {
      throw new ConflictError(preview.refusals.join('; '));
    }
    const { kind, cluster, namespace, release } = asked;
    const baseRevision = baseOf(asked);
    const added = await store.add(
      {
        ...{ id, kind, clusterId, cluster, namespace, release, baseRevision },
        ...(asked.kind === 'rollback' && { targetRevision: asked.revision }),
        ...(chart && { chart }),
        options: asked.options ?? {},
        digest: preview.digest,
        requestHash: digestOf(parts.requestKey, asked),
        ...person,
      },
      { ...run, ...(base !== undefined && { base }) },
    );
    if (!added) {
      const same = await repeated(caller, id, asked);
      if (same) {
        return { result: same };
      }
      throw conflictOf(await store.liveOn({ ...asked, clusterId }));
    }
    return {
      result: (await store.get(id))!,
      meta: copyMeta(asked, prepared),
    };
  }

  async function prepare(
    response: Response,
    { caller, entry }: { caller: Caller; entry: Entry },
    asked: HelmRequest,
  ): Promise<PreparedPreview> {
    const { previews, streams, writing } = parts;
    if (!previews) {
      throw new NotImplementedError(writing.reason);
    }
    const { userRef } = caller.person;
    const release = streams.addPerson(userRef);
    const left = new AbortController();
    const leave = () => left.abort(new Error('The caller is gone'));
    response.once('close', leave);
    const signal = AbortSignal.any([
      left.signal,
      AbortSignal.timeout(DEADLINE_MS),
    ]);
    try {
      const original = await openOriginal(caller, asked, signal);
      const prepared = await previews.preview(
        {
          ...openRelease(parts, { userRef, entry, address: asked, signal }),
          cluster: entry.cluster,
          person: userRef,
          token: async () => operationAccess.enter(caller, asked),
          ...(original && { original }),
        },
        asked,
        signal,
      );
      return await promoted({ caller, entry, signal }, prepared);
    } catch (error) {
      throw routeErrorOf(inTime(error, asked.cluster), asked.cluster);
    } finally {
      response.off('close', leave);
      release();
    }
  }

  /** Opens the release of which a request makes a copy, as the caller. */
  async function openOriginal(
    caller: Caller,
    asked: HelmRequest,
    signal: AbortSignal,
  ): Promise<OpenedRevision | undefined> {
    if (!('copyOf' in asked) || !asked.copyOf) {
      return undefined;
    }
    const { hiddenValues, revision, ...address } = asked.copyOf;
    const { userRef } = caller.person;
    const entry = await operationAccess.enter(
      caller,
      address,
      hiddenValues ? 'helmReveal' : 'helmRead',
    );
    try {
      const { reader } = openRelease(parts, {
        ...{ userRef, entry, address, signal },
      });
      return await reader.open(revision);
    } catch (error) {
      throw routeErrorOf(inTime(error, address.cluster), address.cluster);
    }
  }

  /** Adds what the promotion rules say. A release keeps the chart that it has, whatever they say. */
  async function promoted(
    {
      caller,
      entry,
      signal,
    }: { caller: Caller; entry: Entry; signal: AbortSignal },
    prepared: PreparedPreview,
  ): Promise<PreparedPreview> {
    const { chart, keepsChart, preview } = prepared;
    if (
      keepsChart ||
      chart?.repository === undefined ||
      preview.chartDigest === undefined
    ) {
      return prepared;
    }
    const { refusals, sources } = await parts.promotion.check(
      caller,
      entry.cluster,
      {
        ...{ repository: chart.repository, name: chart.name },
        ...{ version: chart.version, digest: preview.chartDigest },
      },
      signal,
    );
    return {
      ...prepared,
      preview: {
        ...preview,
        ...(sources.length > 0 && { promotedFrom: sources }),
        refusals: [...refusals, ...preview.refusals],
      },
    };
  }

  return router;
}

/** What the activity log says about a copy and about promotion. */
function copyMeta(
  asked: HelmRequest | HelmOperationRequest,
  { preview: { promotedFrom } }: PreparedPreview,
): JsonObject {
  const copyOf = 'copyOf' in asked ? asked.copyOf : undefined;
  return {
    ...(copyOf && {
      copyOf: releaseWords(copyOf),
      copiesHiddenValues: copyOf.hiddenValues ?? false,
    }),
    ...(promotedFrom && { promotedFrom: promotedFrom.map(releaseWords) }),
  };
}

function releaseWords({
  cluster,
  namespace,
  release,
  revision,
}: HelmPromotionSource): string {
  return `${cluster}/${namespace}/${release} revision ${revision}`;
}

/** An installation has no revision before it. */
function baseOf(asked: HelmRequest | HelmOperationRequest): number {
  return asked.kind === 'install' ? 0 : asked.baseRevision;
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
