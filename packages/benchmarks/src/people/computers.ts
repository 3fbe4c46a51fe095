import { BerthClient, DeviceKey } from '@berth/plugin-berth-common';
import { exportJWK, generateKeyPair, JWTPayload, KeyLike, SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import type { TokenRequest } from './load';

const ALGORITHM = 'ES256';
const LIFETIME_S = 60;
const AT_A_TIME = 16;
const SESSION = '/api/berth/kubectl/session';

/** A cluster for which computers request tokens. */
export interface NamedCluster {
  name: string;
  id: string;
}

interface Signer {
  /** The ID of the device. */
  id: string;
  issuer: string;
  privateKey: KeyLike;
}

/** A computer of a person that is signed in, as kubectl-berth does it. */
export class Computer {
  readonly #signer: Signer;

  /** @param client - with the token of the person */
  static async connect(
    client: BerthClient,
    { url, issuer }: { url: string; issuer: string },
  ): Promise<Computer> {
    const pair = await generateKeyPair(ALGORITHM);
    const { id, code } = await client.connectDevice({
      publicKey: (await exportJWK(pair.publicKey)) as DeviceKey,
      name: 'laptop',
      system: 'linux',
      version: '0.0.0',
    });
    const signer = { id, issuer, privateKey: pair.privateKey as KeyLike };
    const answer = await fetch(`${url}${SESSION}/activate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: await assertionBody(signer, { act: 'activate', code }),
    });
    if (!answer.ok) {
      throw new Error(
        `A computer was not connected: ${answer.status} ${await answer.text()}`,
      );
    }
    return new Computer(signer);
  }

  private constructor(signer: Signer) {
    this.#signer = signer;
  }

  /** Returns a request for a token, which is valid for a minute. */
  async request({ name, id }: NamedCluster): Promise<TokenRequest> {
    return {
      path: `${SESSION}/credential`,
      body: await assertionBody(this.#signer, {
        act: 'credential',
        cluster: name,
        clusterId: id,
      }),
    };
  }
}

/** Connects a computer for each person. */
export async function connectComputers(
  clients: BerthClient[],
  portal: { url: string; issuer: string },
): Promise<Computer[]> {
  const computers: Computer[] = [];
  for (let first = 0; first < clients.length; first += AT_A_TIME) {
    computers.push(
      ...(await Promise.all(
        clients
          .slice(first, first + AT_A_TIME)
          .map(client => Computer.connect(client, portal)),
      )),
    );
  }
  return computers;
}

async function assertionBody(
  { id, issuer, privateKey }: Signer,
  claims: JWTPayload,
): Promise<string> {
  const iat = Math.floor(Date.now() / 1_000);
  const assertion = await new SignJWT({
    aud: issuer,
    iat,
    exp: iat + LIFETIME_S,
    jti: randomUUID(),
    ...claims,
  })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'berth-device+jwt', kid: id })
    .sign(privateKey);
  return JSON.stringify({ assertion });
}
