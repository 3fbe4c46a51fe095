/* eslint-disable jest/no-export -- cases that two test files share */
import { ContractTarget } from '../ContractTarget';
import { Forgery, TokenSpec } from '../TestIssuer';

const PODS = '/api/v1/namespaces/kube-system/pods';

/** Describes which requests the server authenticates, and as which user. */
export function describeAuthentication(target: () => ContractTarget) {
  describe('authentication', () => {
    it('accepts a token of the issuer and knows who it is', async () => {
      const token = await target().token({ sub: 'user:alice' });
      const { status, body } = await target().call('GET', PODS, { token });
      expect(status).toBe(403);
      expect(body.message).toBe(
        'pods is forbidden: User "user:alice" cannot list resource "pods" in API group "" in the namespace "kube-system"',
      );
    });

    it.each<[string, TokenSpec]>([
      ['of another audience', { aud: 'another-cluster' }],
      ['of another issuer', { iss: 'https://localhost:1/api/oidc' }],
      ['that has expired', { expiresIn: -60 }],
      ['signed with a foreign key', { foreignKey: true }],
      ['of an unknown key', { kid: 'unknown', foreignKey: true }],
      ['without an end', { claims: { exp: undefined } }],
      ['whose time has not come', { claims: { nbf: inAnHour() } }],
      ['without a subject', { claims: { sub: undefined } }],
      ['whose groups are no names', { claims: { groups: [1] } }],
    ])('refuses a token %s', async (_, spec) => {
      const token = await target().token(spec);
      const { status, body } = await target().call('GET', PODS, { token });
      expect([status, body.reason]).toEqual([401, 'Unauthorized']);
    });

    it.each<Forgery>(['alg none', 'HS256 with the public key', 'its own key'])(
      'S8 refuses a forged token with %s',
      async forgery => {
        const token = await target().issuer.forge(forgery);
        const { status } = await target().call('GET', PODS, { token });
        expect(status).toBe(401);
      },
    );

    it('takes one of several audiences, and a single group as text', async () => {
      const token = await target().token({
        claims: {
          aud: ['another', target().issuer.audience],
          groups: 'system:masters',
        },
      });
      const { status } = await target().call('GET', PODS, { token });
      expect(status).toBe(200);
    });

    it('refuses what is no token', async () => {
      for (const token of ['garbage', 'a.b.c']) {
        const { status } = await target().call('GET', PODS, { token });
        expect(status).toBe(401);
      }
    });

    it('reads a token up to the next space', async () => {
      const token = await target().token({ groups: ['system:masters'] });
      for (const [text, expected] of [
        [`${token} ${token}`, 200],
        [`garbage ${token}`, 401],
        [` ${token}`, 403],
      ] as const) {
        const { status } = await target().call('GET', PODS, { token: text });
        expect([text, status]).toEqual([text, expected]);
      }
    });

    it('takes a caller without a token for anonymous', async () => {
      const { status, body } = await target().call('GET', PODS, { token: '' });
      expect(status).toBe(403);
      expect(body.message).toContain('User "system:anonymous"');
    });

    it('reports its version to anyone', async () => {
      const { status, body } = await target().call('GET', '/version', {
        token: '',
      });
      expect(status).toBe(200);
      expect(body.gitVersion).toMatch(/^v1\.\d+\.\d+/);
    });
  });
}

function inAnHour(): number {
  return Math.floor(Date.now() / 1000) + 3600;
}
