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
    expect(problems[20]).toEqual({ field: '', message: '6981 more problems' });
    expect(() => parseBody(schema, bodyOf(7_000))).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^.{0,4000}$/s),
      }),
    );
  });

  it('names all of 20', () => {
    const checked = checkBody(schema, bodyOf(19));
    expect('problems' in checked && checked.problems).toHaveLength(20);
  });
});
