import { gunzipSync, gzipSync } from 'node:zlib';
import { aReleaseSecret, ReleaseParts } from '../__testUtils__/aReleaseSecret';
import { decodeRelease, encodeRelease } from './decodeRelease';
import { storedRevision } from './storedRevision';

const decode = (parts: ReleaseParts) =>
  decodeRelease(aReleaseSecret(parts), 'secret');

const nested = (levels: number): unknown =>
  levels === 0 ? 1 : [nested(levels - 1)];

describe('decodeRelease', () => {
  it('reads what Helm stores', async () => {
    const release = await decode({
      config: { replicas: 2 },
      hooks: [
        {
          name: 'web-migrations',
          kind: 'Job',
          events: ['pre-install'],
          weight: -5,
          manifest: 'kind: Job',
          last_run: {
            phase: 'Succeeded',
            started_at: '2026-05-04T10:00:00.5+02:00',
            completed_at: '0001-01-01T00:00:00Z',
          },
        },
      ],
      notes: 'Welcome',
    });
    expect(release).toEqual({
      firstDeployedAt: '2026-05-04T10:00:00.000Z',
      summary: {
        chart: { name: 'web', version: '1.4.2', appVersion: '2.14.0' },
        description: 'Install complete',
        updatedAt: '2026-05-04T11:00:00.000Z',
        flux: false,
      },
      notes: 'Welcome',
      chart: { name: 'web', version: '1.4.2', appVersion: '2.14.0' },
      packed: {
        metadata: { name: 'web', version: '1.4.2', appVersion: '2.14.0' },
        values: {},
      },
      defaults: {},
      config: { replicas: 2 },
      manifest: '',
      hooks: [
        {
          name: 'web-migrations',
          kind: 'Job',
          events: ['pre-install'],
          weight: -5,
          manifest: 'kind: Job',
          lastRun: {
            phase: 'Succeeded',
            startedAt: '2026-05-04T08:00:00.500Z',
          },
        },
      ],
      applyMethod: 'ssa',
    });
  });

  it('H6 reads all hooks and all their events', async () => {
    const events = [...Array(30).fill('test'), 'unknown', 'pre-install'];
    const { hooks } = await decode({
      hooks: Array(501).fill({ name: 'web', kind: 'Job', events }),
    });
    expect(hooks).toHaveLength(501);
    expect(hooks[500].events).toEqual(['test', 'pre-install']);
  });

  it('reads a ConfigMap, whose content the API server does not encode', async () => {
    const { data, ...secret } = aReleaseSecret();
    const release = Buffer.from(data.release, 'base64').toString();
    await expect(
      decodeRelease({ ...secret, data: { release } }, 'configMap'),
    ).resolves.toMatchObject({ summary: { chart: { name: 'web' } } });
  });

  it.each<[string, ReleaseParts]>([
    [
      'by a label of the release',
      { labels: { 'helm.toolkit.fluxcd.io/name': 'web' } },
    ],
    [
      'by a label of its objects',
      {
        manifest: 'metadata:\n  labels:\n    helm.toolkit.fluxcd.io/name: web',
      },
    ],
  ])('finds that Flux manages a release %s', async (_, parts) => {
    await expect(decode(parts)).resolves.toMatchObject({
      summary: { flux: true },
    });
  });

  it('H17 hides values in the description', async () => {
    const { summary } = await decode({
      config: { password: 'planted-secret' },
      description: 'Upgrade failed: cannot use "planted-secret"',
    });
    expect(summary.description).toBe('Upgrade failed: cannot use "••••••"');
    const cut = await decode({
      config: { password: 'planted-secret' },
      description: `${'x'.repeat(1_990)}planted-secret${'x'.repeat(99)}`,
    });
    expect(cut.summary.description).not.toContain('planted');
  });

  it.each<[string, ReleaseParts, string]>([
    ['a bomb', { content: Buffer.alloc(64 * 1024 * 1024) }, 'more than 32 MiB'],
    [
      'deep JSON',
      { content: Buffer.from('['.repeat(100_000)) },
      'nested too deeply',
    ],
    [
      'very many values',
      { content: Buffer.from(`[${'{},'.repeat(3_000_000)}0]`) },
      'too many values',
    ],
    [
      'deep values',
      { config: { password: nested(65) } },
      'values are more than 64 levels deep',
    ],
    [
      'very many values of the chart',
      { defaults: { list: Array(100_001).fill(1) } },
      'more than 100000 values',
    ],
    ['text', { content: Buffer.from('hello') }, 'not JSON'],
    ['a list', { content: Buffer.from('[]') }, 'not a release'],
    ['broken base64', { content: '%%%' }, 'not base64'],
    [
      'broken gzip',
      {
        content: Buffer.concat([gzipSync('{}').subarray(0, 12)]).toString(
          'base64',
        ),
      },
      'not compressed with gzip',
    ],
    ['another name', { says: { name: 'other' } }, 'another name'],
    ['another namespace', { says: { namespace: 'other' } }, 'another name'],
    ['another revision', { says: { version: 9 } }, 'another name'],
    [
      'another status',
      { says: { info: { status: 'failed' } } },
      'another status',
    ],
    ['no release', { says: { name: ['web'] } }, 'another name'],
  ])('refuses %s, naming the Secret', async (_, parts, rule) => {
    const error = await decode(parts).catch(failure => failure);
    expect(error.message).toMatch(
      /^Secret "sh\.helm\.release\.v1\.web\.v1" does not hold a Helm release/,
    );
    expect(error.message).toContain(rule);
  });

  it('refuses a Secret of another type, or without content', async () => {
    const secret = aReleaseSecret();
    await expect(
      decodeRelease({ ...secret, type: 'Opaque' }, 'secret'),
    ).rejects.toThrow('its type is not');
    await expect(
      decodeRelease({ ...secret, data: {} }, 'secret'),
    ).rejects.toThrow('no key "release"');
  });
});

describe('storedRevision', () => {
  it('reads the labels', () => {
    const labels = { team: 'a' };
    expect(
      storedRevision(aReleaseSecret({ revision: 3, labels }), 'secret'),
    ).toEqual({
      source: 'secret',
      objectName: 'sh.helm.release.v1.web.v3',
      uid: 'uid-of-web-3',
      resourceVersion: '1',
      namespace: 'shop',
      name: 'web',
      revision: 3,
      status: 'deployed',
      updatedAt: '2026-05-04T11:00:00.000Z',
      labels: { team: 'a' },
    });
  });

  it('knows no other status than those of Helm', () => {
    expect(
      storedRevision(aReleaseSecret({ status: '<b>' }), 'secret'),
    ).toMatchObject({ status: 'unknown' });
  });

  it.each([
    [{ name: 'other' }],
    [{ version: '2' }],
    [{ version: '01' }],
    [{ owner: 'me' }],
    [{ name: '../web' }],
  ])('refuses labels that do not agree with the name: %j', labels => {
    expect(
      storedRevision(aReleaseSecret({ labels: labels as never }), 'secret'),
    ).toBeUndefined();
  });
});

describe('encodeRelease', () => {
  it('makes no content larger than Helm does, which could exceed the limit of a Secret', async () => {
    const manifest = Array.from(
      { length: 20_000 },
      (_, n) => `key${(n * 7_919) % 10_007}: value ${(n * n) % 997}\n`,
    ).join('');
    const release = { manifest };
    const encoded = await encodeRelease(release, 'configMap');
    const best = gzipSync(JSON.stringify(release), { level: 9 });
    expect(encoded.length).toBeLessThanOrEqual(best.toString('base64').length);
    expect(gunzipSync(Buffer.from(encoded, 'base64')).toString()).toBe(
      JSON.stringify(release),
    );
  });
});
