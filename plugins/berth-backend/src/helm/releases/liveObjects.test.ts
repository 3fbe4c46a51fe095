import { NotAllowedError } from '@backstage/errors';
import { KubeError } from '../../kube';
import { ClusterKind } from '../../resources/kinds/discovery';
import { ObjectCalls } from '../../resources/objects/ObjectCalls';
import { readLive } from './liveObjects';
import { ManifestObject } from './manifest';

const MIB = 1024 * 1024;
const KINDS: Partial<ClusterKind>[] = [
  { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps' },
  { group: '', version: 'v1', kind: 'Secret', plural: 'secrets' },
  { group: 'autoscaling', version: 'v1', kind: 'Scaler', plural: 'scalers' },
];

function wanted(name: string, more: Partial<ManifestObject> = {}) {
  const found = { kind: 'ConfigMap', apiVersion: 'v1', hook: false, ...more };
  return { object: {}, name, ...found };
}

/** A cluster that serves versions, and has an object of every name but `gone`. */
function aCluster({ bytes = 10, versions = ['v1'] } = {}) {
  const paths: string[] = [];
  const calls = new ObjectCalls({
    userRef: 'user:default/ann',
    entry: { cluster: { name: 'prod' } } as never,
    client: {
      server: 'prod:6443',
      request: async ({ path, meter }: any) => {
        paths.push(path);
        const [, version, , , , name] = path
          .replace('/api/', '/')
          .replace('/apis/', '/')
          .replace('autoscaling/', 'autoscaling.')
          .split('/');
        if (name === 'gone' || !versions.includes(version.split('.').pop()!)) {
          throw new KubeError('NotFound', 'none');
        }
        meter?.(bytes);
        return {
          apiVersion: version.replace('.', '/'),
          kind: path.includes('scalers') ? 'Scaler' : 'ConfigMap',
          metadata: { name, uid: 'u' },
        };
      },
    } as never,
    kinds: {
      findNamed: async (_: unknown, group: string, kind: string) => {
        if (kind === 'Secret') {
          throw new NotAllowedError('The portal does not pass on secrets');
        }
        if (group === 'broken.example.com') {
          throw new KubeError('Timeout', 'discovery took too long');
        }
        const found = KINDS.find(
          one => one.group === group && one.kind === kind,
        );
        return found && { ...found, namespaced: true };
      },
    } as never,
    signal: new AbortController().signal,
    writeSignal: new AbortController().signal,
  });
  const read = (objects: ManifestObject[], inVersionOfManifest = false) =>
    readLive(calls, objects, 'shop', {
      inVersionOfManifest,
      judge: live => live.apiVersion,
    });
  return { paths, read };
}

describe('readLive', () => {
  it('reads each object once, and keeps only what is judged', async () => {
    const { paths, read } = aCluster();
    const same = Array.from({ length: 600 }, (_, index) =>
      wanted('web', index % 2 === 0 ? { namespace: 'shop' } : {}),
    );
    const found = await read([
      ...same,
      wanted('gone'),
      wanted('hook', { hook: true }),
    ]);
    expect(paths).toEqual([
      '/api/v1/namespaces/shop/configmaps/web',
      '/api/v1/namespaces/shop/configmaps/gone',
    ]);
    expect(found).toEqual([
      expect.objectContaining({ state: 'found', judged: 'v1' }),
      expect.objectContaining({ state: 'missing' }),
    ]);
    expect(JSON.stringify(found)).not.toContain('uid');
  });

  it('stops at 32 MiB of all answers', async () => {
    const { paths, read } = aCluster({ bytes: 4 * MIB });
    const found = await read(
      Array.from({ length: 40 }, (_, index) => wanted(`web-${index}`)),
    );
    expect(found.filter(({ state }) => state === 'found')).toHaveLength(8);
    expect(found.at(-1)).toMatchObject({
      state: 'unknown',
      message: expect.stringMatching(/too large.* 32 MiB/),
    });
    // Some calls were under way.
    expect(paths.length).toBeLessThan(20);
  });

  it('names the objects that it does not read, and why', async () => {
    const { paths, read } = aCluster();
    const of = (apiVersion: string, kind = 'Widget') =>
      wanted('web', { apiVersion, kind });
    const found = await read([
      wanted(''),
      wanted('a/b'),
      wanted('a%2fb'),
      wanted('web', { namespace: '..' }),
      of('v1', 'Secret'),
      of('broken.example.com/v1'),
      of('example.com/v1'),
      of('../v1'),
      wanted('web.yaml', { kind: 'Unreadable', problem: 'it is no YAML' }),
    ]);
    expect(paths).toEqual([]);
    expect(
      found.map(one => [one.state, 'message' in one && one.message]),
    ).toEqual([
      ['unknown', expect.stringContaining('has no name')],
      ['unknown', expect.stringContaining('has no name that')],
      ['unknown', expect.stringContaining('has no name that')],
      ['unknown', expect.stringContaining('has no name that')],
      ['forbidden', 'The portal does not pass on secrets'],
      ['unknown', expect.stringContaining('discovery took too long')],
      ['unknown', 'prod has no kind "Widget" of "example.com/v1"'],
      ['unknown', 'prod has no kind "Widget" of "../v1"'],
      ['unknown', 'it is no YAML'],
    ]);
    expect(found.filter(one => 'mayPass' in one)).toEqual([
      expect.objectContaining({
        placed: expect.objectContaining({
          apiVersion: 'broken.example.com/v1',
        }),
        mayPass: true,
      }),
    ]);
  });

  it('reads the first 500 objects, and names the others', async () => {
    const { paths, read } = aCluster();
    const found = await read(
      Array.from({ length: 501 }, (_, index) => wanted(`web-${index}`)),
    );
    expect(paths).toHaveLength(500);
    expect(found.at(-1)).toMatchObject({
      placed: { name: 'web-500' },
      state: 'unknown',
      message: 'Only the first 500 objects are read',
    });
  });

  it('reads an object in the version of the manifest for a comparison', async () => {
    const scaler = (name = 'web') =>
      wanted(name, { apiVersion: 'autoscaling/v2', kind: 'Scaler' });
    const both = aCluster({ versions: ['v1', 'v2'] });
    expect(await both.read([scaler()], true)).toMatchObject([
      { state: 'found', judged: 'autoscaling/v2' },
    ]);
    expect(await both.read([scaler()])).toMatchObject([
      { state: 'found', judged: 'autoscaling/v1' },
    ]);
    const old = aCluster();
    expect(await old.read([scaler(), scaler('gone')], true)).toMatchObject([
      { state: 'unknown', message: expect.stringContaining('compared') },
      { state: 'missing' },
    ]);
  });
});
