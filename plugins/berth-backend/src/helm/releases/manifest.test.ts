import { diffObjects, diffValues } from './diff';
import { CopyMask } from './mask';
import { readManifest, secretTexts } from './manifest';
import { DecodedRelease, StoredRevision } from './types';

const STORED = {
  source: 'secret',
  objectName: 'sh.helm.release.v1.web.v1',
} as StoredRevision;

const read = (manifest: string, hooks: { manifest: string }[] = []) =>
  readManifest({ manifest, hooks } as unknown as DecodedRelease, STORED);

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

  it.each([
    ['is not YAML', 'a: [planted-value', 'line 1'],
    ['is too large', 'a'.repeat(7 * 1024 * 1024), 'its manifest has more'],
    ['has a large document', 'a'.repeat(2 * 1024 * 1024), 'a document'],
    ['has too many objects', '---\na: 1\n'.repeat(2_001), '2000 objects'],
    [
      'repeats itself by aliases',
      `a: &a [x, x]\nb: [${'*a, '.repeat(200)}]`,
      'anchors',
    ],
  ])('refuses a manifest that %s', async (_, manifest, rule) => {
    const error = await read(manifest).catch(failure => failure);
    expect(error.message).toContain('sh.helm.release.v1.web.v1');
    expect(error.message).toContain(rule);
    expect(error.message).not.toContain('planted-value');
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
    const items = await diffObjects(before, after, copies);
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
    const items = await diffObjects(before, after, new CopyMask([]));
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
  });
});
