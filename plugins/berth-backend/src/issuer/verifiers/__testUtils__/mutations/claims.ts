import { Fields, Forger } from './Forger';
import { CLUSTERS, Mutation } from './Mutation';

/** A token with wrong claims and a signature of the issuer's own key. */
const claims =
  (changes: Fields | ((forger: Forger) => Fields)) => (forger: Forger) =>
    forger.token({
      claims: forger.claims(
        typeof changes === 'function' ? changes(forger) : changes,
      ),
    });

const OTHER_CLUSTER = '01JD1111111111111111111111';

/** Claims that a verifier must check even if the signature is correct. */
export const claimMutations: Mutation[] = [
  { name: 'aud of another cluster', make: claims({ aud: OTHER_CLUSTER }) },
  {
    name: 'aud in lower case',
    make: claims(f => ({ aud: f.audience.toLowerCase() })),
  },
  {
    name: 'aud with a space after it',
    make: claims(f => ({ aud: `${f.audience} ` })),
  },
  { name: 'no aud', make: claims({ aud: undefined }) },
  { name: 'aud empty', make: claims({ aud: '' }) },
  { name: 'aud an empty list', make: claims({ aud: [] }) },
  { name: 'aud of Backstage', make: claims({ aud: 'backstage' }) },
  {
    name: 'aud of two clusters',
    make: claims(f => ({ aud: [OTHER_CLUSTER, f.audience] })),
    acceptedBy: ['flags', 'sandbox'],
    because: 'one of several is enough, but for our rule in the configuration',
  },
  {
    name: 'aud of one cluster, as a list',
    make: claims(f => ({ aud: [f.audience] })),
    acceptedBy: ['flags', 'sandbox'],
    because: 'our rule in the configuration compares text',
  },

  {
    name: 'iss of another issuer',
    make: claims({ iss: 'https://example.com' }),
  },
  {
    name: 'iss with a slash after it',
    make: claims(f => ({ iss: `${f.issuer}/` })),
  },
  {
    name: 'iss in upper case',
    make: claims(f => ({ iss: f.issuer.toUpperCase() })),
  },
  {
    name: 'iss by http',
    make: claims(f => ({ iss: f.issuer.replace('https', 'http') })),
  },
  {
    name: 'iss by address',
    make: claims(f => ({ iss: f.issuer.replace('localhost', '127.0.0.1') })),
  },
  { name: 'no iss', make: claims({ iss: undefined }) },
  { name: 'iss a list', make: claims(f => ({ iss: [f.issuer] })) },

  {
    name: 'expired an hour ago',
    make: claims(f => ({ iat: f.now() - 4200, exp: f.now() - 3600 })),
  },
  {
    name: 'expired two seconds ago',
    make: claims(f => ({ iat: f.now() - 600, exp: f.now() - 2 })),
  },
  { name: 'no exp', make: claims({ exp: undefined }) },
  { name: 'exp negative', make: claims({ exp: -1 }) },
  {
    name: 'exp text',
    make: claims(f => ({ exp: `${f.now() + 600}` })),
    acceptedBy: ['flags'],
    because:
      'go-oidc reads numbers in quotes; our rule in the configuration does not',
  },
  {
    name: 'valid for a year',
    make: claims(f => ({ exp: f.now() + 31_536_000 })),
    acceptedBy: ['flags', 'sandbox'],
    because: 'only our rule in the configuration bounds the life of a token',
  },
  { name: 'nbf in an hour', make: claims(f => ({ nbf: f.now() + 3600 })) },
  {
    name: 'nbf in thirty seconds',
    make: claims(f => ({ nbf: f.now() + 30 })),
    acceptedBy: CLUSTERS,
    because: 'clocks may differ by a minute',
  },
  {
    name: 'iat in an hour',
    make: claims(f => ({ iat: f.now() + 3600 })),
    acceptedBy: CLUSTERS,
    because:
      'Kubernetes does not look at iat, and our rule bounds exp - iat from above only',
  },
  {
    name: 'no iat',
    make: claims({ iat: undefined }),
    acceptedBy: ['flags', 'sandbox'],
    because: 'our rule in the configuration needs it',
  },

  { name: 'no sub', make: claims({ sub: undefined }) },
  {
    name: 'sub empty',
    make: claims({ sub: '' }),
    acceptedBy: ['flags'],
    because:
      'kube-apiserver 1.20 takes it for a name, one that nothing is bound to',
    user: { username: undefined },
  },
  { name: 'sub a number', make: claims({ sub: 7 }) },
  {
    name: 'sub of a system user',
    make: claims({ sub: 'system:admin' }),
    acceptedBy: ['flags', 'sandbox'],
    because: 'flags trust the issuer in names: so user names never leave user:',
    user: { username: 'system:admin' },
  },
  {
    name: 'the group system:masters',
    make: claims({ groups: ['system:masters'] }),
    acceptedBy: ['flags', 'sandbox'],
    because: 'flags trust the issuer in groups: so names are checked at mint',
    user: { groups: ['system:masters'] },
  },
  { name: 'groups that are no text', make: claims({ groups: [1] }) },
  { name: 'groups an object', make: claims({ groups: { name: 'team-a' } }) },
  {
    name: 'groups as text',
    make: claims({ groups: 'team-a' }),
    acceptedBy: CLUSTERS,
  },
  {
    name: 'no groups',
    make: claims({ groups: undefined }),
    acceptedBy: CLUSTERS,
    user: { groups: [] },
  },
  {
    name: '_claim_names that send for the groups',
    make: claims(f => ({
      groups: undefined,
      _claim_names: { groups: 'elsewhere' },
      _claim_sources: { elsewhere: { endpoint: f.attackerUrl } },
    })),
    acceptedBy: ['sandbox'],
    because:
      'the sandbox knows no distributed claims, and finds no groups; Kubernetes fetches them',
    user: { groups: [] },
  },
  {
    name: '_claim_names next to groups',
    make: claims(f => ({
      _claim_names: { groups: 'elsewhere' },
      _claim_sources: { elsewhere: { endpoint: f.attackerUrl } },
    })),
    acceptedBy: CLUSTERS,
    because: 'what is in the token comes first',
  },
];
