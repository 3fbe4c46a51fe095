import { badClusters } from '../badBodies';
import { CallerName } from '../people';
import { byEveryone, Recorder, Route } from '../Recorder';

const READERS: CallerName[] = [
  'stranger',
  'member',
  'owner',
  'auditor',
  'admin',
];

const pick = ({ items, ...rest }: any) => ({
  ...rest,
  items: items.map(({ actor, event, outcome, namespace }: any) =>
    [actor, event, outcome, namespace].filter(Boolean).join(' '),
  ),
});

export async function activity(recorder: Recorder) {
  const all = recorder.route('GET /activity');
  const query = 'cluster=spare&event=cluster-create';
  await byEveryone(all)('a registration', { query });
  await byEveryone(all)('what concerns a namespace', {
    query: 'cluster=prod&namespace=shop&event=namespace-create',
  });
  await filters(all);
  await paging(all);
  await formats(all, query);
  await bad(all);

  const one = recorder.route('GET /clusters/{name}/activity');
  await byEveryone(one)('the activity of a cluster', {
    params: { name: 'prod' },
    query: 'event=cluster-create&event=cluster-share',
  });
  await badClusters(one, 'name');
  await one('an unknown parameter', {
    params: { name: 'prod' },
    query: 'unknown=1',
  });
}

async function filters(route: Route) {
  for (const query of [
    'cluster=spare&event=cluster-create&outcome=Succeeded',
    'cluster=spare&event=cluster-create&outcome=Failed',
    'event=quota-set&actor=user:default/member',
    'event=namespace-grant&group=group:default/team-a&outcome=Succeeded',
    'event=request-create&actor=user:default/member',
    'since=2999-01-01',
    'until=2001-01-01T00:00:00Z',
    'jti=unknown',
  ]) {
    await route(`the query ${query}`, { as: READERS, query, pick });
  }
}

async function paging(route: Route) {
  const query = 'event=quota-set&cluster=prod&limit=2';
  const first = await route('the first page', { query, pick });
  const next = encodeURIComponent(first.body.next);
  const second = await route('the second page', {
    query: `${query}&cursor=${next}`,
    pick,
  });
  const previous = encodeURIComponent(second.body.previous);
  await route('the first page again', {
    query: `${query}&cursor=${previous}`,
    pick,
  });
}

async function formats(route: Route, query: string) {
  for (const format of ['csv', 'jsonl', 'json']) {
    await route(`the format ${format}`, { query: `${query}&format=${format}` });
  }
  await route('CSV by Accept', { query, headers: { accept: 'text/csv' } });
  await route('JSON lines by Accept', {
    query,
    headers: { accept: 'application/jsonl' },
  });
  await route('another type by Accept', {
    query,
    headers: { accept: 'image/png' },
  });
}

async function bad(route: Route) {
  await route('bad parameters', {
    query:
      'cluster=&namespace=&group=user:default/x&outcome=Lost&since=soon&until=never&limit=501&format=xml',
  });
  await route('a limit of nothing', { query: 'limit=0' });
  await route('a limit twice', { query: 'limit=1&limit=2' });
  await route('an unknown parameter', { query: 'unknown=1' });
  await route('a cursor that is not one', { query: 'cursor=nonsense' });
  await route('a control character', { query: 'actor=%07' });
  await route('too many clusters', {
    query: Array.from({ length: 101 }, () => 'cluster=a').join('&'),
  });
}
