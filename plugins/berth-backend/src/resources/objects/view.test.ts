import { presentObject } from './view';
import { yamlDiff } from './yamlDiff';

const OBJECT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    managedFields: [
      {
        manager: 'kubectl',
        operation: 'Apply',
        time: '2026-01-01T00:00:00Z',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      },
      { manager: 'controller', operation: 'Update', fieldsV1: {} },
    ],
  },
  spec: { replicas: 1 },
};

describe('presentObject', () => {
  it('replaces managedFields by the managers, and adds the row', () => {
    expect(
      presentObject(OBJECT, {
        kind: 'Table',
        columnDefinitions: [
          { name: 'Name', type: 'string', format: 'name', priority: 0 },
          { name: 'Odd' },
        ],
        rows: [{ cells: ['web', { a: 1 }] }],
      }),
    ).toEqual({
      object: { ...OBJECT, metadata: { name: 'web' } },
      summary: {
        columns: [
          { name: 'Name', type: 'string', format: 'name', priority: 0 },
          { name: 'Odd', type: 'string', priority: 0 },
        ],
        cells: ['web', '{"a":1}'],
      },
      managers: [
        {
          manager: 'kubectl',
          operation: 'Apply',
          time: '2026-01-01T00:00:00Z',
          ownsReplicas: true,
        },
        { manager: 'controller', operation: 'Update', ownsReplicas: false },
      ],
      keptByBerth: false,
    });
  });

  it.each([
    ['no Table', { kind: 'Deployment' }],
    ['nothing', undefined],
    [
      'a Table with too few cells',
      { kind: 'Table', columnDefinitions: [{}], rows: [{ cells: [] }] },
    ],
    [
      'a Table with two rows',
      {
        kind: 'Table',
        columnDefinitions: [],
        rows: [{ cells: [] }, { cells: [] }],
      },
    ],
  ])('S32 has no summary if the cluster answers with %s', (_, table) => {
    expect(presentObject(OBJECT, table)).not.toHaveProperty('summary');
  });

  it('marks what Berth keeps, by its label', () => {
    const kept = (labels: unknown) =>
      presentObject({ metadata: { labels } }, undefined).keptByBerth;
    expect(kept({ 'app.kubernetes.io/managed-by': 'berth' })).toBe(true);
    expect(kept({ 'app.kubernetes.io/managed-by': 'Helm' })).toBe(false);
    expect(kept('x')).toBe(false);
  });
});

describe('yamlDiff', () => {
  const now = {
    ...OBJECT,
    metadata: { ...OBJECT.metadata, resourceVersion: '2', generation: 2 },
  };

  it('shows what changes, and not what changes with each write', () => {
    expect(yamlDiff(OBJECT, { ...now, spec: { replicas: 2 } })).toBe(
      [
        '--- before',
        '+++ after',
        '@@ -3,4 +3,4 @@',
        ' metadata:',
        '   name: web',
        ' spec:',
        '-  replicas: 1',
        '+  replicas: 2',
        '',
      ].join('\n'),
    );
    expect(yamlDiff(OBJECT, now)).toBe('');
  });

  it('shows a new object without its status', () => {
    const diff = yamlDiff(undefined, { ...now, status: { ready: true } });
    expect(diff).toContain('+kind: Deployment');
    expect(diff).not.toMatch(/status|resourceVersion|managedFields/);
  });

  it('S57 has no value of a Secret', () => {
    const secret = (text: string) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data: { password: Buffer.from(text).toString('base64') },
    });
    const diff = yamlDiff(secret('planted-1'), secret('planted-2'));
    expect(diff).toContain('+  password: (hidden, changed)');
    expect(diff).not.toMatch(/planted|cGxhbnRlZ/);
  });

  it('gives up on texts that differ in too many lines', () => {
    const list = (word: string) => ({
      ...OBJECT,
      spec: Array.from({ length: 20_000 }, (_, index) => `${word}${index}`),
    });
    expect(yamlDiff(list('a'), list('b'))).toContain('too different to show');
  });
});
