import { DeviceKey } from '@berth/plugin-berth-common';
import {
  exportJWK,
  generateKeyPair,
  JWTHeaderParameters,
  JWTPayload,
  KeyLike,
  SignJWT,
} from 'jose';
import { randomUUID } from 'node:crypto';

export interface AssertionOptions {
  key?: KeyLike | Uint8Array;
  header?: Partial<JWTHeaderParameters>;
  /** Claims that differ; undefined removes one. */
  claims?: JWTPayload;
  /** The clock of the computer. */
  now?: Date;
}

/** A computer that signs in as kubectl-berth does. */
export class Laptop {
  readonly publicKey: DeviceKey;
  readonly privateKey: KeyLike;
  readonly issuer: string;
  /** The id of the device, once it is connected. */
  id = '';

  static async create(issuer: string): Promise<Laptop> {
    const { privateKey, publicKey } = await generateKeyPair('ES256', {
      extractable: true,
    });
    const { x, y } = await exportJWK(publicKey);
    return new Laptop(
      issuer,
      { kty: 'EC', crv: 'P-256', x: x!, y: y! },
      privateKey as KeyLike,
    );
  }

  private constructor(
    issuer: string,
    publicKey: DeviceKey,
    privateKey: KeyLike,
  ) {
    this.issuer = issuer;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  /** Returns the body of the request that connects the computer. */
  computer(name = 'laptop-x') {
    return {
      publicKey: this.publicKey,
      name,
      system: 'linux',
      version: '0.1.0',
    };
  }

  /** Signs a call of a route. */
  async sign(
    act: string,
    more: JWTPayload = {},
    { key, header, claims, now = new Date() }: AssertionOptions = {},
  ): Promise<string> {
    const iat = Math.floor(now.getTime() / 1000);
    return new SignJWT({
      aud: this.issuer,
      iat,
      exp: iat + 60,
      jti: randomUUID(),
      act,
      ...more,
      ...claims,
    })
      .setProtectedHeader({
        alg: 'ES256',
        typ: 'berth-device+jwt',
        kid: this.id,
        ...header,
      })
      .sign(key ?? this.privateKey);
  }
}
