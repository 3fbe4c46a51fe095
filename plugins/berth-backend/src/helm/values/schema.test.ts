import { checkSchema } from './checkSchema';
import { remoteReferences } from './remoteSchemas';

const { signal } = new AbortController();

describe('the schema of a chart', () => {
  it.each([
    [{ $ref: 'http://127.0.0.1:1/a' }, ['"http://127.0.0.1:1/a"']],
    [
      { allOf: [{ items: { $ref: 'file:///etc/passwd' } }] },
      ['"file:///etc/passwd"'],
    ],
    [{ $id: 'http://127.0.0.1/a.json', $ref: 'b.json' }, ['"b.json"']],
    [{ $dynamicRef: './../x' }, ['"./../x"']],
    [{ $recursiveRef: '//127.0.0.1' }, ['"//127.0.0.1"']],
    [
      { $schema: 'http://127.0.0.1/draft-07/schema' },
      ['"http://127.0.0.1/draft-07/schema"'],
    ],
    [
      {
        properties: {
          a: { $schema: 'HTTP://json-schema.org/draft-07/schema' },
        },
      },
      ['"HTTP://json-schema.org/draft-07/schema"'],
    ],
    [
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        $ref: '#/definitions/a',
      },
      [],
    ],
    [
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        properties: { $ref: { type: 'string' } },
      },
      [],
    ],
    [true, []],
  ])('H7 %j would fetch %j', (schema, urls) => {
    expect(remoteReferences(schema)).toEqual(urls);
  });

  const DRAFTS = [
    undefined,
    'http://json-schema.org/draft-06/schema#',
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema',
    'https://json-schema.org/draft/2020-12/schema',
  ];
  it.each(DRAFTS)(
    'of draft %s names the values that do not fit',
    async $schema => {
      const schema = {
        ...($schema !== undefined && { $schema }),
        additionalProperties: false,
        properties: {
          replicas: { type: 'integer', maximum: 3 },
          mode: { enum: ['a', 'b'] },
          hosts: { items: { type: 'object', required: ['name'] } },
          mail: { format: 'email' },
          password: { type: 'string', pattern: '^x$' },
        },
      };
      const wrong = {
        replicas: 4,
        mode: 'c',
        hosts: [{}],
        odd: 1,
        password: 'hunter',
      };
      const problems = await checkSchema(schema, wrong, signal);
      expect(problems).toEqual(
        expect.arrayContaining([
          { path: '', message: 'must NOT have additional properties: odd' },
          { path: 'replicas', message: 'must be <= 3' },
          {
            path: 'mode',
            message: 'must be equal to one of the allowed values: ["a","b"]',
          },
          { path: 'hosts[0]', message: "must have required property 'name'" },
          { path: 'password', message: 'must match pattern "^x$"' },
        ]),
      );
      expect(problems).toHaveLength(5);
      expect(
        await checkSchema(schema, { replicas: 1, mail: 'x' }, signal),
      ).toEqual([]);
    },
  );

  it('H7 is left to helm if it has no meaning or takes for ever, and holds nobody up', async () => {
    const forEver = { properties: { a: { pattern: '^(a|a)+$' } } };
    const check = checkSchema(forEver, { a: `${'a'.repeat(60)}!` }, signal);
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    expect(await check).toBeUndefined();
    clearInterval(timer);
    // A check in this process would stop the event loop for its three seconds at least.
    expect(longest).toBeLessThan(2_500);
    expect(await checkSchema({ type: 'no-type' }, {}, signal)).toBeUndefined();
    expect(
      await checkSchema(
        { properties: { a: { pattern: '(?i)a' } } },
        { a: 'b' },
        signal,
      ),
    ).toBeUndefined();
    expect(
      await checkSchema(
        { $schema: 'http://json-schema.org/draft-04/schema#' },
        {},
        signal,
      ),
    ).toBeUndefined();
    const left = new AbortController();
    const aborted = checkSchema(
      forEver,
      { a: `${'a'.repeat(60)}!` },
      left.signal,
    );
    left.abort(new Error('left'));
    await expect(aborted).rejects.toThrow('left');
  }, 60_000);

  it('H7 is left to helm if it takes too much memory, and the next one is checked', async () => {
    const texts = { items: { type: 'string' } };
    const many = Array.from({ length: 1_000_000 }, () => 1);
    expect(await checkSchema(texts, many, signal)).toBeUndefined();
    expect(await checkSchema(texts, [1], signal)).toEqual([
      { path: '[0]', message: 'must be string' },
    ]);
  });
});
