import { JsonObject } from '@backstage/types';
import {
  apiGroup,
  deleteObjectQuerySchema,
  editObjectRequestSchema,
  EditObjectResult,
  objectActionSchema,
  ObjectAction,
  objectQuerySchema,
  pathObjectName,
  resourcePlural,
  revealRequestSchema,
  toYaml,
} from '@berth/plugin-berth-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { EntryPermission } from '../../access/ClusterEntries';
import { audited } from '../../audit/audited';
import { problemsError } from '../../text/fieldProblems';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { parseBody } from '../../validation/parseBody';
import { ClusterKind } from '../kinds/discovery';
import { ResourceParts } from '../types';
import { prepareEdit, sendEdit } from './editObject';
import { JsonRecord, recordAt } from './json';
import { assertNotKept } from './keptByBerth';
import { assertScope, ObjectCalls, ObjectKey } from './ObjectCalls';
import { openCalls } from './openCalls';
import { performAction } from './performAction';
import { readEvents } from './readEvents';
import { readRelated } from './related/readRelated';
import { readRevisions } from './readRevisions';
import { revealSecret } from './revealSecret';
import { presentObject } from './view';
import { writeError } from './writeErrors';

const OBJECT = '/clusters/:cluster/objects/:group/:plural/:name';
const JSON_TYPE = 'application/json';
const YAML_TYPE = 'application/yaml';

const pathSchema = z.strictObject({
  cluster: z.string(),
  group: apiGroup,
  plural: resourcePlural,
  name: pathObjectName,
});

/** The events of the activity log. */
const EVENTS: Record<ObjectAction['action'], string> = {
  scale: 'object-scale',
  restart: 'object-restart',
  rollBack: 'object-roll-back',
  pause: 'object-pause',
  suspend: 'object-suspend',
  runNow: 'object-run',
  cordon: 'object-cordon',
  changeMig: 'object-mig',
};

const PROPAGATION = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
} as const;

/** The parts of a request that name an object. */
interface Address extends z.output<typeof pathSchema> {
  namespace?: string;
}

/** An object of a request, and the calls to its cluster. */
interface Opened {
  calls: ObjectCalls;
  kind: ClusterKind;
  key: ObjectKey;
}

/** Serves single objects of the clusters, and the changes of people. */
export function createObjectsRouter(parts: ResourceParts): Router {
  const { auditor } = parts;
  const router = PromiseRouter();

  const open = <T>(
    [request, response]: [Request, Response],
    { cluster, group, plural, ...key }: Address,
    permission: EntryPermission,
    work: (opened: Opened) => Promise<T>,
  ): Promise<T> =>
    openCalls(
      parts,
      { request, response, cluster, permission },
      async calls => {
        const kind = await calls.kind(group, plural);
        assertScope(kind, key.namespace);
        return work({ calls, kind, key });
      },
    );

  /** Runs a change, or the reading of values, between two records in the activity log. */
  const record = <T>(
    request: Request,
    address: Address,
    event: { eventId: string; meta: JsonObject },
    action: () => Promise<T>,
  ): Promise<T> =>
    audited(
      auditor,
      {
        eventId: event.eventId,
        severityLevel: 'medium',
        request,
        meta: { ...subjectOf(address), ...event.meta },
      },
      async () => ({ result: await action() }),
    );

  router.get(OBJECT, async (request, response) => {
    const address = readAddress(request);
    const view = await open(
      [request, response],
      address,
      'read',
      async ({ calls, kind, key }) => {
        const [live, table] = await Promise.all([
          calls.get(kind, key),
          // The page also works without the row.
          calls.table(kind, key).catch(() => undefined),
        ]);
        return presentObject(live, table);
      },
    );
    response.vary('Accept');
    if (request.accepts([JSON_TYPE, YAML_TYPE]) === YAML_TYPE) {
      response.type(YAML_TYPE).send(toYaml(view.object));
    } else {
      response.json(view);
    }
  });

  /** Serves a list about an object. */
  const list = (
    path: string,
    read: (opened: Opened & { live: JsonRecord }) => Promise<object>,
  ) =>
    router.get(`${OBJECT}/${path}`, async (request, response) => {
      const found = await open(
        [request, response],
        readAddress(request),
        'read',
        async opened => {
          const live = await opened.calls.get(opened.kind, opened.key);
          return read({ ...opened, live });
        },
      );
      response.json(found);
    });

  list('events', async ({ calls, live }) =>
    listOf(await readEvents(calls, live)),
  );
  list('related', ({ calls, kind, live }) => readRelated(calls, kind, live));
  list('revisions', async ({ calls, live }) =>
    listOf(await readRevisions(calls, live)),
  );

  router.post(`${OBJECT}/reveal`, async (request, response) => {
    const address = readAddress(request);
    const { keys } = parseBody(revealRequestSchema, request.body);
    const revealed = await record(
      request,
      address,
      { eventId: 'secret-reveal', meta: { keys } },
      () =>
        open([request, response], address, 'read', async opened =>
          revealSecret(await opened.calls.get(opened.kind, opened.key), keys),
        ),
    );
    response.json(revealed);
  });

  router.post(`${OBJECT}/actions`, async (request, response) => {
    const address = readAddress(request);
    const action = readAction(request.body);
    const { action: name, uid: _, ...meta } = action;
    const result = await record(
      request,
      address,
      { eventId: EVENTS[name], meta },
      () =>
        open([request, response], address, 'write', ({ calls, kind, key }) =>
          performAction(calls, kind, key, action),
        ),
    );
    response.json(result);
  });

  router.patch(OBJECT, async (request, response) => {
    const address = readAddress(request);
    const edit = parseBody(editObjectRequestSchema, request.body);
    const { uid, dryRun } = edit;
    const result = await open(
      [request, response],
      address,
      'write',
      async ({ calls, kind, key }): Promise<EditObjectResult> => {
        const prepared = await prepareEdit(calls, kind, key, edit);
        const { conflicts, patch } = prepared;
        if (Object.keys(patch).length === 0 || conflicts.length > 0) {
          return { changed: false, diff: '', conflicts };
        }
        const send = () =>
          sendEdit(calls, kind, key, { prepared, uid, dryRun });
        return dryRun
          ? send()
          : record(
              request,
              address,
              { eventId: 'object-edit', meta: {} },
              send,
            );
      },
    );
    response.json(result);
  });

  router.delete(OBJECT, async (request, response) => {
    const query = parseBody(deleteObjectQuerySchema, request.query);
    const { uid, propagation = 'background', dryRun, namespace } = query;
    const address = { ...readPath(request), namespace };
    const remove = () =>
      open(
        [request, response],
        address,
        'write',
        async ({ calls, kind, key }) => {
          const live = await calls.get(kind, key);
          assertNotKept(live);
          await calls
            .delete(kind, key, {
              uid,
              dryRun,
              propagationPolicy: PROPAGATION[propagation],
            })
            .catch(error => {
              throw writeError(error, live);
            });
        },
      );
    await (dryRun
      ? remove()
      : record(
          request,
          address,
          { eventId: 'object-delete', meta: { propagation } },
          remove,
        ));
    response.status(204).end();
  });

  return router;
}

function readPath(request: Request): z.output<typeof pathSchema> {
  return parseBody(pathSchema, request.params);
}

function readAddress(request: Request): Address {
  return {
    ...readPath(request),
    ...parseBody(objectQuerySchema, request.query),
  };
}

/** @throws InputError with the field, the value and the rule */
function readAction(body: unknown): ObjectAction {
  const given = recordAt({ body }, 'body').action;
  const schema = objectActionSchema.options.find(
    option => option.shape.action.value === given,
  );
  if (!schema) {
    const known = Object.keys(EVENTS).map(name => JSON.stringify(name));
    throw problemsError([
      {
        path: ['action'],
        message: `action ${quoteUntrusted(given)} must be one of ${known.join(
          ', ',
        )}`,
      },
    ]);
  }
  return parseBody(
    schema as z.ZodObject<z.ZodRawShape, z.core.$strict>,
    body,
  ) as ObjectAction;
}

/** Names an object in the activity log, as the proxy does. */
function subjectOf({
  cluster,
  group,
  plural,
  name,
  namespace,
}: Address): JsonObject {
  const inNamespace =
    group === 'core' && plural === 'namespaces' ? name : namespace;
  return {
    cluster,
    resource: group === 'core' ? plural : `${plural}.${group}`,
    ...(inNamespace !== undefined && { namespace: inNamespace }),
    name,
  };
}

function listOf<Item>(items: Item[]): { items: Item[]; totalItems: number } {
  return { items, totalItems: items.length };
}
