import { ConfigReader } from '@backstage/config';
import { RequestHandler, Router } from 'express';
import { exportJWK, generateKeyPair } from 'jose';
import {
  AddressPolicy,
  ClusterRecord,
  ClusterTokenVerifier,
  createProxy,
  DefaultKubeClientFactory,
  JoseTokenSigner,
  StreamLimits,
} from '../backend';
import { median } from '../harness/statistics';
import { address, listen, throughMiddleware } from '../http/listen';
import { serve } from '../process/serve';

/*
 * The proxy of a portal in its own process, behind the middleware of a backend, with kubectl's token for one cluster.
 */

const CLUSTER = 'prod01';
const CLUSTER_ID = '01K9ZB4N7Q2M8RPROD01000000';
const ISSUER = 'https://portal.example.com/api/oidc';
const ALGORITHM = 'RS256';
const MANY = 1_000_000;
const CHECKS = 2_000;

let verifier: ClusterTokenVerifier;
let token: string;

interface Target {
  apiServer: string;
  caPem: string;
  streams: number;
}

const service = {
  async start({ apiServer, caPem, streams }: Target) {
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
    const kid = 'bench';
    const jwk = { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM };
    const keyRing: ConstructorParameters<typeof JoseTokenSigner>[0]['keyRing'] =
      {
        signingKey: async () => ({ kid, algorithm: ALGORITHM, privateKey }),
        publishedKeys: async () => ({
          jwks: { keys: [jwk] },
          algorithms: [ALGORITHM],
        }),
      };
    verifier = new ClusterTokenVerifier({ issuer: ISSUER, keyRing });
    ({ token } = await new JoseTokenSigner({ issuer: ISSUER, keyRing }).sign({
      sub: 'user:alice',
      aud: CLUSTER_ID,
      groups: ['team-a', 'team-b'],
    }));
    const cluster: Partial<ClusterRecord> = {
      id: CLUSTER_ID,
      name: CLUSTER,
      apiServer,
      caPem,
      connection: 'oidc',
      kubectlVia: 'portal',
    };
    const router = Router();
    createProxy({
      clusters: { get: async () => cluster },
      config: new ConfigReader({
        berth: {
          proxy: { requestsPerMinute: MANY },
        },
      }),
      gateway: DefaultKubeClientFactory.create({
        policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
        fieldManager: 'berth',
        limits: { maxProxyStreams: streams },
      }),
      httpRouter: {
        use: (handler: RequestHandler) => router.use(handler),
        addAuthPolicy: () => {},
      },
      issuer: ISSUER,
      keyRing,
      streams: new StreamLimits({
        perPerson: MANY,
        perCluster: streams,
        perReplica: streams,
      }),
      // kubectl's reads need no other part of a portal.
    } as unknown as Parameters<typeof createProxy>[0]);
    const server = await listen(throughMiddleware('/api/berth', router));
    return {
      url: `${address(server)}/api/berth/clusters/${CLUSTER}/proxy`,
      token,
    };
  },

  /** Returns the median time of a check of the token, in milliseconds. */
  async checkToken(): Promise<number> {
    const times: number[] = [];
    for (let count = 0; count < CHECKS; count += 1) {
      const began = performance.now();
      await verifier.verify(token, CLUSTER_ID);
      times.push(performance.now() - began);
    }
    return median(times);
  },

  /** Returns the memory of the process after a collection, in bytes. */
  async memory(): Promise<number> {
    global.gc?.();
    return process.memoryUsage().rss;
  },
};

export type ProxyPortal = typeof service;

serve(service);
