import { byEveryone, Recorder } from '../Recorder';

/** While terminals are off, which is the default. `terminal/terminal.test.ts` turns them on. */
export async function terminal(recorder: Recorder) {
  const ticket = recorder.route(
    'POST /clusters/{cluster}/namespaces/{namespace}/pods/{pod}/terminal',
  );
  await byEveryone(ticket)('a ticket', {
    params: { cluster: 'prod', namespace: 'shop', pod: 'web' },
    body: { container: 'main', shell: 'auto' },
  });
  await byEveryone(recorder.route('GET /terminal'))('without an upgrade');
}
