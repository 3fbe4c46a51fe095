import { readWarnings } from './readWarnings';

describe('readWarnings', () => {
  it.each([
    ['no header', undefined, []],
    [
      'one warning',
      '299 - "batch/v1beta1 CronJob is deprecated"',
      ['batch/v1beta1 CronJob is deprecated'],
    ],
    ['several in one header', '299 - "a, b", 299 - "c"', ['a, b', 'c']],
    ['several headers', ['299 - "a"', '299 - "b"'], ['a', 'b']],
    [
      'quotes',
      '299 - "unknown field \\"spec.x\\""',
      ['unknown field "spec.x"'],
    ],
    ['another code', '199 - "a"', []],
    ['something else', '299 - "a', []],
    ['a token', '299 - "eyJhbGciOi.e30.x"', ['[token]']],
    ['too many', '299 - "a", '.repeat(100), Array(20).fill('a')],
  ])('reads %s', (_, header, warnings) => {
    expect(readWarnings(header)).toEqual(warnings);
  });
});
