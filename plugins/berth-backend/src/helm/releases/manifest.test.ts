import { withoutSecrets } from '../../resources/objects/secrets';
import { diffObjects, diffValues } from './diff';
import { CopyMask } from './mask';
import { readManifest, secretTexts } from './manifest';
import { presentManifestObject } from './manifestView';
import { DecodedRelease, StoredRevision } from './types';

const STORED = {
  source: 'secret',
  objectName: 'sh.helm.release.v1.web.v1',
} as StoredRevision;

const read = (
  manifest: string,
  hooks: { manifest: string; events?: string[]; name?: string }[] = [],
) =>
  readManifest(
    {
      manifest,
      hooks: hooks.map(hook => ({ events: [], ...hook })),
    } as unknown as DecodedRelease,
    STORED,
  );

const SECRET = (password: string) => `---
# Source: web/templates/secret.yaml
apiVersion: v1
kind: Secret
metadata: { name: login }
stringData: { password: ${password} }
`;
const CONFIG = (text: string) => `---
apiVersion: v1
kind: ConfigMap
metadata: { name: web, namespace: other }
data:
  text: |
    ${text}
    --- not a new document
`;

describe('readManifest', () => {
  it('reads the objects of documents, of lists and of hooks', async () => {
    const list = '---\nkind: List\nitems: [{kind: A}, {kind: B}]\n';
    const objects = await read(`${SECRET('p1')}${CONFIG('x')}${list}`, [
      { manifest: 'kind: Job\nmetadata: { name: migrations }' },
    ]);
    expect(
      objects.map(({ kind, name, namespace, hook }) => [
        ...[kind, name, namespace, hook],
      ]),
    ).toEqual([
      ['Secret', 'login', undefined, false],
      ['ConfigMap', 'web', 'other', false],
      ['A', '', undefined, false],
      ['B', '', undefined, false],
      ['Job', 'migrations', undefined, true],
    ]);
    expect(secretTexts(objects)).toEqual(['p1']);
  });

  it('H5 has the events of a hook for the object that helm makes, whatever the record of the hook names', async () => {
    const events = ['pre-delete'];
    const [object] = await read('', [
      {
        ...{ name: 'harmless', events },
        manifest: 'kind: RoleBinding\nmetadata: { name: hidden }',
      },
    ]);
    expect(object).toMatchObject({
      kind: 'RoleBinding',
      name: 'hidden',
      events,
    });
  });

  it('H6 refuses more hooks than it reads, because helm would run them unseen', async () => {
    const hooks = Array(501).fill({ manifest: 'kind: Job' });
    await expect(read('', hooks.slice(1))).resolves.toHaveLength(500);
    await expect(read('', hooks)).rejects.toThrow(
      'it has 501 hooks, and may have 500',
    );
  });

  it.each([
    ['is too large', 'a'.repeat(1.6 * 1024 * 1024), 'its manifest has more'],
    ['has too many objects', '---\na: 1\n'.repeat(2_001), '2000 objects'],
  ])('refuses a manifest that %s', async (_, manifest, rule) => {
    const error = await read(manifest).catch(failure => failure);
    expect(error.message).toContain('sh.helm.release.v1.web.v1');
    expect(error.message).toContain(rule);
  });

  it.each([
    ['is not YAML', 'a: [planted-value', 'line 3'],
    ['is large', `a: ${'a'.repeat(300 * 1024)}`, '262144 characters'],
    ['may have very many values', `a: [${'1,'.repeat(20_001)}]`, '20000 of'],
    [
      'repeats itself by aliases',
      `a: &a [x, x]\nb: [${'*a, '.repeat(200)}]`,
      'anchors',
    ],
  ])('reads the others if a document %s', async (_, text, rule) => {
    const source = '# Source: web/templates/other.yaml\n';
    const [other, secret] = await read(`${source}${text}\n${SECRET('p1')}`);
    expect(other).toMatchObject({
      ...{ object: {}, kind: 'Unreadable', name: 'web/templates/other.yaml' },
      problem: expect.stringContaining(rule),
    });
    expect(other.problem).not.toContain('planted-value');
    expect(secret).toMatchObject({ kind: 'Secret', name: 'login' });
  });

  it('gives each document that cannot be read another name', async () => {
    const objects = await read('a: [\n---\na: 1\n---\nb: [');
    expect(objects.map(({ name }) => name)).toEqual([
      'document',
      '',
      'document (2)',
    ]);
  });

  it('takes the last of equal keys, as Helm does', async () => {
    const [{ object }] = await read('kind: A\nspec: { a: 1, a: 2 }\nkind: B');
    expect(object).toEqual({ kind: 'B', spec: { a: 2 } });
  });

  it('H17 reads the Secrets of lists in lists', async () => {
    const list = {
      ...{ apiVersion: 'v1', kind: 'List' },
      items: [
        {
          ...{ apiVersion: 'v1', kind: 'SecretList' },
          items: [{ metadata: { name: 'a' }, stringData: { b: 'p1' } }],
        },
      ],
    };
    const objects = await read(JSON.stringify(list));
    expect(objects).toMatchObject([{ kind: 'Secret', name: 'a' }]);
    expect(secretTexts(objects)).toEqual(['p1']);
  });

  it.each(['ConfigMap', 'CustomResourceDefinition', 'Widget', undefined])(
    'H5 reads the items of an object of the kind %s, which helm writes in its place',
    async kind => {
      const hidden = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        ...{ kind: 'RoleBinding', metadata: { name: 'hidden' } },
      };
      const object = { apiVersion: 'v1', kind, metadata: { name: 'web' } };
      const nested = { kind: 'Gadget', items: [hidden] };
      const given = JSON.stringify({ ...object, items: [hidden, nested] });
      expect(await read(given)).toMatchObject([
        { kind: 'RoleBinding', name: 'hidden' },
        { kind: 'RoleBinding', name: 'hidden' },
      ]);
    },
  );

  it('H17 takes an empty group before the version for the core group, as Kubernetes does', async () => {
    const objects = await read(
      'apiVersion: /v1\nkind: Secret\nstringData: { a: p1 }',
    );
    expect(secretTexts(objects)).toEqual(['p1']);
    const shown = JSON.stringify(withoutSecrets(objects[0].object));
    expect(shown).not.toMatch(/p1|cDE=/);
  });

  it('H17 also takes the base64 of values that are no texts for a secret', async () => {
    const data = '/////////w==';
    const objects = await read(
      `apiVersion: v1\nkind: Secret\ndata: { a: ${data} }`,
    );
    expect(secretTexts(objects)).toContain(data);
  });

  it('parses nothing for a caller who is gone', async () => {
    const release = { manifest: SECRET('p1'), hooks: [] };
    await expect(
      readManifest(
        release as unknown as DecodedRelease,
        STORED,
        AbortSignal.abort(),
      ),
    ).rejects.toThrow('aborted');
  });

  it('lets other requests have their turn between documents', async () => {
    let turns = 0;
    let ended = false;
    const count = () => {
      turns++;
      if (!ended) {
        setImmediate(count);
      }
    };
    setImmediate(count);
    await read(CONFIG('x').repeat(50));
    ended = true;
    expect(turns).toBeGreaterThan(40);
  });
});

describe('the diff of two revisions', () => {
  it('H17 reports changed secrets without their values', async () => {
    const [before, after] = await Promise.all([
      read(`${SECRET('old-secret')}${CONFIG('uses old-secret')}`),
      read(`${SECRET('new-secret')}${CONFIG('uses new-secret')}`),
    ]);
    const copies = new CopyMask(['old-secret', 'new-secret']);
    const items = await diffObjects(before, after, copies, 'shop');
    expect(items.map(({ change, name }) => [change, name])).toEqual([
      ['changed', 'login'],
      ['changed', 'web'],
    ]);
    expect(items[0].diff).toContain('+  password: (hidden, changed)');
    expect(items[1].diff).toContain('Only hidden values differ');
    expect(JSON.stringify(items)).not.toMatch(/old-secret|new-secret/);
    const encoded = Buffer.from('new-secret').toString('base64');
    expect(JSON.stringify(items)).not.toContain(encoded);
  });

  it('reports objects that were added and removed', async () => {
    const [before, after] = await Promise.all([
      read(SECRET('planted-secret')),
      read(CONFIG('x')),
    ]);
    const items = await diffObjects(before, after, new CopyMask([]), 'shop');
    expect(items).toEqual([
      {
        ...{ kind: 'ConfigMap', namespace: 'other', name: 'web' },
        change: 'added',
        diff: expect.stringContaining('+  name: web'),
      },
      {
        ...{ kind: 'Secret', name: 'login', change: 'removed' },
        diff: expect.stringMatching(/^- {2}password: \(hidden\)$/m),
      },
    ]);
    expect(items[1].diff).not.toMatch(/^\+ /m);
  });

  it('distinguishes objects by their group, and knows the namespace of the release', async () => {
    const web = (apiVersion: string, metadata: string) =>
      `---\napiVersion: ${apiVersion}\nkind: Web\nmetadata: { name: a${metadata} }\n`;
    const [before, after] = await Promise.all([
      read(web('a.io/v1', '') + web('b.io/v1', '')),
      read(web('a.io/v1', ', namespace: shop') + web('b.io/v1', '')),
    ]);
    const items = await diffObjects(before, after, new CopyMask([]), 'shop');
    expect(items).toMatchObject([
      {
        change: 'changed',
        diff: expect.stringContaining('+  namespace: shop'),
      },
    ]);
  });

  it('H17 hides the values of a Secret that becomes another kind of object', async () => {
    const other = SECRET('p2').replace('v1', 'v2');
    const [before, after] = await Promise.all([
      read(SECRET('planted-secret')),
      read(other),
    ]);
    const items = await diffObjects(before, after, new CopyMask([]), 'shop');
    expect(items).toMatchObject([{ change: 'changed' }]);
    const encoded = Buffer.from('planted-secret').toString('base64');
    expect(items[0].diff).not.toContain(encoded);
    expect(items[0].diff).not.toContain('p2');
  });

  it('says of a document that cannot be read whether it changed', async () => {
    const [before, after] = await Promise.all([read('a: ['), read('a: [b')]);
    const of = (old: typeof before) =>
      diffObjects(old, after, new CopyMask([]), 'shop');
    expect(await of(after)).toEqual([]);
    expect(await of(before)).toEqual([
      {
        ...{ kind: 'Unreadable', name: 'document', change: 'changed' },
        diff: expect.stringContaining('# The document cannot be read: '),
      },
    ]);
  });

  it('writes large objects as JSON', async () => {
    const list = Array.from({ length: 6_000 }, (_, index) => index);
    const [before, after] = await Promise.all([
      read(JSON.stringify({ kind: 'A', list })),
      read(JSON.stringify({ kind: 'A', list: [...list, 'new'] })),
    ]);
    const copies = new CopyMask([]);
    const items = await diffObjects(before, after, copies, 'shop');
    expect(items[0].diff).toContain('+    "new"');
    const placed = { kind: 'A', apiVersion: '', group: 'core', name: '' };
    const { yaml } = presentManifestObject(after[0], placed, copies);
    expect(JSON.parse(yaml)).toMatchObject({ kind: 'A' });
  });

  it('H17 marks hidden values that changed', () => {
    const diff = diffValues(
      { replicas: 1, password: 'old', token: 'same' },
      { replicas: 2, password: 'new', token: 'same' },
    );
    expect(diff).toContain('-replicas: 1\n');
    expect(diff).toContain('+replicas: 2\n');
    expect(diff).toContain('+password: •••••• (changed)');
    expect(diff).not.toMatch(/[+-]token|old|new/);
    expect(diffValues({ a: 1 }, { a: 1 })).toBe('');
    expect(diffValues({}, { a: 1 })).toBe(
      '--- before\n+++ after\n@@ -0,0 +1,1 @@\n+a: 1\n',
    );
    const tokens = () => ({ tokens: Array(6_000).fill('a') });
    expect(diffValues(tokens(), tokens())).toBe('');
  });
});
