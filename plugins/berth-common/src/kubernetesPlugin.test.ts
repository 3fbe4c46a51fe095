import {
  isTokenProvider,
  missingTokenText,
  missingTokenReason,
  tokenProviderOf,
} from './kubernetesPlugin';

describe('tokenProviderOf', () => {
  it('is the id in lowercase, and is recognized', () => {
    const provider = tokenProviderOf({ id: '01M7Z2MQ9RJT74KJJRT04QPC2J' });

    expect(provider).toBe('01m7z2mq9rjt74kjjrt04qpc2j');
    expect(isTokenProvider(provider)).toBe(true);
  });

  it.each([
    'google',
    'okta',
    '',
    '01M7Z2MQ9RJT74KJJRT04QPC2J',
    '01m7z2mq9rjt74kjjrt04qpc2j0',
    '81m7z2mq9rjt74kjjrt04qpc2j',
  ])('does not recognize %j as a cluster of Berth', name => {
    expect(isTokenProvider(name)).toBe(false);
  });
});

describe('missingTokenText', () => {
  it.each(['Too many', 'Zeile 1\r\nX-Evil: 1', 'ü → 💥', '', '%'])(
    'carries %j through a header',
    reason => {
      const token = missingTokenText(reason);

      expect(token).toMatch(/^[\x21-\x7e]+$/);
      expect(missingTokenReason(token)).toBe(reason);
    },
  );

  it('truncates the reason without splitting a character', () => {
    expect(missingTokenReason(missingTokenText(`${'a'.repeat(299)}💥`))).toBe(
      `${'a'.repeat(299)}\ufffd`,
    );
  });

  it('finds no reason in a token, and an empty one in a malformed text', () => {
    expect(missingTokenReason('eyJhbGciOiJSUzI1NiJ9.e30.c2ln')).toBeUndefined();
    expect(missingTokenReason('berth-no-token.%zz')).toBe('');
  });
});
