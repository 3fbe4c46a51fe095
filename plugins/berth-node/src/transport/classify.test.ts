import { AddressRefusedError, classifyFailure } from './classifyFailure';
import { classifyResponse } from './classifyResponse';
import { KubeError } from './KubeError';

const SERVER = 'api.example.com:6443';
const failed = (code: string, more: object = {}) =>
  classifyFailure(
    Object.assign(new Error('low-level words'), { code }, more),
    SERVER,
  );

describe('classifyFailure', () => {
  it.each([
    ['ENOTFOUND', 'DNS', 'does not resolve'],
    ['EAI_AGAIN', 'DNS', 'name server does not answer'],
    ['EAI_SYSTEM', 'DNS', 'low-level words'],
    ['ECONNREFUSED', 'TCP', 'nothing listens'],
    ['ECONNRESET', 'TCP', 'reset'],
    ['UND_ERR_SOCKET', 'TCP', 'closed in mid-answer'],
    ['EHOSTUNREACH', 'TCP', 'no route'],
    ['ETIMEDOUT', 'Timeout', 'in time'],
    ['UND_ERR_CONNECT_TIMEOUT', 'Timeout', 'in time'],
    ['UND_ERR_HEADERS_TIMEOUT', 'Timeout', 'said nothing'],
    ['UND_ERR_BODY_TIMEOUT', 'Timeout', 'middle of its answer'],
    ['UND_ERR_HEADERS_OVERFLOW', 'Protocol', 'oversized headers'],
    ['HPE_INVALID_CONSTANT', 'Protocol', 'does not speak HTTP'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS', 'signed by another CA'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'TLS', 'signed by another CA'],
    ['CERT_HAS_EXPIRED', 'TLS', 'certificate expired'],
    ['CERT_NOT_YET_VALID', 'TLS', 'not valid before a later date'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS', 'certificate is for another host'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'TLS', 'handshake failed'],
    ['ERR_TLS_CA_UNREADABLE', 'TLS', 'CA bundle cannot be read'],
  ])('classifies %s as %s: %s', (code, failure, words) => {
    expect(failed(code)).toMatchObject({
      failure,
      message: expect.stringContaining(words),
    });
    expect(failed(code).message).toContain(SERVER);
  });

  it('quotes the reason of the certificate error', () => {
    expect(
      failed('CERT_HAS_EXPIRED', {
        cert: { valid_to: 'Jan  2 03:04:05 2024 GMT' },
      }).message,
    ).toContain('certificate expired on 2024-01-02T03:04:05Z');
    expect(
      failed('SELF_SIGNED_CERT_IN_CHAIN', { cert: { issuer: { CN: 'acme' } } })
        .message,
    ).toContain('its issuer is acme');
    expect(
      failed('ERR_TLS_CERT_ALTNAME_INVALID', {
        cert: { subjectaltname: 'DNS:a, DNS:b, IP Address:10.0.0.1' },
      }).message,
    ).toContain('certificate is for other hosts: a, b, 10.0.0.1');
  });

  it('uses the error of the first of several addresses', () => {
    const refused = Object.assign(new Error(), { code: 'ECONNREFUSED' });
    expect(
      classifyFailure(new AggregateError([refused, new Error()]), SERVER),
    ).toMatchObject({ failure: 'TCP' });
  });

  it('keeps a KubeError, names a refused address and survives anything', () => {
    const kept = new KubeError('Gone', 'x');
    expect(classifyFailure(kept, SERVER)).toBe(kept);
    expect(
      classifyFailure(new AddressRefusedError('it is loopback'), SERVER),
    ).toMatchObject({
      failure: 'TCP',
      reason: 'AddressRefused',
      message: `No connection to ${SERVER}: it is loopback`,
    });
    for (const odd of [undefined, null, 'text', 7, {}]) {
      expect(classifyFailure(odd, SERVER).failure).toBe('Protocol');
    }
  });

  it('S46 repeats no token of a low-level message', () => {
    const error = classifyFailure(new Error('header eyJabc.def.ghi'), SERVER);
    expect(error.message).toContain('[token]');
    expect(error.stack).not.toContain('eyJ');
  });
});

describe('classifyResponse', () => {
  it.each([
    [301, 'Protocol'],
    [304, 'Protocol'],
    [400, 'Invalid'],
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [404, 'NotFound'],
    [408, 'Timeout'],
    [409, 'Conflict'],
    [410, 'Gone'],
    [415, 'Invalid'],
    [422, 'Invalid'],
    [429, 'TooManyRequests'],
    [500, 'ServerError'],
    [503, 'ServerError'],
  ])('classifies %d as %s', (status, failure) => {
    const error = classifyResponse({ status }, SERVER);
    expect(error).toMatchObject({ failure, status });
    expect(error.message).toContain(`${SERVER} `);
    expect(error.message).toContain(`(${status})`);
  });

  it('takes message and reason only from a Status', () => {
    const said = { message: 'no such thing', reason: 'NotFound' };
    expect(
      classifyResponse(
        { status: 404, body: { kind: 'Status', ...said } },
        SERVER,
      ),
    ).toMatchObject({
      reason: 'NotFound',
      message: `${SERVER} knows no such path (404): no such thing`,
    });
    expect(
      classifyResponse({ status: 404, body: said }, SERVER).reason,
    ).toBeUndefined();
    expect(
      classifyResponse(
        { status: 500, body: { kind: 'Status', message: {}, reason: 7 } },
        SERVER,
      ).message,
    ).toBe(`${SERVER} failed (500)`);
  });

  it.each([
    ['7', undefined, 7],
    ['0.2', undefined, 1],
    ['86400', undefined, 300],
    ['-3', undefined, 0],
    ['Mon, 01 Jan 2001 00:00:00 GMT', undefined, 0],
    ['Fri, 01 Jan 2999 00:00:00 GMT', undefined, 300],
    ['soon', undefined, undefined],
    [undefined, 4, 4],
    [undefined, undefined, undefined],
  ])(
    'waits after retry-after %j and details %j: %j s',
    (retryAfter, details, expected) => {
      expect(
        classifyResponse(
          {
            status: 429,
            retryAfter,
            body: { kind: 'Status', details: { retryAfterSeconds: details } },
          },
          SERVER,
        ).retryAfterSeconds,
      ).toBe(expected);
    },
  );
});
