import { CallerName, EVERYONE } from '../people';
import { Recorder } from '../Recorder';

const CALLERS: CallerName[] = [...EVERYONE, 'search', 'catalog'];

export async function directory(recorder: Recorder) {
  for (const kind of ['clusters', 'namespaces']) {
    const all = recorder.route(`GET /directory/${kind}`);
    const route: typeof all = (what, input) =>
      all(what, { as: 'catalog', ...input });
    await route(`all ${kind}`, { as: CALLERS });
    const first = await route('a page', { query: 'limit=1' });
    const cursor = encodeURIComponent(first.body.next);
    await route('the next page', {
      query: `limit=1&cursor=${cursor}`,
    });
    await route('a cursor that is not one', { query: 'cursor=zzz' });
    for (const limit of ['0', '500', '501', '-1', 'x', '1&limit=2']) {
      await route(`the limit ${limit}`, {
        query: `limit=${limit}`,
        pick: ({ items }) => `${items.length} items`,
      });
    }
    await route('a text that is too long', {
      query: `cursor=${'x'.repeat(1001)}`,
    });
    await route('an unknown parameter', { query: 'unknown=1' });
    await route('a control character', { query: 'cursor=%07' });
  }
}
