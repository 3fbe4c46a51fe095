import { Bench } from '../harness/types';
import { measureKeys } from './measureKeys';
import { measureMints } from './measureMints';

/** `npm run bench -- mint`. */
export const mint: Bench = {
  name: 'mint',
  summary:
    'How fast the portal signs tokens, compared with bare jose with the same key type and claims, and serves its keys.',
  run: async progress => ({
    rows: [
      ...(await measureMints('RS256', progress)),
      ...(await measureMints('ES256', progress)),
      ...(await measureKeys(progress)),
    ],
    notes: [
      '"Signer" is `JoseTokenSigner` with the key ring; "token service" reads the expiring grants of the person from SQLite for every token, then signs from the shares that the request has read already; "shares and token service" reads these, too; "cached" returns a token again, as the portal does for half of its lifetime. The person is in 10 groups; the cluster is shared with 20, of which 5 are theirs. 8 tokens are requested at a time; ratios are compared with bare jose. The difference between "cached signer" and "cached token service" is the cost of reading the database: an entitlement is never cached, so that a removal applies to the next token.',
      '16 connections of another process request the JWKS over HTTP, through the middleware of a Backstage backend; the baseline is a bare `node:http` server with the same body.',
    ],
  }),
};
