import { gzipSync } from 'node:zlib';
import { readProxyRequest } from '../../proxy/requestRules';
import { readManifest } from '../releases/manifest';
import { renderedDigest } from '../releases/renderedObjects';
import { DecodedRelease } from '../releases/types';
import { ShownGuard } from './ShownGuard';
import { ANY_RESOURCE, ShownWork } from './types';

const SECRETS = '/api/v1/namespaces/shop/secrets';
const MAPS = '/api/v1/namespaces/shop/configmaps';
const NAME = 'sh.helm.release.v1.web.v';
const object = (resource: string, name: string, group = '') => ({
  ...{ group, resource, namespace: 'shop', name },
});
const SHOWN: ShownWork = {
  objects: [
    object('configmaps', 'web'),
    object('secrets', 'web-login'),
    object(ANY_RESOURCE, 'main', 'example.com'),
  ],
  isWhole: true,
  secrets: [
    { namespace: 'other', name: 'shown' },
    { namespace: 'listed' },
    { namespace: 'shop', name: 'known' },
  ],
};
const asked = (method: string, url: string) =>
  readProxyRequest({ method, url }, []);
const guardOf = (shown: Partial<ShownWork> = {}) =>
  new ShownGuard({
    ...{ namespace: 'shop', release: 'web' },
    allowed: [
      { group: '', resource: 'secrets', namespace: 'third', name: 'own' },
    ],
    shown: { ...SHOWN, ...shown },
  });

describe('writes of an operation', () => {
  it.each([
    ['PATCH', `${MAPS}/web`],
    ['DELETE', `${MAPS}/web`],
    ['PATCH', '/apis/example.com/v1/namespaces/shop/anythings/main'],
    ['PUT', `${SECRETS}/${NAME}12`],
    ['DELETE', `${SECRETS}/${NAME}1`],
  ])('H5 passes on %s %s', async (method, url) => {
    const guard = guardOf();
    await guard.assertMayWrite(asked(method, url));
    expect(guard.problem).toBeUndefined();
  });

  it.each([
    ['PATCH', `${MAPS}/other`],
    ['DELETE', `${SECRETS}/web`],
    ['PATCH', '/apis/example.com/v1/namespaces/shop/anythings/other'],
    ['PATCH', '/apis/apps/v1/namespaces/shop/deployments/web'],
    ['PUT', `${SECRETS}/sh.helm.release.v1.web.vx`],
    ['PUT', `${SECRETS}/sh.helm.release.v1.other.v1`],
  ])('H5 refuses %s %s', async (method, url) => {
    const guard = guardOf();
    await expect(guard.assertMayWrite(asked(method, url))).rejects.toThrow(
      'The preview did not show this write',
    );
    expect(guard.problem).toBe('write');
  });

  it('H5 refuses an object without a name, unless a document could not be read', async () => {
    const create = asked('POST', MAPS);
    await expect(guardOf().assertMayWrite(create, {})).rejects.toThrow(
      'The preview did not show this write',
    );
    await guardOf().assertMayWrite(create, { name: 'web' });
    await guardOf({ isWhole: false }).assertMayWrite(create, {});
  });
});

describe('what helm stores', () => {
  const manifest = (name: string) =>
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  const digestOf = async (name: string) =>
    renderedDigest(
      await readManifest(
        { manifest: manifest(name), hooks: [] as unknown[] } as DecodedRelease,
        { source: 'secret', objectName: 'a' },
      ),
      'shop',
    );
  const secret = (release: object) => {
    const packed = gzipSync(JSON.stringify(release)).toString('base64');
    return Buffer.from(
      JSON.stringify({
        data: { release: Buffer.from(packed).toString('base64') },
      }),
    );
  };
  const store = (guard: ShownGuard, revision: number, bytes?: Buffer) =>
    guard.assertMayWrite(asked('POST', SECRETS), {
      ...{ name: `${NAME}${revision}`, bytes },
    });
  let rendered: { next: string; undo: string };

  beforeAll(async () => {
    rendered = { next: await digestOf('new'), undo: await digestOf('old') };
  });

  it('H5 is the revision of the preview, and then that of an undo', async () => {
    const guard = guardOf({ rendered });
    await store(guard, 2, secret({ manifest: manifest('new') }));
    // The same request again.
    await store(guard, 2, secret({ manifest: manifest('new') }));
    await store(guard, 3, secret({ manifest: manifest('old') }));
    expect(guard.problem).toBeUndefined();
  });

  it.each([
    ['other objects', () => secret({ manifest: manifest('evil') })],
    ['the objects of an undo', () => secret({ manifest: manifest('old') })],
    ['no content', () => undefined],
    ['a content that cannot be read', () => Buffer.from('{"data":{}}')],
  ])('H5 is not %s', async (_, content) => {
    const guard = guardOf({ rendered });
    await expect(store(guard, 2, content())).rejects.toThrow(
      'The objects of the release are others than those of the preview',
    );
    expect(guard.problem).toBe('rendering');
  });
});

describe('names that differ at each rendering', () => {
  const job = (name: string, more: object = {}) => ({
    ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, ...more },
  });
  const inSecret = (objects: object[], hooks: object[] = []) => {
    const manifest = objects
      .map(one => `---\n${JSON.stringify(one)}\n`)
      .join('');
    const packed = gzipSync(JSON.stringify({ manifest, hooks })).toString(
      'base64',
    );
    return Buffer.from(
      JSON.stringify({
        data: { release: Buffer.from(packed).toString('base64') },
      }),
    );
  };
  const rules = { group: 'batch', kind: 'Job', resource: 'jobs' };
  const changing = [{ ...rules, stem: 'web-', fixed: ['web-main'], count: 1 }];
  const PREVIEWED = [job('web-main'), job('web-abc')];
  const account = (name: string) => ({
    ...{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } },
  });
  const guardFor = async (objects: object[] = PREVIEWED) => {
    const manifest = objects
      .map(one => `---\n${JSON.stringify(one)}\n`)
      .join('');
    const read = await readManifest(
      { manifest, hooks: [] as unknown[] } as DecodedRelease,
      { source: 'secret', objectName: 'a' },
    );
    const next = renderedDigest(read, 'shop', changing);
    return guardOf({
      objects: [object('jobs', 'web-main', 'batch')],
      ...{ changing, rendered: { next, undo: next } },
    });
  };
  const store = (guard: ShownGuard, objects: object[], revision = 2) =>
    guard.assertMayWrite(asked('POST', SECRETS), {
      ...{ name: `${NAME}${revision}`, bytes: inSecret(objects) },
    });
  const JOBS = '/apis/batch/v1/namespaces/shop/jobs';
  const missing = async () => false;

  it('H5 are those of the checked revision, if no such object exists', async () => {
    const guard = await guardFor();
    const write = (name: string, exists: () => Promise<boolean>) =>
      guard.assertMayWrite(
        asked('PATCH', `${JOBS}/${name}`),
        undefined,
        exists,
      );
    await expect(write('web-xyz', missing)).rejects.toThrow(
      'The preview did not show this write',
    );
    await store(guard, [job('web-xyz'), job('web-main')]);
    await expect(write('web-xyz', async () => true)).rejects.toThrow(
      'The chart made the name of an object that exists',
    );
    await write('web-xyz', missing);
    // The run created it.
    await write('web-xyz', async () => true);
    await write('web-main', async () => true);
    for (const other of ['web-abc', 'web-xyz2']) {
      await expect(write(other, missing)).rejects.toThrow(
        'The preview did not show this write',
      );
    }
    await expect(
      guard.assertMayWrite(asked('PATCH', `${MAPS}/web-xyz`), {}, missing),
    ).rejects.toThrow('The preview did not show this write');
  });

  it('H5 are refused without an answer of the cluster', async () => {
    const guard = await guardFor();
    await store(guard, [job('web-xyz'), job('web-main')]);
    await expect(
      guard.assertMayWrite(asked('DELETE', `${JOBS}/web-xyz`)),
    ).rejects.toThrow('The chart made the name');
  });

  it.each([
    ['another beginning', [job('web-main'), job('other-xyz')]],
    ['the beginning only', [job('web-main'), job('web-')]],
    ['an object more', [job('web-main'), job('web-x'), job('web-y')]],
    ['an object less', [job('web-main')]],
    ['no fixed name', [job('web-x'), job('web-y')]],
    ['a fixed name twice', [job('web-main'), job('web-main')]],
    ['another kind', [job('web-main'), job('web-x', { kind: 'CronJob' })]],
    ['another group', [job('web-main'), job('web-x', { apiVersion: 'a/v1' })]],
    [
      'another namespace',
      [
        job('web-main'),
        job('web-x', { metadata: { name: 'web-x', namespace: 'other' } }),
      ],
    ],
    ['an object with rights more', [...PREVIEWED, account('web-x')]],
  ])('H5 are refused with %s', async (_, objects) => {
    await expect(store(await guardFor(), objects)).rejects.toThrow(
      'The objects of the release are others',
    );
  });

  it('H5 do not let objects with rights have other names', async () => {
    const guard = await guardFor([account('web-a')]);
    await expect(store(guard, [account('web-b')])).rejects.toThrow(
      'The objects of the release are others',
    );
  });

  it('H5 are not those of hooks of tests, which the digest does not count', async () => {
    const guard = await guardFor();
    const events = ['test'];
    const manifest = JSON.stringify(job('web-planted'));
    const bytes = inSecret(
      [job('web-xyz'), job('web-main')],
      [{ manifest, events }],
    );
    await guard.assertMayWrite(asked('POST', SECRETS), {
      ...{ name: `${NAME}2`, bytes },
    });
    await expect(
      guard.assertMayWrite(
        asked('PATCH', `${JOBS}/web-planted`),
        undefined,
        missing,
      ),
    ).rejects.toThrow('The preview did not show this write');
  });

  it('H5 are no names of an undo', async () => {
    const guard = await guardFor();
    await store(guard, [job('web-xyz'), job('web-main')]);
    await expect(
      store(guard, [job('web-uvw'), job('web-main')], 3),
    ).rejects.toThrow('The objects of the release are others');
  });

  it('H5 let helm read a Secret that the run created', async () => {
    const login = (name: string) => ({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name } },
    });
    const secrets = { group: '', kind: 'Secret', resource: 'secrets' };
    const names = [{ ...secrets, stem: 'web-', fixed: [], count: 1 }];
    const read = await readManifest(
      {
        manifest: JSON.stringify(login('web-a')),
        hooks: [] as unknown[],
      } as DecodedRelease,
      { source: 'secret', objectName: 'a' },
    );
    const next = renderedDigest(read, 'shop', names);
    const guard = guardOf({
      changing: names,
      rendered: { next, undo: next },
    });
    const get = () =>
      guard.assertMayRead(asked('GET', `${SECRETS}/web-b`), 200);
    expect(get).toThrow('The chart did not read these Secrets');
    await store(guard, [login('web-b')]);
    expect(get()).toBeUndefined();
  });
});

describe('Secrets that a chart reads', () => {
  const read = (url: string, status = 200, shown = {}) =>
    guardOf(shown).assertMayRead(asked('GET', url), status);

  it.each([
    ['of the release', `${SECRETS}/web-login`],
    ['of the release elsewhere', '/api/v1/namespaces/third/secrets/own'],
    ['with a revision', `${SECRETS}/${NAME}3`],
    ['by the labels of Helm', `${SECRETS}?labelSelector=owner%3Dhelm`],
    ['to wait for objects', `${SECRETS}?watch=true&resourceVersion=1`],
    ['of another kind', '/api/v1/namespaces/other/configmaps/web'],
  ])('H5 are not those %s', (_, url) => {
    expect(read(url)).toBeUndefined();
  });

  it.each([
    ['/api/v1/namespaces/other/secrets/shown', 'shown in other'],
    ['/api/v1/namespaces/listed/secrets', 'all in listed'],
    [`${SECRETS}/known`, 'known in shop'],
  ])('H5 are named: %s', (url, words) => {
    expect(read(url)).toBe(words);
  });

  it.each([
    '/api/v1/namespaces/other/secrets/crown',
    '/api/v1/namespaces/other/secrets',
    '/api/v1/secrets',
    '/api/v1/namespaces/listed/secrets/one',
    '/api/v1/namespaces/other/secrets/sh.helm.release.v1.web.v1',
    `${SECRETS}/unknown`,
    SECRETS,
  ])('H5 are refused, unless they are missing: %s', url => {
    expect(() => read(url)).toThrow(
      'The chart did not read these Secrets for the preview',
    );
    expect(read(url, 404)).toBeUndefined();
    // Nothing was rendered for the preview.
    expect(read(url, 200, { secrets: undefined })).toBeUndefined();
  });
});
