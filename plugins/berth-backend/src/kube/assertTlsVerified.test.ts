import { assertTlsVerified } from './assertTlsVerified';

const assertWith = (value: string | undefined, production: boolean) => () =>
  assertTlsVerified({ NODE_TLS_REJECT_UNAUTHORIZED: value }, { production });

describe('assertTlsVerified', () => {
  it('S24 refuses to start in production while no certificate is checked', () => {
    expect(assertWith('0', true)).toThrow(
      /NODE_TLS_REJECT_UNAUTHORIZED is 0.*Unset it.*NODE_EXTRA_CA_CERTS/,
    );
  });

  it.each([
    [undefined, true],
    ['1', true],
    ['', true],
    ['0', false],
  ])('S24 starts with %j in production: %s', (value, production) => {
    expect(assertWith(value, production)).not.toThrow();
  });
});
