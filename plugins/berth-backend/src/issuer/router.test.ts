import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';
import { decodeJwt } from 'jose';
import { Knex } from 'knex';
import { once } from 'node:events';
import { createServer, METHODS } from 'node:http';
import { AddressInfo } from 'node:net';
import request from 'supertest';
import { Pool } from 'undici';
import { migrate } from '../database/migrate';
import { JoseTokenSigner } from './JoseTokenSigner';
import { DatabaseKeyStore } from './keys/DatabaseKeyStore';
import { DefaultKeyRing } from './keys/DefaultKeyRing';
import { KeyCipher } from '../crypto/KeyCipher';
import { KeyAlgorithm } from './keys/types';
import { createIssuerHandler } from './router';

jest.setTimeout(60_000);

const issuer = 'https://portal.example.com/api/oidc';
const DISCOVERY = '/api/oidc/.well-known/openid-configuration';
const JWKS = '/api/oidc/jwks.json';

async function startKeyRing(database: Knex, algorithm: KeyAlgorithm = 'RS256') {
  const cipher = KeyCipher.fromSecrets({
    secrets: ['a secret of at least thirty-two characters'],
    production: true,
  });
  return DefaultKeyRing.create({
    store: new DatabaseKeyStore(database, cipher),
    cipher,
    policy: { algorithm, rotationIntervalMs: 1e9 },
    logger: mockServices.logger.mock(),
  });
}

describe('the documents of the issuer', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  async function start(algorithm?: KeyAlgorithm) {
    const database = await databases.init('SQLITE_3');
    await migrate(database);
    const keyRing = await startKeyRing(database, algorithm);
    const app = express();
    app.use('/api/oidc', createIssuerHandler({ issuer, keyRing }));
    return { api: request(app), app, database, keyRing };
  }

  /** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
  it.each([
    ['issuer', issuer],
    ['authorization_endpoint', 'urn:kubernetes:programmatic_authorization'],
    ['jwks_uri', `${issuer}/jwks.json`],
    // With only this response type, token_endpoint is not required.
    ['response_types_supported', ['id_token']],
    ['subject_types_supported', ['public']],
    ['id_token_signing_alg_values_supported', ['RS256']],
  ])('S1 has the required field %s', async (field, value) => {
    const { api } = await start();
    const { status, body } = await api.get(DISCOVERY);
    expect([status, body[field]]).toEqual([200, value]);
  });

  it('S1 names the same issuer as tokens do, byte by byte', async () => {
    const { api, keyRing } = await start();
    const signer = new JoseTokenSigner({ issuer, keyRing });
    const { token } = await signer.sign({
      sub: 'user:a',
      aud: 'c',
      groups: [],
    });
    const claims = decodeJwt(token);
    const { body } = await api.get(DISCOVERY);
    expect(body.issuer).toBe(claims.iss);
    expect([...body.claims_supported].sort()).toEqual(
      Object.keys(claims).sort(),
    );
  });

  it('S1 lists RS256 for any signing key, and never changes jwks_uri', async () => {
    const { api, keyRing } = await start('ES256');
    const before = (await api.get(DISCOVERY)).body;
    expect(before.id_token_signing_alg_values_supported).toEqual([
      'RS256',
      'ES256',
    ]);
    await keyRing.revoke((await keyRing.list()).map(({ kid }) => kid));
    const after = (await api.get(DISCOVERY)).body;
    expect(after).toEqual(before);
    expect(new URL(after.jwks_uri).protocol).toBe('https:');
  });

  it.each([DISCOVERY, JWKS])('S3 serves %s with its headers', async path => {
    const { api } = await start();
    const { status, headers, text } = await api.get(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'public, max-age=30',
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
      'content-length': `${Buffer.byteLength(text)}`,
    });
    for (const name of ['set-cookie', 'location', 'vary']) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  it('answers 304 for the tag of the document, also weak and among others', async () => {
    const { api } = await start();
    const { etag } = (await api.get(JWKS)).headers;
    const statusFor = async (value: string) =>
      (await api.get(JWKS).set('If-None-Match', value)).status;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      await expect(statusFor(known)).resolves.toBe(304);
    }
    await expect(statusFor('"other", W/"another"')).resolves.toBe(200);
  });

  it('answers an error that occurs while a document is written', async () => {
    const app = express();
    const publishedKeys = async () => ({ jwks: undefined, algorithms: [] });
    const keyRing = { publishedKeys } as unknown as DefaultKeyRing;
    app.use('/api/oidc', createIssuerHandler({ issuer, keyRing }));
    await expect(request(app).get(JWKS)).resolves.toMatchObject({
      status: 500,
    });
  });

  it.each([DISCOVERY, JWKS])(
    'S3 answers HEAD of %s as GET, without a body',
    async path => {
      const { api } = await start();
      const withoutDate = ({ date: _, ...headers }: Record<string, string>) =>
        headers;
      const [head, get] = [await api.head(path), await api.get(path)];
      expect(head.status).toBe(200);
      expect(head.text).toBeUndefined();
      expect(withoutDate(head.headers)).toEqual(withoutDate(get.headers));
    },
  );

  it.each([DISCOVERY, JWKS])(
    'S3 refuses all other methods on %s',
    async path => {
      const { app } = await start();
      const server = createServer(app).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const pool = new Pool(`http://127.0.0.1:${port}`);
      try {
        const others = METHODS.filter(
          method => !['GET', 'HEAD', 'CONNECT'].includes(method),
        );
        expect(others.length).toBeGreaterThan(20);
        for (const method of others) {
          const { statusCode, headers, body } = await pool.request({
            path,
            method: method as 'POST',
          });
          await body.dump();
          expect([method, statusCode, headers.allow]).toEqual([
            method,
            405,
            'GET, HEAD',
          ]);
        }
      } finally {
        await pool.destroy();
        server.close();
      }
    },
  );

  it('S3 answers thousands of requests with one document and almost no database query', async () => {
    const { keyRing, database } = await start();
    let reads = 0;
    database.on('query', () => {
      reads += 1;
    });
    let written = 0;
    const counting = {
      signingKey: () => keyRing.signingKey(),
      publishedKeys: async () => {
        const { jwks, algorithms } = await keyRing.publishedKeys();
        const toJSON = () => {
          written += 1;
          return { keys: jwks.keys };
        };
        return { jwks: { ...jwks, toJSON }, algorithms };
      },
    };
    const { server } = await startTestBackend({
      features: [servesIssuer(counting)],
    });
    const pool = new Pool(`http://127.0.0.1:${server.port()}`, {
      connections: 50,
    });
    const answers = new Map<string, number>();
    const began = Date.now();
    try {
      const ask = async () => {
        const { statusCode, body } = await pool.request({
          path: JWKS,
          method: 'GET',
        });
        const answer = `${statusCode} ${await body.text()}`;
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      };
      for (let second = 0; second < 5; second += 1) {
        await Promise.all(Array.from({ length: 500 }, ask));
      }
    } finally {
      await pool.destroy();
    }
    expect([...answers.values()]).toEqual([2_500]);
    expect([...answers.keys()][0]).toMatch(/^200 {"keys":\[/);
    expect(written).toBe(1);
    // The issuer reads the ring every five seconds.
    expect(reads).toBeLessThanOrEqual(1 + (Date.now() - began) / 5_000);
  });
});

/** Serves the issuer on Backstage's root router, behind its middleware. */
function servesIssuer(
  keyRing: Parameters<typeof createIssuerHandler>[0]['keyRing'],
) {
  return createBackendPlugin({
    pluginId: 'issuer',
    register(env) {
      env.registerInit({
        deps: { rootHttpRouter: coreServices.rootHttpRouter },
        async init({ rootHttpRouter }) {
          rootHttpRouter.use(
            '/api/oidc',
            createIssuerHandler({ issuer, keyRing }),
          );
        },
      });
    },
  });
}
