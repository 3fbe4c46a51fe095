import { mockServices } from '@backstage/backend-test-utils';
import { TokenClaims } from '../../issuer/types';
import { ClusterRecord } from '../types';
import { OidcConnection } from './OidcConnection';

const cluster = { id: 'cluster-1', name: 'prod01' } as ClusterRecord;

function setUp() {
  let now = 0;
  const signed: TokenClaims[] = [];
  const sign = jest.fn(async (claims: TokenClaims) => {
    signed.push(claims);
    return {
      token: `eyJ-${signed.length}`,
      kid: 'k',
      jti: `${signed.length}`,
      issuedAt: new Date(now),
      expiresAt: new Date(now + 600_000),
    };
  });
  const auditor = mockServices.auditor.mock();
  const success = jest.fn();
  auditor.createEvent.mockResolvedValue({ success, fail: jest.fn() });
  const connection = OidcConnection.create({
    signer: { sign },
    auditor,
    now: () => now,
  });
  return {
    connection,
    sign,
    signed,
    success,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe('OidcConnection', () => {
  it("signs the reconciler's own claims and nothing more", async () => {
    const { connection, signed } = setUp();
    await connection.getToken(cluster);
    expect(signed).toEqual([
      {
        sub: 'berth:reconciler',
        aud: 'cluster-1',
        groups: ['cluster-reconciler'],
      },
    ]);
  });

  it('keeps a token until half of its life is over, apart for each cluster', async () => {
    const { connection, pass } = setUp();
    expect(await connection.getToken(cluster)).toBe('eyJ-1');
    pass(299_999);
    expect(await connection.getToken(cluster)).toBe('eyJ-1');
    expect(await connection.getToken({ ...cluster, id: 'other' })).toBe(
      'eyJ-2',
    );
    pass(1);
    expect(await connection.getToken(cluster)).toBe('eyJ-3');
  });

  it('does not keep a failure', async () => {
    const { connection, sign } = setUp();
    sign.mockRejectedValueOnce(new Error('no key'));
    await expect(connection.getToken(cluster)).rejects.toThrow('no key');
    expect(await connection.getToken(cluster)).toBe('eyJ-1');
  });

  it('S47 audits the mint, S46 without the token', async () => {
    const { connection, success } = setUp();
    await connection.getToken(cluster);
    expect(success).toHaveBeenCalledWith({
      meta: { jti: '1', subject: 'berth:reconciler' },
    });
    expect(JSON.stringify(success.mock.calls)).not.toContain('eyJ');
  });
});
