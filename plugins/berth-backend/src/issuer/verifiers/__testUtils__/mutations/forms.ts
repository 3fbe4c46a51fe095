import { encode, Forger } from './Forger';
import { CLUSTERS, Mutation } from './Mutation';

/** Changes one of the three parts of a valid token. */
const part =
  (index: number, change: (text: string) => string) => (forger: Forger) =>
    forger
      .token()
      .split('.')
      .map((text, at) => (at === index ? change(text) : text))
      .join('.');

const signed = (forger: Forger, header: object) => {
  const [protectedHeader, payload, signature] = forger
    .token({ header: forger.header({ ...header }) })
    .split('.');
  return { protected: protectedHeader, payload, signature };
};

/** Texts that are not one JWS in compact form. */
export const formMutations: Mutation[] = [
  {
    name: 'JSON serialization, flattened',
    make: f => JSON.stringify(signed(f, {})),
  },
  {
    name: 'JSON serialization with one signature',
    make: f => {
      const { payload, ...signature } = signed(f, {});
      return JSON.stringify({ payload, signatures: [signature] });
    },
  },
  {
    name: "JSON serialization with two signatures, the issuer's and an attacker's",
    make: f => {
      const { payload, ...own } = signed(f, {});
      const header = encode(f.header());
      const signature = f.signature(`${header}.${payload}`, f.attacker);
      return JSON.stringify({
        payload,
        signatures: [{ protected: header, signature }, own],
      });
    },
  },
  {
    name: 'JSON serialization, encoded as if it were compact',
    make: f => encode(signed(f, {})),
  },
  {
    name: 'JSON serialization with the dots of a compact one',
    make: f => JSON.stringify({ ...signed(f, {}), note: 'a.b.c' }),
  },
  {
    name: 'two signatures in one token',
    make: f => `${f.token()}.${f.signature(f.input(), f.attacker)}`,
  },
  {
    name: 'two tokens, glued by a dot',
    make: f => `${f.token()}.${f.token()}`,
  },
  { name: 'two tokens, glued', make: f => `${f.token()}${f.token()}` },
  { name: 'two tokens and a comma', make: f => `${f.token()},${f.token()}` },
  {
    name: 'two tokens and a space',
    make: f => `${f.token()} ${f.token()}`,
    acceptedBy: ['flags', 'sandbox'],
    because: 'what follows a space in the header is not read',
  },
  { name: 'two dots too many', make: f => `${f.token()}..` },
  { name: 'two dots too many before', make: f => `..${f.token()}` },
  { name: 'two parts', make: f => f.input() },
  { name: 'one part', make: f => encode(f.claims()) },
  { name: 'dots alone', make: () => '..' },
  { name: 'truncated by a character', make: f => f.token().slice(0, -1) },
  {
    name: 'truncated by half its signature',
    make: f => f.token().slice(0, -100),
  },
  { name: 'a header that is no JSON', make: part(0, () => 'bm90IGpzb24') },
  { name: 'a header that is a list', make: part(0, () => encode(['RS256'])) },
  { name: 'a payload that is no JSON', make: part(1, () => 'bm90IGpzb24') },
  {
    name: 'a payload of text, well signed',
    make: f => {
      const input = `${encode(f.header())}.${encode('user:alice')}`;
      return `${input}.${f.signature(input)}`;
    },
  },
  {
    name: 'a space in the payload',
    make: part(1, text => `${text.slice(0, 20)} ${text.slice(20)}`),
  },
  {
    name: 'a tab in the header',
    make: part(0, text => `${text.slice(0, 20)}\t${text.slice(20)}`),
    acceptedBy: ['flags', 'configuration'],
    because: 'go-jose passes over white space',
  },
  { name: 'padding after the payload', make: part(1, text => `${text}=`) },
  {
    name: 'a character that base64url does not have',
    make: part(2, text => `${text.slice(0, -2)}*${text.slice(-1)}`),
  },
  {
    name: 'crit with an extension that nobody knows',
    make: f => f.token({ header: f.header({ crit: ['exp'], exp: 1 }) }),
  },
  {
    name: 'crit, empty',
    make: f => f.token({ header: f.header({ crit: [] }) }),
    acceptedBy: ['flags', 'configuration'],
    because: 'go-jose looks at what is in the list, and nothing is',
  },
  {
    name: 'crit with a payload that is not encoded',
    make: f => {
      const header = encode(f.header({ b64: false, crit: ['b64'] }));
      const payload = JSON.stringify(f.claims());
      return `${header}.${payload}.${f.signature(`${header}.${payload}`)}`;
    },
  },
  {
    name: 'another typ',
    make: f => f.token({ header: f.header({ typ: 'at+jwt' }) }),
    acceptedBy: CLUSTERS,
    because: 'Kubernetes does not look at it',
  },
  {
    name: 'a typ of Backstage users',
    make: f => f.token({ header: f.header({ typ: 'vnd.backstage.user' }) }),
    acceptedBy: CLUSTERS,
    because: 'Kubernetes does not look at it; the portal asks its own keys',
  },
  {
    name: 'a typ of Backstage plugins',
    make: f => f.token({ header: f.header({ typ: 'vnd.backstage.plugin' }) }),
    acceptedBy: CLUSTERS,
    because: 'Kubernetes does not look at it; the portal asks its own keys',
  },
];
