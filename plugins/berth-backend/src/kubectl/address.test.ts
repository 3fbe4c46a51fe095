import express from 'express';
import request from 'supertest';
import { addressOf } from './address';

/** Returns the address of a request through a proxy that Backstage trusts, or not. */
async function seen(trustProxy: unknown, forwarded: string) {
  const app = express();
  app.set('trust proxy', trustProxy);
  app.use((asked, response) => {
    response.json([addressOf(asked) ?? 'unknown']);
  });
  const { body } = await request(app)
    .get('/')
    .set('X-Forwarded-For', forwarded);
  return body[0];
}

describe('the address of a client', () => {
  it('follows the proxies that Backstage trusts', async () => {
    expect(await seen(false, '203.0.113.7')).toBe('127.0.0.1');
    expect(await seen(1, '203.0.113.7')).toBe('203.0.113.7');
    expect(await seen(1, '10.9.9.9, 203.0.113.7')).toBe('203.0.113.7');
    expect(await seen(1, '2001:db8::1')).toBe('2001:db8::1');
  });

  it('is an address, and nothing else that a client wrote', async () => {
    for (const typed of ['<script>', 'laptop', '1'.repeat(500), '10.1.2']) {
      expect(await seen(true, typed)).toBe('unknown');
    }
    expect(addressOf({ ip: '::ffff:10.1.2.3' })).toBe('10.1.2.3');
    expect(addressOf({ ip: 'fe80::1%eth0' })).toBe('fe80::1');
    expect(addressOf({ ip: undefined } as never)).toBeUndefined();
  });
});
