import { fieldsOf, MAX_FIELDS, schemaForm } from './schemaForm';

const form = (properties: unknown, others: object = {}) =>
  schemaForm(JSON.stringify({ properties, ...others }))!;

/** Returns the parts without what all have in common. */
const parts = (properties: unknown, others?: object) =>
  form(properties, others).parts.map(
    ({ path: _, isRequired: __, ...part }) => part,
  );

describe('schemaForm', () => {
  it('has a part for what schemas of charts use', () => {
    expect(
      parts({
        image: {
          type: 'object',
          title: 'Image',
          properties: { tag: { type: 'string', default: 'v1' } },
        },
        replicas: { type: 'integer', minimum: 1, maximum: 9 },
        ratio: { type: ['number', 'null'] },
        size: { enum: ['small', 'large', null], description: ' Of pods ' },
        fixed: { const: 1 },
        on: { type: 'boolean' },
        password: { type: 'string', format: 'password', minLength: 8 },
        token: { type: 'string', writeOnly: true },
        host: { type: 'string', pattern: '^(a+)+$' },
        hosts: { type: 'array', items: { type: 'string' } },
        ports: { type: 'array', items: { type: 'integer' } },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        maybe: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      }),
    ).toEqual([
      {
        kind: 'section',
        label: 'Image',
        parts: [
          {
            kind: 'text',
            path: ['image', 'tag'],
            label: 'tag',
            isRequired: false,
            isSecret: false,
            default: 'v1',
          },
        ],
      },
      {
        ...{ kind: 'number', label: 'replicas', isWhole: true },
        ...{ minimum: 1, maximum: 9 },
      },
      { kind: 'number', label: 'ratio', isWhole: false },
      {
        ...{ kind: 'choice', label: 'size', description: 'Of pods' },
        options: ['small', 'large', null],
      },
      { kind: 'choice', label: 'fixed', options: [1] },
      { kind: 'flag', label: 'on' },
      { kind: 'text', label: 'password', isSecret: true, minLength: 8 },
      { kind: 'text', label: 'token', isSecret: true },
      { kind: 'text', label: 'host', isSecret: false, pattern: '^(a+)+$' },
      { kind: 'list', label: 'hosts', items: 'text' },
      { kind: 'list', label: 'ports', items: 'number' },
      { kind: 'map', label: 'labels' },
      { kind: 'text', label: 'maybe', isSecret: false },
    ]);
  });

  it('follows references within the schema', () => {
    expect(
      parts(
        {
          a: { $ref: '#/$defs/x~1y', title: 'A' },
          b: { allOf: [{ $ref: '#/$defs/n' }] },
        },
        { $defs: { 'x/y': { type: 'string' }, n: { type: 'integer' } } },
      ),
    ).toMatchObject([
      { kind: 'text', label: 'A' },
      { kind: 'number', label: 'b' },
    ]);
  });

  it.each<[string, unknown, object?]>([
    ['another computer', { $ref: 'https://evil.example.com/s.json' }],
    ['another file', { $ref: 'other.json#/a' }],
    ['nothing', { $ref: '#/no/such' }],
    ['a name of all objects', { $ref: '#/constructor' }],
    ['itself', { $ref: '#/properties/a' }],
    [
      'a circle',
      { $ref: '#/$defs/x' },
      { $defs: { x: { $ref: '#/$defs/y' }, y: { $ref: '#/$defs/x' } } },
    ],
    ['no text', { $ref: 1 }],
    ['one of several', { oneOf: [{ type: 'string' }, { type: 'integer' }] }],
    ['any type', {}],
    ['several types', { type: ['string', 'integer'] }],
    ['true', true],
    ['a list of objects', { type: 'array', items: { type: 'object' } }],
    ['any object', { type: 'object' }],
    ['too many choices', { enum: Array.from({ length: 999 }, (_, i) => i) }],
    ['choices of objects', { enum: [{}] }],
  ])('leaves %s to YAML', (_, a, others = {}) => {
    expect(parts({ a }, others)).toMatchObject([{ kind: 'yaml', label: 'a' }]);
  });

  it('ends where a schema refers to what holds it', () => {
    const node = {
      properties: { child: { $ref: '#/$defs/node' }, name: { type: 'string' } },
    };
    const { parts: found } = form(
      { tree: { $ref: '#/$defs/node' } },
      { $defs: { node } },
    );
    expect(
      fieldsOf(found).map(({ path, kind }) => [path.join('.'), kind]),
    ).toEqual([
      ['tree.child', 'yaml'],
      ['tree.name', 'text'],
    ]);
  });

  it('is cut where a schema is long, deep, or grows by its references', () => {
    const many = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, i) => [`k${i}`, { type: 'string' }]),
    );
    expect(form(many)).toMatchObject({ isCut: true });
    expect(fieldsOf(form(many).parts)).toHaveLength(MAX_FIELDS);

    let deep: object = { type: 'string' };
    for (let depth = 0; depth < 500; depth += 1) {
      deep = { properties: { a: deep } };
    }
    expect(form({ a: deep }).isCut).toBe(true);
    let nested: object = { type: 'string' };
    for (let depth = 0; depth < 2_000; depth += 1) {
      nested = { allOf: [nested] };
    }
    expect(parts({ a: nested })).toMatchObject([{ kind: 'yaml' }]);

    const $defs = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `d${i}`,
        {
          properties: Object.fromEntries(
            Array.from({ length: 20 }, (__, j) => [
              `p${j}`,
              { $ref: `#/$defs/d${i + 1}` },
            ]),
          ),
        },
      ]),
    );
    const grown = form({ a: { $ref: '#/$defs/d0' } }, { $defs });
    expect(grown.isCut).toBe(true);
    expect(fieldsOf(grown.parts).length).toBeLessThanOrEqual(MAX_FIELDS + 50);
  });

  it('takes names and texts as they are, cut', () => {
    const text = `{"properties": {"__proto__": {"type": "string", "title": "<b>x</b>"}, "constructor": {"type": "boolean", "description": "${'d'.repeat(
      999,
    )}"}}}`;
    const { parts: found } = schemaForm(text)!;
    expect(found).toMatchObject([
      { kind: 'text', path: ['__proto__'], label: '<b>x</b>' },
      { kind: 'flag', path: ['constructor'] },
    ]);
    expect(found[1].description).toHaveLength(501);
    expect(({} as any).type).toBeUndefined();
  });

  it.each(['', '{', '[]', 'null', 'true', '{"$ref": "#"}'])(
    'does not come from %j',
    text => {
      expect(schemaForm(text)).toBeUndefined();
    },
  );

  it('is empty for a schema without properties', () => {
    expect(schemaForm('{"properties": []}')).toEqual({
      parts: [],
      isCut: false,
    });
  });
});
