import { Bench } from '../harness/types';
import { measureKeys } from './measureKeys';
import { measureMints } from './measureMints';

/** `npm run bench -- mint`. */
export const mint: Bench = {
  name: 'mint',
  summary:
    'How fast the portal signs tokens, against bare jose with the same key type and claims, and hands out its keys.',
  run: async progress => ({
    rows: [
      ...(await measureMints('RS256', progress)),
      ...(await measureMints('ES256', progress)),
      ...(await measureKeys(progress)),
    ],
    notes: [
      '"Signer" is `JoseTokenSigner` with the key ring; "token service" reads the shares and expiring grants of the cluster from SQLite for every token, then signs; "cached" hands out a token again, as the portal does until half its life is gone. The person is in 10 groups, the cluster is shared with 20, of which 5 are theirs. 8 tokens are asked for at a time; ratios are against bare jose. What reading the database costs is between "cached signer" and "cached token service": an entitlement is never cached, so that a removal shows at the next mint.',
      'JWKS are asked for over HTTP by 16 connections of another process, through the middleware of a Backstage backend; the baseline is a bare `node:http` server with the same body.',
    ],
  }),
};
