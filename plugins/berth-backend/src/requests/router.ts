import { AuditorService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { AccessRequest, List } from '@berth/plugin-berth-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { audited } from '../audit/audited';
import { ClusterAccess } from '../access/ClusterAccess';
import { Caller } from '../access/Callers';
import { redact } from '../kube';
import { parseSwitch } from '../validation/parseSwitch';
import {
  parseSpec,
  parseDecision,
  parseRequestQuery,
  parseNewRequest,
} from './parseRequest';
import { Provisioner } from './Provisioner';
import { RequestService, requestNotFound } from './RequestService';
import { RequestPresenter } from './RequestPresenter';
import {
  requesterOf,
  RequestRoles,
  roleIn,
  RoleIn,
  visibleScope,
} from './RequestRoles';
import { RequestDatabase, RequestRecord } from './types';

const ULID = /^[0-9A-Z]{26}$/;

export interface RequestsRouterOptions {
  access: Pick<ClusterAccess, 'caller'>;
  auditor: AuditorService;
  database: RequestDatabase;
  service: RequestService;
  /** Called when open pages may show something else. */
  onNews: () => void;
  presenter: RequestPresenter;
  provisioner: Provisioner;
  roles: RequestRoles;
}

interface Found {
  caller: Caller;
  request: RequestRecord;
  role: RoleIn;
}

/** `/requests` and what is below it. */
export function createRequestsRouter(options: RequestsRouterOptions): Router {
  const { access, auditor, database, service } = options;
  const { onNews, presenter, provisioner, roles } = options;
  const router = PromiseRouter();

  router.get('/requests', async (request, response) => {
    const caller = await access.caller(request);
    const person = requesterOf(caller.person);
    const { scope: which, state, ...rest } = parseRequestQuery(request.query);
    const scope = await roles.scope(caller);
    const { items, totalItems } = await database.requests.list({
      ...rest,
      ...(state && { states: state }),
      ...(which === 'mine' && { requester: person }),
      ...(which === 'inbox' && { inboxOf: { person, scope } }),
      ...(which === 'all' && {
        visibleTo: { person, scope: visibleScope(caller, scope) },
      }),
    });
    const list: List<AccessRequest> = {
      items: await presenter.present(
        caller,
        items.map(item => ({
          request: item,
          role: roleIn(caller, item, scope),
        })),
      ),
      totalItems,
    };
    response.json(list);
  });

  router.post('/requests', async (request, response) => {
    if (parseSwitch('dryRun', request.query.dryRun)) {
      const caller = await access.caller(request);
      const { spec } = parseNewRequest(request.body);
      const verdict = await service.preview(caller, spec);
      response.json(presenter.verdictFor(caller, verdict));
      return;
    }
    const { result, made } = await write(
      request,
      'request-create',
      async () => {
        const caller = await access.caller(request);
        const spec = parseNewRequest(request.body);
        const created = await service.create(caller, spec);
        return { caller, request: created.request, made: created.made };
      },
    );
    response.status(made ? 201 : 200).json(result);
  });

  router.get('/requests/:id', async (request, response) => {
    const caller = await access.caller(request);
    const found = await find(caller, request);
    // A reader sees the current state.
    const current = await provisioner.advance(found.request);
    response.json(await present(caller, await drafted(caller, current)));
  });

  router.put('/requests/:id', async (request, response) => {
    const { result } = await write(request, 'request-update', async () => {
      const found = await findOwn(request);
      const spec = parseSpec(request.body);
      return {
        ...found,
        request: await service.update(found.caller, found.request, spec),
      };
    });
    response.json(result);
  });

  router.post('/requests/:id/submit', async (request, response) => {
    const { result } = await write(request, 'request-submit', async () => {
      const found = await findOwn(request);
      return {
        ...found,
        request: await service.submit(found.caller, found.request),
      };
    });
    response.json(result);
  });

  router.post('/requests/:id/withdraw', async (request, response) => {
    const { result } = await write(request, 'request-withdraw', async () => {
      const found = await findOwn(request);
      return {
        ...found,
        request: await service.withdraw(found.caller, found.request),
      };
    });
    response.json(result);
  });

  router.post('/requests/:id/decision', async (request, response) => {
    const { result } = await write(request, 'request-decide', async () => {
      const caller = await access.caller(request);
      const found = await find(caller, request);
      if (!found.role.decider) {
        throw new NotAllowedError(
          found.role.requester
            ? 'Nobody decides their own request'
            : 'This request is not yours to decide',
        );
      }
      const decision = parseDecision(request.body);
      return {
        ...found,
        request: await service.decide(caller, found.request, decision),
      };
    });
    response.json(result);
  });

  router.post('/requests/:id/retry', async (request, response) => {
    const { result } = await write(request, 'request-retry', async () => {
      const caller = await access.caller(request);
      const found = await find(caller, request);
      if (!found.role.requester && !found.role.decider) {
        throw new NotAllowedError('This request is not yours to retry');
      }
      return {
        ...found,
        request: await service.retry(caller, found.role, found.request),
      };
    });
    response.json(result);
  });

  /** Logs a write, with its subject only once the caller is known to be allowed to see it. */
  async function write<T extends { caller: Caller; request: RequestRecord }>(
    request: Request,
    eventId: string,
    work: () => Promise<T>,
  ): Promise<T & { result: AccessRequest }> {
    return audited(
      auditor,
      { eventId, severityLevel: 'medium', request },
      async () => {
        const done = await work();
        const after = await drafted(done.caller, done.request);
        const result = await present(done.caller, after);
        onNews();
        return {
          result: { ...done, result },
          meta: auditMeta(done.request, result),
        };
      },
    );
  }

  async function find(caller: Caller, request: Request): Promise<Found> {
    const { id } = request.params;
    const found = ULID.test(id) ? await database.requests.get(id) : undefined;
    const role = found && (await roles.in(caller, found));
    if (!found || !role?.sees) {
      throw requestNotFound();
    }
    return { caller, request: found, role };
  }

  async function findOwn(request: Request): Promise<Found> {
    const found = await find(await access.caller(request), request);
    if (!found.role.requester) {
      throw new NotAllowedError(
        'Only the person who made the request may do this',
      );
    }
    return found;
  }

  /** A draft with the current result of the rules, if the request is possible at all. */
  async function drafted(
    caller: Caller,
    request: RequestRecord,
  ): Promise<RequestRecord> {
    if (request.state !== 'Draft') {
      return request;
    }
    try {
      return {
        ...request,
        verdict: await service.preview(caller, request.spec),
      };
    } catch {
      return request;
    }
  }

  async function present(
    caller: Caller,
    request: RequestRecord,
  ): Promise<AccessRequest> {
    const role = await roles.in(caller, request);
    return presenter.presentOne(caller, request, role);
  }

  return router;
}

/**
 * The entry of a request in the activity log. Drafts are private, and the log adds the groups of a namespace, which a
 * person must not learn who does not know whether the namespace exists.
 */
function auditMeta(
  { id, spec, clusterId, requester, state, steps, verdict }: RequestRecord,
  { may }: AccessRequest,
): JsonObject {
  const basics = { request: id, kind: spec.kind, state };
  const drafted =
    state === 'Draft' ||
    (state === 'Withdrawn' && steps.every(step => step.state !== 'Submitted'));
  if (drafted) {
    return basics;
  }
  const { cluster, namespace } = spec;
  const hidden = verdict?.unseen === true && !may.decide;
  const last = steps.filter(({ by }) => by !== 'system:requests').pop();
  return {
    ...basics,
    cluster,
    clusterId,
    ...(hidden && last?.by === requester
      ? { requested: namespace }
      : { namespace }),
    requester,
    ...(spec.kind !== 'quota' && { group: spec.group }),
    ...(spec.kind === 'grant' && { role: spec.role }),
    ...(last?.reason !== undefined && { reason: redact(last.reason) }),
  };
}
