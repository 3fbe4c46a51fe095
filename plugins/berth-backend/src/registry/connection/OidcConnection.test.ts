import { mockServices } from '@backstage/backend-test-utils';
import { SignedToken, TokenClaims } from '../../issuer/types';
import { ClusterRecord } from '../../model/clusters';
import { OidcConnection } from './OidcConnection';

const cluster = { id: 'cluster-1', name: 'prod01' } as ClusterRecord;
const other = { id: 'cluster-2', name: 'prod02' } as ClusterRecord;

function signed(jti: string): SignedToken {
  return {
    token: `eyJ-${jti}`,
    kid: 'k',
    jti,
    issuedAt: new Date(0),
    expiresAt: new Date(600_000),
  };
}

function setUp() {
  const sign = jest.fn<Promise<SignedToken>, [TokenClaims]>();
  sign.mockResolvedValue(signed('1'));
  const auditor = mockServices.auditor.mock();
  const success = jest.fn();
  const fail = jest.fn();
  auditor.createEvent.mockResolvedValue({ success, fail });
  const connection = OidcConnection.create({ signer: { sign }, auditor });
  return { auditor, connection, sign, success, fail };
}

describe('OidcConnection', () => {
  it("asks for the reconciler's own claims and nothing more", async () => {
    const { connection, sign } = setUp();
    expect(await connection.getToken(cluster)).toBe('eyJ-1');
    expect(sign.mock.calls).toEqual([
      [
        {
          sub: 'berth:reconciler',
          aud: 'cluster-1',
          groups: ['cluster-reconciler'],
        },
      ],
    ]);
  });

  it('S15 uses no token whose key was revoked', async () => {
    const { connection, sign } = setUp();
    await connection.getToken(cluster);
    sign.mockResolvedValue(signed('after-revocation'));
    expect(await connection.getToken(cluster)).toBe('eyJ-after-revocation');
  });

  it('S47 audits each mint once, S46 without the token', async () => {
    const { auditor, connection, sign, success } = setUp();
    await connection.getToken(cluster);
    await connection.getToken(cluster);
    sign.mockResolvedValue(signed('2'));
    await connection.getToken(other);
    await connection.getToken(cluster);
    expect(success.mock.calls).toEqual(
      ['1', '2', '2'].map(jti => [
        { meta: { jti, subject: 'berth:reconciler' } },
      ]),
    );
    expect(
      auditor.createEvent.mock.calls.map(([{ eventId, meta }]) => [
        eventId,
        meta?.clusterId,
      ]),
    ).toEqual([
      ['token-mint', 'cluster-1'],
      ['token-mint', 'cluster-2'],
      ['token-mint', 'cluster-1'],
    ]);
    expect(JSON.stringify(success.mock.calls)).not.toContain('eyJ');
  });

  it('S47 audits a failed mint, and retries', async () => {
    const { connection, sign, fail } = setUp();
    const error = new Error('no key');
    sign.mockRejectedValueOnce(error);
    await expect(connection.getToken(cluster)).rejects.toThrow(error);
    expect(fail).toHaveBeenCalledWith({ error });
    expect(await connection.getToken(cluster)).toBe('eyJ-1');
  });
});
