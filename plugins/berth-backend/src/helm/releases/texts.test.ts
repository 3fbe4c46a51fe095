import { ObjectCalls } from '../../resources/objects/ObjectCalls';
import { aReleaseSecret, ReleaseParts } from '../__testUtils__/aReleaseSecret';
import { ReleaseCalls } from './ReleaseCalls';
import { ReleaseReader } from './ReleaseReader';
import { storedRevision } from './storedRevision';
import { SummaryCache } from './SummaryCache';
import { readView } from './view';

const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(1)>';

function readerOf(parts: ReleaseParts): ReleaseReader {
  const secret = aReleaseSecret(parts);
  return new ReleaseReader({
    address: { cluster: 'prod', namespace: 'shop', release: 'web' },
    assertAllowed: () => {},
    cache: new SummaryCache(),
    calls: {
      listRevisions: async () => [storedRevision(secret, 'secret')!],
      getContent: async () => secret,
    } as unknown as ReleaseCalls,
    configMapStorage: false,
    entry: { cluster: { id: 'id', name: 'prod' } } as never,
    findKind: async () => undefined as never,
    objects: {} as ObjectCalls,
    openCalls: () => undefined as never,
  });
}

describe('the texts of a release', () => {
  it('H20 stay texts, and only addresses of web pages count as such', async () => {
    const view = await readView(
      readerOf({
        notes: SCRIPT,
        description: SCRIPT,
        chart: {
          name: 'web',
          version: '1.0.0',
          description: SCRIPT,
          // eslint-disable-next-line no-script-url -- what a hostile chart has
          home: 'javascript:alert(1)',
          icon: 'https://example.com/x.svg',
          sources: [
            'data:text/html,x',
            'https://example.com/a',
            7,
            '//x',
            'file:///etc/passwd',
          ],
        },
      }),
    );
    expect(view).toMatchObject({ notes: SCRIPT, description: SCRIPT });
    expect(view.chart).toEqual({
      name: 'web',
      version: '1.0.0',
      description: SCRIPT,
      sources: ['https://example.com/a'],
    });
  });

  it('H17 hide copies of secrets in the notes', async () => {
    const view = await readView(
      readerOf({
        notes: 'Log in with planted-secret or planted-manifest',
        config: { password: 'planted-secret' },
        manifest:
          'apiVersion: v1\nkind: Secret\nstringData: { a: planted-manifest }',
      }),
    );
    expect(view.notes).toBe('Log in with •••••• or ••••••');
  });

  it.each([
    ['too large', 'a'.repeat(2 * 1024 * 1024)],
    ['not YAML', 'a: [planted-manifest'],
  ])('H17 are without notes if the manifest is %s', async (_, manifest) => {
    const view = await readView(
      readerOf({ notes: 'Log in with planted-manifest', manifest }),
    );
    expect(view.notes).toBe(
      'The notes are hidden, because the manifest cannot be read',
    );
  });

  it('H17 hide secrets before they are shortened, those of Secrets first', async () => {
    const password = 'planted-secret';
    const notes = `${'n'.repeat(256 * 1024 - 7)}${password}`;
    const config = {
      tokens: Array.from({ length: 400 }, (_, index) => `harmless-${index}`),
    };
    const manifest = `apiVersion: v1\nkind: Secret\nstringData: { a: ${password} }`;
    const view = await readView(readerOf({ notes, config, manifest }));
    expect(view.notes).toMatch(/n••••••$/);
  });

  it('are shortened', async () => {
    const view = await readView(
      readerOf({
        notes: 'n'.repeat(1_000_000),
        description: 'd'.repeat(9_999),
      }),
    );
    expect(view.notes).toHaveLength(256 * 1024);
    expect(view.description).toHaveLength(2_000);
  });
});
