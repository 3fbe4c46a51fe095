import { Readable } from 'node:stream';
import { readProxyRequest } from '../../proxy/requestRules';
import { DiscoveryCache, DiscoveryCacheOptions } from './DiscoveryCache';

const CLUSTER = { name: 'prod', apiServer: 'https://prod', caPem: 'ca' };
const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

describe('DiscoveryCache', () => {
  let time = 1_000;
  const newCache = (options: DiscoveryCacheOptions = {}) =>
    new DiscoveryCache({ now: () => time, ...options });
  const runOf = (cache: DiscoveryCache, more = {}) =>
    cache.of({ cluster: CLUSTER, person: 'user:default/ann', ...more });
  const request = (url: string, method = 'GET', accept = 'application/json') =>
    readProxyRequest({ method, url, accept }, []);
  const passed = async (
    run: ReturnType<typeof runOf>,
    url: string,
    text = 'kinds',
  ) => {
    const body = Readable.from([Buffer.from(text)]);
    const parts = [];
    for await (const part of run.keep(request(url), 'application/json', body)) {
      parts.push(part);
    }
    expect(String(Buffer.concat(parts))).toBe(text);
  };
  const textIn = (run: ReturnType<typeof runOf>, url: string) =>
    run.find(request(url))?.body.toString();

  it('keeps documents for a minute from the request on', async () => {
    const cache = newCache();
    const slow = runOf(cache).keep(
      request('/apis'),
      'application/json',
      Readable.from([Buffer.from('kinds')]),
    );
    time += 30_000;
    for await (const _ of slow);
    const run = runOf(cache);
    expect(textIn(run, '/apis')).toBe('kinds');
    expect(run.used).toBe(true);
    time += 30_001;
    expect(textIn(runOf(cache), '/apis')).toBeUndefined();
  });

  it.each(['/version', '/api/v1/namespaces/shop/secrets'])(
    'does not keep %s',
    async url => {
      const run = runOf(newCache());
      await passed(run, url);
      expect(textIn(run, url)).toBeUndefined();
      expect(run.used).toBe(false);
    },
  );

  it('keeps documents for one person, one cluster and one form', async () => {
    const cache = newCache();
    await passed(runOf(cache), '/openapi/v3/apis/apps/v1?hash=1');
    const others = [
      { person: 'user:default/bob' },
      ...['name', 'apiServer', 'caPem'].map(field => ({
        cluster: { ...CLUSTER, [field]: 'other' },
      })),
    ];
    for (const other of others) {
      expect(
        textIn(runOf(cache, other), '/openapi/v3/apis/apps/v1?hash=1'),
      ).toBeUndefined();
    }
    const run = runOf(cache);
    expect(textIn(run, '/openapi/v3/apis/apps/v1?hash=2')).toBeUndefined();
    expect(
      run.find(
        request('/openapi/v3/apis/apps/v1?hash=1', 'GET', 'application/yaml'),
      ),
    ).toBeDefined();
    expect(textIn(run, '/openapi/v3/apis/apps/v1?hash=1')).toBe('kinds');
  });

  it('keeps no part of a document, and not more than its bound', async () => {
    const cache = newCache({ maxBytes: 4_000, maxDocumentBytes: 2_000 });
    const run = runOf(cache);
    const broken = async function* broken() {
      yield Buffer.from('ki');
      throw new Error('The connection ended');
    };
    await expect(async () => {
      for await (const _ of run.keep(request('/apis'), 'any', broken()));
    }).rejects.toThrow('The connection ended');
    expect(textIn(run, '/apis')).toBeUndefined();
    await passed(run, '/api', 'x'.repeat(2_001));
    expect(textIn(run, '/api')).toBeUndefined();
    for (const version of ['v1', 'v2', 'v3']) {
      await passed(run, `/apis/apps/${version}`, 'x'.repeat(1_500));
    }
    expect(textIn(run, '/apis/apps/v1')).toBeUndefined();
    expect(textIn(run, '/apis/apps/v3')).toBeDefined();
  });

  it.each([
    [
      'a definition was written',
      (run: ReturnType<typeof runOf>) =>
        run.noteWrite(request(DEFINITIONS, 'POST')),
    ],
    [
      'the cluster does not know a kind',
      (run: ReturnType<typeof runOf>) =>
        run.noteAnswer(request('/apis/example.com/v1/boats'), {
          status: 404,
          headers: TEXT,
        }),
    ],
  ])('asks the cluster each time for a minute after %s', async (_, note) => {
    const cache = newCache();
    await passed(runOf(cache), '/apis');
    const other = runOf(cache, { cluster: { ...CLUSTER, name: 'stage' } });
    await passed(other, '/apis');
    note(runOf(cache));
    await passed(runOf(cache), '/api');
    for (const url of ['/apis', '/api']) {
      expect(textIn(runOf(cache), url)).toBeUndefined();
    }
    expect(textIn(other, '/apis')).toBe('kinds');
    time += 60_001;
    expect(textIn(runOf(cache), '/apis')).toBeUndefined();
    await passed(runOf(cache), '/apis');
    expect(textIn(runOf(cache), '/apis')).toBe('kinds');
  });

  it('keeps what it has after other writes, and where an object is missing', async () => {
    const run = runOf(newCache());
    await passed(run, '/apis');
    run.noteWrite(request('/api/v1/namespaces/shop/configmaps', 'POST'));
    run.noteAnswer(request('/api/v1/namespaces/shop/configmaps/web'), {
      status: 404,
      headers: JSON_TYPE,
    });
    run.noteAnswer(request('/openapi/v3'), { status: 404, headers: TEXT });
    expect(textIn(run, '/apis')).toBe('kinds');
  });
});
