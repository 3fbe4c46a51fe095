import { readProxyRequest } from './requestRules';
import { passedAnswer } from './responseHeaders';

const LIST = readProxyRequest({ method: 'GET', url: '/api/v1/pods' }, []);
const WATCH = readProxyRequest(
  { method: 'GET', url: '/api/v1/pods?watch=true' },
  [],
);
const LOG = readProxyRequest(
  { method: 'GET', url: '/api/v1/namespaces/a/pods/p/log' },
  [],
);

const pass = (
  headers: Record<string, string | string[]>,
  { status = 200, request = LIST } = {},
) => passedAnswer({ status, headers }, request, 'prod01');

describe('passedAnswer', () => {
  it('S27 passes on a few headers, and sets those that keep a browser safe', () => {
    expect(
      pass({
        'content-type': 'application/json',
        'set-cookie': ['session=evil'],
        location: 'https://evil.example.com',
        'access-control-allow-origin': '*',
        'access-control-allow-credentials': 'true',
        'strict-transport-security': 'max-age=0',
        'clear-site-data': '"*"',
        'content-security-policy': 'default-src *',
        'audit-id': '0a1b-2c',
        'retry-after': '3',
        warning: ['299 - "deprecated"', 'x'.repeat(2_000)],
      }),
    ).toEqual({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'content-security-policy': "sandbox; default-src 'none'",
        'x-berth-answered-by': 'cluster',
        'x-content-type-options': 'nosniff',
        'audit-id': '0a1b-2c',
        'retry-after': '3',
        warning: ['299 - "deprecated"'],
      },
    });
  });

  it('keeps the events of a stream uncompressed', () => {
    const { headers } = pass(
      { 'content-type': 'application/json;stream=watch' },
      { request: WATCH },
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store, no-transform',
      'content-type': 'application/json;stream=watch',
    });
  });

  it('shows a log as text, whatever it is', () => {
    for (const [headers, status] of [
      [{ 'content-type': 'text/plain' }, 200],
      [{}, 204],
    ] as const) {
      expect(pass(headers, { status, request: LOG }).headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
      });
    }
    expect(() =>
      pass({ 'content-type': 'text/html' }, { request: LOG }),
    ).toThrow(expect.objectContaining({ statusCode: 502 }));
  });

  it('names the types of documents that older API servers do not name', () => {
    const protobuf =
      'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
    const request = (accept: string) =>
      readProxyRequest({ method: 'GET', url: '/openapi/v2', accept }, []);
    const typeOf = (accept: string, type: string) =>
      pass({ 'content-type': type }, { request: request(accept) }).headers[
        'content-type'
      ];
    expect(typeOf('*/*', 'text/plain; charset=utf-8')).toBe('application/json');
    expect(typeOf(protobuf, 'application/octet-stream')).toBe(
      'application/octet-stream',
    );
    expect(() => typeOf('*/*', 'application/octet-stream')).toThrow(
      'which the portal does not pass on',
    );
  });

  it.each([200, 201, 202, 400, 403, 404, 409, 410, 422, 429, 500, 503])(
    'passes on JSON with the status %d',
    status => {
      expect(
        pass({ 'content-type': 'application/json' }, { status }).status,
      ).toBe(status);
    },
  );

  it('keeps the status of a plain error, without its text', () => {
    expect(() =>
      pass({ 'content-type': 'text/plain; charset=utf-8' }, { status: 404 }),
    ).toThrow(expect.objectContaining({ statusCode: 404 }));
  });

  it.each<[string, number, Record<string, string>]>([
    ['a redirect', 302, { location: '/', 'content-type': 'application/json' }],
    ['no change', 304, { 'content-type': 'application/json' }],
    ['HTML', 200, { 'content-type': 'text/html' }],
    ['an error page', 503, { 'content-type': 'text/html' }],
    ['text', 200, { 'content-type': 'text/plain' }],
    ['a script', 200, { 'content-type': 'application/javascript' }],
    ['an unknown form', 200, { 'content-type': 'application/json;as=Evil' }],
    ['no type', 200, {}],
    [
      'a compressed answer',
      200,
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    ],
  ])('S27 does not pass on %s', (_, status, headers) => {
    expect(() => pass(headers, { status })).toThrow(
      expect.objectContaining({ statusCode: 502 }),
    );
  });
});
