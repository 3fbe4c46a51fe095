import { KubeError } from './KubeError';
import { redact } from './redact';

const JWT = `eyJ${'a'.repeat(30)}.eyJ${'b'.repeat(30)}.c-_9`;
const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

describe('redact', () => {
  it.each([
    ['a token', `before ${JWT} after`, 'before [token] after'],
    ['half a token', 'before eyJhbGci', 'before [token]'],
    ['a PEM', `before ${PEM} after`, 'before [PEM] after'],
    ['an endless PEM', `before -----BEGIN KEY-----\nMII`, 'before [PEM]'],
    [
      'a header',
      'Authorization: Bearer abc.def',
      'Authorization: bearer [token]',
    ],
    ['control characters', 'a\u001b[31m\r\nb', 'a [31m b'],
  ])('S46 removes %s', (_what, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('S46 removes a given secret of any format', () => {
    expect(redact('you sent s3cr3t!', ['s3cr3t', ''])).toBe(
      'you sent [secret]!',
    );
  });

  it('limits the length, even of hostile text', () => {
    expect(redact('x'.repeat(1_000_000))).toHaveLength(600);
    expect(redact('-----BEGIN '.repeat(100_000))).toBe('[PEM]');
  });

  it('S46 is part of every KubeError', () => {
    const error = new KubeError('Invalid', `bad ${JWT}`, { reason: PEM });
    expect(`${error.stack} ${error.reason}`).not.toMatch(/eyJ|BEGIN/);
    expect(String(error)).toBe('KubeError: bad [token]');
  });
});
