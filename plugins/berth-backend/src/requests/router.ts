import { AuditorService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  AccessRequest,
  CountedPage,
  dryRunQuerySchema,
} from '@berth/plugin-berth-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Caller } from '../access/Callers';
import { ClusterAccess } from '../access/ClusterAccess';
import { audited } from '../audit/audited';
import { redact } from '../kube';
import { pagingOf } from '../validation/pageCursor';
import { parseBody } from '../validation/parseBody';
import {
  Approvers,
  requesterOf,
  RequestRole,
  roleIn,
  visibleScope,
} from './approvers';
import { RequestRecord, SYSTEM } from './model';
import {
  parseDecision,
  parseNewRequest,
  parseRequestQuery,
  parseSpec,
} from './parseRequest';
import { RequestPresenter } from './presenter';
import { Provisioner } from './provision';
import { RequestService } from './service';
import { RequestDatabase } from './store';

const ULID = /^[0-9A-Z]{26}$/;

export interface RequestsRouterOptions {
  access: Pick<ClusterAccess, 'caller'>;
  approvers: Approvers;
  auditor: AuditorService;
  database: RequestDatabase;
  /** Called when open pages can be out of date. */
  onChange: () => void;
  presenter: RequestPresenter;
  provisioner: Provisioner;
  service: RequestService;
}

/** A request that the caller may see. */
interface Found {
  caller: Caller;
  request: RequestRecord;
  role: RequestRole;
}

/** Creates the routes under `/requests`. */
export function createRequestsRouter(options: RequestsRouterOptions): Router {
  const { access, approvers, auditor, database } = options;
  const { onChange, presenter, provisioner, service } = options;
  const router = PromiseRouter();

  router.get('/requests', async (request, response) => {
    const caller = await access.caller(request);
    const person = requesterOf(caller.person);
    const paging = pagingOf('requests', parseRequestQuery(request.query));
    const { scope: which, state, ...rest } = paging.filter;
    const scope = await approvers.scope(caller);
    const found = await database.requests.list(
      {
        ...rest,
        ...(state && { states: state }),
        ...(which === 'mine' && { requester: person }),
        ...(which === 'inbox' && { inboxOf: { person, scope } }),
        ...(which === 'all' && {
          visibleTo: { person, scope: visibleScope(caller, scope) },
        }),
      },
      paging.page,
    );
    const items = await presenter.present(
      caller,
      found.items.map(item => ({
        request: item,
        role: roleIn(caller, item, scope),
      })),
    );
    const answer: CountedPage<AccessRequest> = paging.present(found, items);
    response.json(answer);
  });

  router.post('/requests', async (request, response) => {
    if (parseBody(dryRunQuerySchema, request.query).dryRun) {
      const caller = await access.caller(request);
      const { spec } = parseNewRequest(request.body);
      const verdict = await service.preview(caller, spec);
      response.json(presenter.verdictFor(caller, verdict));
      return;
    }
    let made = false;
    const result = await write(request, 'request-create', async () => {
      const caller = await access.caller(request);
      const parsed = parseNewRequest(request.body);
      const created = await service.create(caller, parsed);
      made = created.made;
      return { caller, request: created.request };
    });
    response.status(made ? 201 : 200).json(result);
  });

  router.get('/requests/:id', async (request, response) => {
    const { caller, request: found } = await find(request);
    // Advances the request first, so that the reader sees the current state.
    const current = await provisioner.advance(found);
    response.json(await present(caller, current));
  });

  router.put('/requests/:id', async (request, response) => {
    const result = await change(request, 'request-update', found => {
      assertRequester(found);
      const spec = parseSpec(request.body);
      return service.update(found.caller, found.request, spec);
    });
    response.json(result);
  });

  router.post('/requests/:id/submit', async (request, response) => {
    const result = await change(request, 'request-submit', found => {
      assertRequester(found);
      return service.submit(found.caller, found.request);
    });
    response.json(result);
  });

  router.post('/requests/:id/withdraw', async (request, response) => {
    const result = await change(request, 'request-withdraw', found => {
      assertRequester(found);
      return service.withdraw(found.caller, found.request);
    });
    response.json(result);
  });

  router.post('/requests/:id/decision', async (request, response) => {
    const result = await change(request, 'request-decide', found => {
      if (!found.role.decider) {
        throw new NotAllowedError(
          found.role.requester
            ? 'Nobody decides their own request'
            : 'This request is not yours to decide',
        );
      }
      const decision = parseDecision(request.body);
      return service.decide(found.caller, found.request, decision);
    });
    response.json(result);
  });

  router.post('/requests/:id/retry', async (request, response) => {
    const result = await change(request, 'request-retry', found => {
      if (!found.role.requester && !found.role.decider) {
        throw new NotAllowedError('This request is not yours to retry');
      }
      return service.retry(found.caller, found.role, found.request);
    });
    response.json(result);
  });

  /** Writes to a request that the caller may see. */
  async function change(
    request: Request,
    eventId: string,
    work: (found: Found) => Promise<RequestRecord>,
  ): Promise<AccessRequest> {
    return write(request, eventId, async () => {
      const found = await find(request);
      return { caller: found.caller, request: await work(found) };
    });
  }

  /** Logs a write. The entry names the request only after the caller is known to be allowed to see it. */
  async function write(
    request: Request,
    eventId: string,
    work: () => Promise<{ caller: Caller; request: RequestRecord }>,
  ): Promise<AccessRequest> {
    return audited(
      auditor,
      { eventId, severityLevel: 'medium', request },
      async () => {
        const done = await work();
        const result = await present(done.caller, done.request);
        onChange();
        return { result, meta: auditMeta(done.request, result) };
      },
    );
  }

  /**
   * Finds a request. The error is the same for a request that does not exist and for one that the caller must not
   * see.
   */
  async function find(request: Request): Promise<Found> {
    const caller = await access.caller(request);
    const { id } = request.params;
    const found = ULID.test(id) ? await database.requests.get(id) : undefined;
    const role = found && (await approvers.roleIn(caller, found));
    if (!found || !role?.sees) {
      throw new NotFoundError(
        'The request does not exist, or it is neither yours nor yours to decide',
      );
    }
    return { caller, request: found, role };
  }

  async function present(
    caller: Caller,
    request: RequestRecord,
  ): Promise<AccessRequest> {
    const current = await withPreview(caller, request);
    const role = await approvers.roleIn(caller, current);
    return presenter.presentOne(caller, current, role);
  }

  /** Returns a draft with the current result of the rules, if the request is possible. */
  async function withPreview(
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

  return router;
}

function assertRequester({ role }: Found): void {
  if (!role.requester) {
    throw new NotAllowedError(
      'Only the person who made the request may do this',
    );
  }
}

/**
 * Returns the data of a request for the activity log. Drafts are private. The log adds the groups of a namespace,
 * which a person who cannot see the namespace must not learn.
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
  const last = steps.filter(({ by }) => by !== SYSTEM).pop();
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
