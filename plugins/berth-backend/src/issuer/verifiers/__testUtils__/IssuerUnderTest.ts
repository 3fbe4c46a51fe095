import { mockServices } from '@backstage/backend-test-utils';
import { createTestCertificates, TestCertificates } from '@berth/control-plane';
import express from 'express';
import { Knex } from 'knex';
import { once } from 'node:events';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { JoseTokenSigner } from '../../JoseTokenSigner';
import { DatabaseKeyStore } from '../../keys/DatabaseKeyStore';
import { DefaultKeyRing } from '../../keys/DefaultKeyRing';
import { KeyCipher } from '../../../crypto/KeyCipher';
import { KeyAlgorithm } from '../../keys/types';
import { createIssuerHandler } from '../../router';
import { TokenClaims } from '../../types';

export interface IssuerUnderTestOptions {
  /** A database with its tables. */
  database: Knex;
  algorithm?: KeyAlgorithm;
}

const ROTATION_INTERVAL_MS = 30 * 24 * 60 * 60_000;

/**
 * Berth's issuer as in production, over https: two replicas on one database. One signs and the other publishes,
 * so that no test passes only because both share the memory of one process.
 */
export class IssuerUnderTest {
  readonly url: string;
  readonly algorithm: KeyAlgorithm;
  readonly signing: DefaultKeyRing;
  readonly publishing: DefaultKeyRing;
  readonly #signer: JoseTokenSigner;
  readonly #certificates: TestCertificates;
  readonly #database: Knex;
  readonly #port: number;
  #server?: Server;
  /** The number of requests for each path. */
  readonly requests = new Map<string, number>();
  readonly #published = new Map<string, object | string>();
  #minutes = 0;

  private constructor(parts: {
    server: Server;
    certificates: TestCertificates;
    database: Knex;
    rings: [DefaultKeyRing, DefaultKeyRing];
    algorithm: KeyAlgorithm;
  }) {
    this.algorithm = parts.algorithm;
    this.#server = parts.server;
    this.#port = (parts.server.address() as AddressInfo).port;
    this.url = `https://localhost:${this.#port}/api/oidc`;
    this.#certificates = parts.certificates;
    this.#database = parts.database;
    [this.signing, this.publishing] = parts.rings;
    this.#signer = new JoseTokenSigner({
      issuer: this.url,
      keyRing: this.signing,
    });
    this.#serve(parts.server);
  }

  static async start({
    database,
    algorithm = 'RS256',
  }: IssuerUnderTestOptions): Promise<IssuerUnderTest> {
    const certificates = await createTestCertificates('issuer under test');
    const server = await listen(certificates, 0);
    const startReplica = () => startKeyRing(database, algorithm);
    const rings: [DefaultKeyRing, DefaultKeyRing] = [
      await startReplica(),
      await startReplica(),
    ];
    return new IssuerUnderTest({
      server,
      certificates,
      database,
      rings,
      algorithm,
    });
  }

  get caPem(): string {
    return this.#certificates.caPem;
  }

  async token(claims: TokenClaims): Promise<string> {
    return (await this.#signer.sign(claims)).token;
  }

  /** Returns a signer for an attacker who has the private key that signs now. */
  async thief(): Promise<JoseTokenSigner> {
    const stolen = await this.signing.signingKey();
    return new JoseTokenSigner({
      issuer: this.url,
      keyRing: {
        signingKey: async () => stolen,
        publishedKeys: () => this.signing.publishedKeys(),
      },
    });
  }

  /** Publishes a document at one more path of the issuer's server. */
  publish(path: string, document: object | string): void {
    this.#published.set(path, document);
  }

  /** The minutes by which the key ring was made older. */
  get minutes(): number {
    return this.#minutes;
  }

  /** Stops the server at the issuer's address. The portal continues to sign. */
  async goAway(): Promise<void> {
    const server = this.#server!;
    this.#server = undefined;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  async comeBack(): Promise<void> {
    this.#server = await listen(this.#certificates, this.#port);
    this.#serve(this.#server);
  }

  /**
   * Makes the key ring older, as if time had passed since its last maintenance, and then maintains it like the
   * scheduled task. Tokens and clusters stay in the present.
   */
  async age(minutes: number): Promise<void> {
    const earlier = (time: string | null) =>
      time && new Date(Date.parse(time) - minutes * 60_000).toISOString();
    for (const row of await this.#database('signing_keys')) {
      await this.#database('signing_keys')
        .where({ kid: row.kid })
        .update({
          created_at: earlier(row.created_at),
          activates_at: earlier(row.activates_at),
          revoked_at: earlier(row.revoked_at),
        });
    }
    await this.signing.maintain();
    await this.publishing.maintain();
    this.#minutes += minutes;
  }

  async stop(): Promise<void> {
    if (this.#server) {
      await this.goAway();
    }
  }

  #serve(server: Server): void {
    const { url: issuer, publishing: keyRing, requests } = this;
    const app = express();
    app.use((request, _response, next) => {
      requests.set(request.path, (requests.get(request.path) ?? 0) + 1);
      next();
    });
    app.use('/api/oidc', createIssuerHandler({ issuer, keyRing }));
    app.use((request, response) => {
      const document = this.#published.get(request.path);
      response.status(document ? 200 : 404).send(document ?? {});
    });
    server.on('request', app);
  }
}

function startKeyRing(database: Knex, algorithm: KeyAlgorithm) {
  const cipher = KeyCipher.fromSecrets({
    secrets: ['a secret of at least thirty-two characters'],
    production: true,
  });
  return DefaultKeyRing.create({
    store: new DatabaseKeyStore(database, cipher),
    cipher,
    policy: { algorithm, rotationIntervalMs: ROTATION_INTERVAL_MS },
    logger: mockServices.logger.mock(),
  });
}

async function listen(
  { certificatePem, privateKeyPem }: TestCertificates,
  port: number,
): Promise<Server> {
  const server = createServer({ cert: certificatePem, key: privateKeyPem });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
