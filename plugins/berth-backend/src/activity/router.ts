import {
  ActivityEntry,
  ActivityPage,
  berthActivityReadPermission,
} from '@berth/plugin-berth-common';
import { InputError } from '@backstage/errors';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ClusterAccess } from '../access/ClusterAccess';
import { Caller } from '../access/Callers';
import { readsEverything } from '../access/readsEverything';
import { Authorizer } from '../access/permissions/Authorizer';
import { ExportFormat, exportEntries } from './exportEntries';
import {
  DEFAULT_LIMIT,
  ParsedActivityQuery,
  parseActivityQuery,
  toCursor,
} from './parseActivityQuery';
import { presentEntry } from './presentEntry';
import { atField } from '../text/fieldProblems';
import { ActivityCondition, ActivityReader } from '../audit/types';

export interface ActivityRouterOptions {
  access: ClusterAccess;
  activity: ActivityReader;
  authorizer: Pick<Authorizer, 'require'>;
}

/** Serves `GET /activity` and `GET /clusters/{name}/activity`. */
export function createActivityRouter({
  access,
  activity,
  authorizer,
}: ActivityRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/activity', async (request, response) => {
    const caller = await reader(request);
    await answer(request, response, caller, parseActivityQuery(request.query));
  });

  router.get('/clusters/:name/activity', async (request, response) => {
    const caller = await reader(request);
    const { cluster } = await access.get(caller, request.params.name);
    const query = parseActivityQuery(request.query);
    const condition = { ...query.condition, clusterId: cluster.id };
    await answer(request, response, caller, { ...query, condition });
  });

  return router;

  async function reader(request: Request): Promise<Caller> {
    const caller = await access.caller(request);
    await authorizer.require(caller.credentials, berthActivityReadPermission);
    return caller;
  }

  async function answer(
    request: Request,
    response: Response,
    { person }: Caller,
    query: ParsedActivityQuery,
  ): Promise<void> {
    const { userRef: actor, uid: actorUid, memberships: groups } = person;
    const condition: ActivityCondition = {
      ...query.condition,
      ...(!readsEverything(person) && { reader: { actor, actorUid, groups } }),
    };
    const show = (entries: ActivityEntry[]) =>
      entries.map(entry => presentEntry(entry, person));
    const format = formatOf(request, query);
    if (format !== 'json') {
      if (query.position?.direction === 'newer') {
        throw atField(
          new InputError(
            'cursor leads to newer entries, and a file goes from the latest entry to older ones: use nextCursor, or "since" and "until"',
          ),
          'cursor',
        );
      }
      await exportEntries(
        response,
        format,
        async (limit, id) =>
          show(
            await activity.list(
              condition,
              limit,
              id === undefined ? query.position : { direction: 'older', id },
            ),
          ),
        query.limit,
      );
      return;
    }
    const page = await readPage(activity, condition, query);
    response.json({ ...page, items: show(page.items) });
  }
}

function formatOf(
  request: Request,
  { format }: ParsedActivityQuery,
): ExportFormat | 'json' {
  if (format) {
    return format;
  }
  const accepted = request.accepts([
    'application/json',
    'text/csv',
    'application/jsonl',
  ]);
  if (accepted === 'text/csv') {
    return 'csv';
  }
  return accepted === 'application/jsonl' ? 'jsonl' : 'json';
}

/** Reads one entry more than a page, to find out whether there is another page. */
async function readPage(
  activity: ActivityReader,
  condition: ActivityCondition,
  { limit = DEFAULT_LIMIT, position }: ParsedActivityQuery,
): Promise<ActivityPage> {
  const newer = position?.direction === 'newer';
  const found = await activity.list(condition, limit + 1, position);
  const more = found.length > limit;
  const items = more ? found.slice(newer ? 1 : 0).slice(0, limit) : found;
  const first = items[0]?.id;
  const last = items[items.length - 1]?.id;
  return {
    items,
    ...((newer || more) &&
      last !== undefined && {
        nextCursor: toCursor({ direction: 'older', id: last }),
      }),
    ...((newer ? more : position !== undefined) &&
      first !== undefined && {
        prevCursor: toCursor({ direction: 'newer', id: first }),
      }),
  };
}
