import {
  ActivityEntry,
  berthActivityReadPermission,
  Page,
} from '@berth/plugin-berth-common';
import { InputError } from '@backstage/errors';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ClusterAccess } from '../access/ClusterAccess';
import { Caller } from '../access/Callers';
import { readsEverything } from '../access/readsEverything';
import { Authorizer } from '../access/permissions/Authorizer';
import { pagingOf } from '../validation/pageCursor';
import { ExportFormat, exportEntries } from './exportEntries';
import { ParsedActivityQuery, parseActivityQuery } from './parseActivityQuery';
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
    const { page, present } = pagingOf(
      'activity',
      { ...query.condition, limit: query.limit, cursor: query.cursor },
      ['since', 'until'],
    );
    const format = formatOf(request, query);
    if (format !== 'json') {
      if (page.position?.direction === 'previous') {
        throw atField(
          new InputError(
            'cursor leads to newer entries, and a file goes from the latest entry to older ones: use next, or "since" and "until"',
          ),
          'cursor',
        );
      }
      await exportEntries(
        response,
        format,
        async part => {
          const found = await activity.list(condition, part);
          return { ...found, items: show(found.items) };
        },
        { ...page, limit: query.limit ?? Infinity },
      );
      return;
    }
    const found = await activity.list(condition, page);
    const body: Page<ActivityEntry> = present(found, show(found.items));
    response.json(body);
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
