import { badClusters } from '../badBodies';
import { byEveryone, Recorder } from '../Recorder';

export async function checks(recorder: Recorder) {
  const run = recorder.route('POST /clusters/{name}/checks');
  await byEveryone(run)('a cluster that answers', { params: { name: 'prod' } });
  await run('a cluster that does not answer', { params: { name: 'dark1' } });
  await run('a body, which has no meaning', {
    params: { name: 'spare' },
    body: { unknown: 1 },
    pick: ({ trigger }) => ({ trigger }),
  });
  await badClusters(run, 'name');

  const read = recorder.route('GET /clusters/{name}/checks');
  await byEveryone(read)('the runs of a cluster', {
    params: { name: 'prod' },
    // Checks also run after changes, and there may be any number of those.
    pick: ({ items, totalItems, ...rest }) => ({
      ...rest,
      counted: totalItems === items.length,
      last: {
        ...items[0],
        items: items[0].items.map(({ id }: { id: string }) => id),
      },
    }),
  });
  await badClusters(read, 'name');
}
