import { Request } from 'express';
import { checkPrecondition, entityTag, namesState } from './preconditions';

const CURRENT = entityTag({ a: 1 });

function failure(
  headers: Request['headers'],
  current: string | null = CURRENT,
  loses = false,
): string | undefined {
  try {
    checkPrecondition(
      { headers } as Request,
      current ?? undefined,
      'The quota',
      loses,
    );
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}

describe('checkPrecondition', () => {
  it.each([
    ['the current tag', CURRENT, true],
    ['any state', ' * ', true],
    ['a list with the current tag', `"x,y", ${CURRENT}`, true],
    ['another tag', '"x"', false],
    ['a weak tag, as If-Match compares strongly', `W/${CURRENT}`, false],
    ['no tag', 'x', false],
  ])('compares If-Match with %s', (_, value, passes) => {
    expect(failure({ 'if-match': value })).toBe(
      passes ? undefined : 'PreconditionFailedError',
    );
  });

  it.each([CURRENT, '*'])('refuses If-Match %s if there is no state', value => {
    expect(failure({ 'if-match': value }, null)).toBe(
      'PreconditionFailedError',
    );
  });

  it.each([
    ['the current tag', CURRENT, false],
    ['any state', '*', false],
    ['the current tag as a weak one', `W/${CURRENT}`, false],
    ['other tags', '"x", W/"y"', true],
  ])('compares If-None-Match with %s', (_, value, passes) => {
    expect(failure({ 'if-none-match': value })).toBe(
      passes ? undefined : 'PreconditionFailedError',
    );
    expect(failure({ 'if-none-match': value }, null)).toBeUndefined();
  });

  it('demands If-Match of a change that removes something', () => {
    expect(failure({}, CURRENT, true)).toBe('PreconditionRequiredError');
    expect(failure({ 'if-none-match': '"x"' }, CURRENT, true)).toBe(
      'PreconditionRequiredError',
    );
    expect(failure({ 'if-match': '*' }, CURRENT, true)).toBeUndefined();
  });
});

describe('namesState', () => {
  it.each([
    [undefined, false],
    ['*', false],
    [CURRENT, true],
  ])('is about If-Match %s', (value, names) => {
    expect(namesState({ headers: { 'if-match': value } } as Request)).toBe(
      names,
    );
  });
});
