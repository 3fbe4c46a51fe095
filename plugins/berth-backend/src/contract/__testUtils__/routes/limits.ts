import { Recorder } from '../Recorder';

/** Records the limits of a portal that allows a person two tokens and two changes per minute. */
export async function limits(recorder: Recorder) {
  const token = recorder.route('POST /clusters/{name}/token');
  const explain = recorder.route('GET /access/explain');
  const change = recorder.route('PATCH /clusters/{name}');
  const read = recorder.route('GET /clusters');
  const params = { name: 'nowhere' };
  for (const what of ['the first time', 'the second time', 'the third time']) {
    await token(what, { as: ['none', 'service', 'member'], params });
    await change(what, { as: ['none', 'service', 'member'], params, body: {} });
  }
  await explain('after too many tokens', {
    as: ['member', 'admin'],
    query: 'cluster=nowhere',
  });
  await read('after too many changes', { as: 'member' });
}
