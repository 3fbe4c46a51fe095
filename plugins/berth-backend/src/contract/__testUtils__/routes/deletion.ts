import { badClusters } from '../badBodies';
import { byEveryone, Recorder } from '../Recorder';
import { Setting } from '../setting';

/** Runs last, because it deletes the clusters. */
export async function deletion(recorder: Recorder, { portal }: Setting) {
  await portal.settled('prod');
  const leftovers = recorder.route('GET /clusters/{name}/leftovers');
  await byEveryone(leftovers)('a cluster that answers', {
    params: { name: 'prod' },
  });
  await leftovers('a cluster that does not answer', {
    params: { name: 'dark1' },
  });
  await badClusters(leftovers, 'name');

  const route = recorder.route('DELETE /clusters/{name}');
  await route('a cluster of the configuration', { params: { name: 'listed' } });
  await route('a switch that is neither on nor off', {
    params: { name: 'dark1' },
    query: 'cleanUp=maybe',
  });
  await route('a clean-up of a cluster that does not answer', {
    params: { name: 'dark1' },
    query: 'cleanUp=true',
  });
  await byEveryone(route)('without a clean-up', { params: { name: 'dark1' } });
  await route('once more', { params: { name: 'dark1' } });
  await byEveryone(route)('with a clean-up', {
    params: { name: 'prod' },
    query: 'cleanUp=true',
  });
  await badClusters(route, 'name');
}
