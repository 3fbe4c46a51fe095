import { CopyMask, maskValues } from './mask';

describe('maskValues', () => {
  it('H17 hides values by their names, below such names, and private keys', () => {
    const { values, masked, secrets } = maskValues({
      replicas: 2,
      database: { Password: 'p1', user: 'web', pin: 7 },
      apiKeys: [{ name: 'a' }, 12],
      existingSecret: '',
      tokenAuth: true,
      nothing: { secret: null },
      tls: '-----BEGIN RSA PRIVATE KEY-----\nx',
      url: 'postgres://web:p2@db/shop',
    });
    expect(values).toEqual({
      replicas: 2,
      database: { Password: '••••••', user: 'web', pin: 7 },
      apiKeys: [{ name: '••••••' }, '••••••'],
      existingSecret: '',
      tokenAuth: true,
      nothing: { secret: null },
      tls: '••••••',
      url: '••••••',
    });
    expect(masked).toEqual([
      ['database', 'Password'],
      ['apiKeys', '0', 'name'],
      ['apiKeys', '1'],
      ['tls'],
      ['url'],
    ]);
    expect(secrets).toEqual(expect.arrayContaining(['p1', 'a', '12']));
  });
});

describe('CopyMask', () => {
  const copies = new CopyMask(['planted-secret', 'abcd', 'x']);

  it('H17 hides copies, also encoded ones and those in longer texts', () => {
    const encoded = Buffer.from('planted-secret').toString('base64');
    expect(
      copies.object({
        args: ['--password=planted-secret', 'abcd', 'abcde', 'x'],
        nested: { encoded, count: 3 },
      }),
    ).toEqual({
      args: ['--password=••••••', '••••••', 'abcde', 'x'],
      nested: { encoded: '••••••', count: 3 },
    });
  });
});
