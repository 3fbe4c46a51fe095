import { Config } from '@backstage/config';
import { RequestHandler } from 'express';
import { readIssuerUrl } from './issuerUrl';
import { JoseTokenSigner } from './JoseTokenSigner';
import { createKeyRing, CreateKeyRingOptions } from './keys/createKeyRing';
import { DefaultKeyRing } from './keys/DefaultKeyRing';
import { ReusingTokenSigner } from './ReusingTokenSigner';
import { createIssuerHandler } from './router';
import { TokenSigner } from './types';

export interface Issuer {
  /** The `iss` of tokens. */
  issuer: string;
  keyRing: DefaultKeyRing;
  signer: TokenSigner;
  /** Serves the discovery document and the keys. */
  handler: RequestHandler;
}

/** Creates the issuer from the configuration. */
export async function createIssuer(
  options: CreateKeyRingOptions & { config: Config },
): Promise<Issuer> {
  const issuer = readIssuerUrl(options.config, options);
  const keyRing = await createKeyRing(options);
  const signer = new ReusingTokenSigner({
    keyRing,
    signer: new JoseTokenSigner({ issuer, keyRing }),
  });
  return {
    issuer,
    keyRing,
    signer,
    handler: createIssuerHandler({ issuer, keyRing }),
  };
}
