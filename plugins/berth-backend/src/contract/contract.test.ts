import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mountedRoutes } from './__testUtils__/mountedRoutes';
import { Recorder } from './__testUtils__/Recorder';
import { prepare, Setting } from './__testUtils__/setting';
import { Portal, startPortal } from './__testUtils__/startPortal';
import { access } from './__testUtils__/routes/access';
import { activity } from './__testUtils__/routes/activity';
import { charts } from './__testUtils__/routes/charts';
import { checks } from './__testUtils__/routes/checks';
import { clusters } from './__testUtils__/routes/clusters';
import { deletion } from './__testUtils__/routes/deletion';
import { directory } from './__testUtils__/routes/directory';
import { grants } from './__testUtils__/routes/grants';
import { helm } from './__testUtils__/routes/helm';
import { helmOperations } from './__testUtils__/routes/helmOperations';
import { issuer } from './__testUtils__/routes/issuer';
import { kubectl } from './__testUtils__/routes/kubectl';
import { limits } from './__testUtils__/routes/limits';
import { namespaces } from './__testUtils__/routes/namespaces';
import { onboarding } from './__testUtils__/routes/onboarding';
import { personal } from './__testUtils__/routes/personal';
import { plan } from './__testUtils__/routes/plan';
import { profiles } from './__testUtils__/routes/profiles';
import { proxy } from './__testUtils__/routes/proxy';
import { quotas } from './__testUtils__/routes/quotas';
import { requests } from './__testUtils__/routes/requests';
import { resources } from './__testUtils__/routes/resources';
import { shares } from './__testUtils__/routes/shares';
import { terminal } from './__testUtils__/routes/terminal';
import { unmounted } from './__testUtils__/routes/unmounted';

jest.setTimeout(120_000);

/** In the order in which they run: each sees the changes of those before it. */
const RESOURCES: [
  name: string,
  record: (recorder: Recorder, setting: Setting) => Promise<void>,
][] = [
  ['access', access],
  ['clusters', clusters],
  ['shares', shares],
  ['onboarding', onboarding],
  ['checks', checks],
  ['namespaces', namespaces],
  ['grants', grants],
  ['quotas', quotas],
  ['proxy', proxy],
  ['resources', resources],
  ['helm', helm],
  ['charts', charts],
  ['helmOperations', helmOperations],
  ['requests', requests],
  ['terminal', terminal],
  ['activity', activity],
  ['kubectl', kubectl],
  ['directory', directory],
  ['profiles', profiles],
  ['plan', plan],
  ['personal', personal],
  ['issuer', issuer],
  ['deletion', deletion],
  ['unmounted', unmounted],
];

/**
 * Reads the recorded answers, and records them again first if UPDATE_CONTRACT is set. A difference is either a
 * mistake or a deliberate change of the API, which then belongs in the changelog.
 */
async function recorded(name: string, { text }: Recorder): Promise<string> {
  const file = join(__dirname, 'recorded', `${name}.txt`);
  if (process.env.UPDATE_CONTRACT) {
    await writeFile(file, text);
  }
  return readFile(file, 'utf8');
}

describe('the contract of the API', () => {
  const called = new Set<string>();
  let portal: Portal;
  let setting: Setting;

  beforeAll(async () => {
    portal = await startPortal();
    setting = await prepare(portal);
  });

  afterAll(() => portal?.stop());

  it.each(RESOURCES)('%s', async (name, record) => {
    const recorder = new Recorder(portal, name);
    await record(recorder, setting);
    recorder.routes.forEach(route => called.add(route));
    expect(recorder.text).toBe(await recorded(name, recorder));
  });

  it('covers every route that is mounted', () => {
    const mounted = mountedRoutes(portal.server);
    expect(mounted.length).toBeGreaterThan(40);
    expect(mounted.filter(route => !isCovered(route))).toEqual([]);
  });

  /** Returns whether a route was called. Any route below its path covers a handler for all of a path. */
  function isCovered(route: string): boolean {
    const path = route.replace(/^ALL /, '');
    return path === route
      ? called.has(route)
      : [...called].some(other => other.split(' ')[1].startsWith(path));
  }
});

describe('the limits of the API', () => {
  it('counts tokens and changes of a person', async () => {
    const portal = await startPortal({
      tokens: { requestsPerMinute: 2 },
      writes: { requestsPerMinute: 2 },
    });
    const recorder = new Recorder(portal, 'limits');
    await limits(recorder);
    await portal.stop();
    expect(recorder.text).toBe(await recorded('limits', recorder));
  });
});
