import { z } from 'zod';
import { checkBody, parseBody } from './parseBody';

const schema = z.strictObject({ name: z.string() });

function bodyOf(count: number) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`unknown-${index}`, 1]),
  );
}

describe('parseBody', () => {
  it('names 20 problems at most, and how many more there are', () => {
    const checked = checkBody(schema, bodyOf(7_000));
    const problems = 'problems' in checked ? checked.problems : [];
    expect(problems).toHaveLength(21);
    expect(problems[20]).toEqual({ path: [], message: '6981 more problems' });
    expect(() => parseBody(schema, bodyOf(7_000))).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^.{0,4000}$/s),
      }),
    );
  });

  it('reports the path of each problem, up to a key that may be a secret', () => {
    const token = `eyJhbGciOiJSUzI1NiJ9.${'e'.repeat(64)}`;
    const nested = z.strictObject({
      labels: z.record(z.string(), z.string()),
      grants: z.array(z.strictObject({ role: z.enum(['view']) })),
    });
    const checked = checkBody(nested, {
      labels: { stage: 1, [token]: 2 },
      grants: [{ role: 'view' }, { role: 'x' }],
    });
    expect('problems' in checked && checked.problems).toEqual([
      { path: ['labels', 'stage'], message: expect.any(String) },
      { path: ['labels'], message: expect.not.stringContaining('eyJ') },
      { path: ['grants', 1, 'role'], message: expect.any(String) },
    ]);
  });

  it('names the object that has no such field', () => {
    const nested = z.strictObject({ quota: z.strictObject({}) });
    expect(() => parseBody(nested, { quota: { soft: 1 }, more: 1 })).toThrow(
      '"soft" is not a field of quota; "more" is not a field here; there are quota',
    );
  });

  it('shows the value of a query parameter that may be repeated', () => {
    const query = z.strictObject({
      kind: z.preprocess(
        value => [value].flat(),
        z.array(z.enum(['a'], { error: 'must be "a"' })),
      ),
    });
    expect(() => parseBody(query, { kind: 'b' })).toThrow(
      'kind[0] "b" must be "a"',
    );
    expect(() => parseBody(query, { kind: ['a', 'b'] })).toThrow(
      'kind[1] "b" must be "a"',
    );
    expect(() => parseBody(query, { kind: [undefined] })).toThrow(
      'kind[0] is missing: it must be "a"',
    );
  });

  it('sends the problems with the message', () => {
    expect(() => parseBody(schema, {})).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: 'name is missing',
        problems: [{ path: ['name'], message: 'name is missing' }],
      }),
    );
  });

  it('names all of 20', () => {
    const checked = checkBody(schema, bodyOf(19));
    expect('problems' in checked && checked.problems).toHaveLength(20);
  });
});
