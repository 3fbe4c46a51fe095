import { badBodies, badClusters } from '../badBodies';
import { byEveryone, Recorder } from '../Recorder';

const params = { name: 'prod' };

export async function profiles(recorder: Recorder) {
  await byEveryone(recorder.route('GET /profiles'))('no profiles', {});
  const read = recorder.route('GET /clusters/{name}/profile');
  await byEveryone(read)('a cluster without a profile', { params });
  await read('a cluster that does not answer', { params: { name: 'dark1' } });
  await badClusters(read, 'name');
  await preview(recorder);
}

async function preview(recorder: Recorder) {
  const route = recorder.route('POST /clusters/{name}/profile/preview');
  const body = {
    profiles: [
      {
        name: 'isolated',
        labels: { 'example.com/tier': 'prod' },
        egress: { internet: true },
      },
    ],
  };
  await byEveryone(route)('profiles that change something', {
    params,
    body,
    pick: ({ items, ...rest }) => ({ ...rest, items: items?.slice(0, 2) }),
  });
  await route('the profiles of the configuration', {
    params,
    body: {},
    pick: ({ kinds, podSecurity }) => ({ kinds, podSecurity }),
  });
  await route('profiles with mistakes', {
    params,
    body: {
      profiles: [
        { name: 'Bad', podSecurity: { enforce: 'high' } },
        { name: 'two', labels: { 'berth.dev/mine': 'x' }, unknown: true },
      ],
    },
  });
  await route('no list', { params, body: { profiles: 'isolated' } });
  await route('too many', {
    params,
    body: {
      profiles: Array.from({ length: 101 }, (_, index) => ({
        name: `p${index}`,
      })),
    },
  });
  await route('a cluster that does not answer', {
    params: { name: 'dark1' },
    body,
  });
  await badClusters(route, 'name', { body });
  await badBodies(route, { params, body });
}
