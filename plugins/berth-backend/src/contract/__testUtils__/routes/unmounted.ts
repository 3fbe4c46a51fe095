import { mountedRoutes } from '../mountedRoutes';
import { Recorder } from '../Recorder';
import { Setting } from '../setting';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Calls paths with methods that they do not have, and with other spellings. */
export async function unmounted(
  recorder: Recorder,
  { portal }: Setting,
): Promise<void> {
  const mounted = mountedRoutes(portal.server).filter(
    route => route.includes('/api/berth') && !route.startsWith('ALL '),
  );
  const paths = [...new Set(mounted.map(route => route.split(' ')[1]))].sort();
  recorder.note('');
  for (const path of paths) {
    const answers = [];
    for (const method of METHODS) {
      if (!mounted.includes(`${method} ${path}`)) {
        const { status } = await portal.call(
          'admin',
          method,
          path.replaceAll('{}', 'nowhere'),
        );
        answers.push(`${method} ${status}`);
      }
    }
    recorder.note(`${path}: ${answers.join(', ')}`);
  }
  const route = recorder.route('GET /api/berth');
  await route('the plugin itself', { as: ['none', 'admin'] });
  for (const path of [
    '/clusters/',
    '/CLUSTERS',
    '//clusters',
    '/clusters/a%2Fb',
    '/clusters/%',
    '/unknown',
  ]) {
    await recorder.route(`GET ${path}`)('another spelling', {
      as: ['none', 'admin'],
      pick: body => (Array.isArray(body?.items) ? 'the list' : body),
    });
  }
}
