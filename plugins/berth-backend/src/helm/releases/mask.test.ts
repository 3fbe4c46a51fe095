import { CopyMask } from './mask';
import { maskValues } from './maskValues';

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

  it.each<[string, unknown]>([
    ['an item of env', { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }],
    ['an address without a user', { url: 'redis://:hunter2@host' }],
    ['an address of JDBC', { url: 'jdbc:postgresql://u:hunter2@h/d' }],
    ['a text of settings', { mssql: 'Server=x;Password=hunter2' }],
    ['a data source', { sentryDsn: 'hunter2', SQL_DSN: 'hunter2' }],
    ['a connection', { connectionString: 'hunter2' }],
    ['a text of auth', { auth: 'hunter2', 'basic-auth': 'hunter2' }],
    ['the secret of an access key', { secretKey: 'hunter2' }],
    ['more of a pull Secret', { imagePullSecrets: [{ data: 'hunter2' }] }],
  ])('H17 hides %s', (_, values) => {
    expect(JSON.stringify(maskValues(values).values)).not.toContain('hunter2');
  });

  it('shows names of Secrets and of keys', () => {
    const values = {
      affinity: { topologyKey: 'zone' },
      auth: { existingSecret: 'login', username: 'web' },
      existingSecretPasswordKey: 'password',
      imagePullSecrets: [{ name: 'registry' }, 'other'],
      podsNumber: 'two',
      secretName: 'login',
      secretKeyRef: { name: 'login', key: 'a' },
      tolerations: [{ key: 'dedicated', value: 'gpu' }],
      userPasswordKey: 'password',
    };
    expect(maskValues(values)).toEqual({ values, masked: [], secrets: [] });
  });

  it('hides very many values as one, which still have no copies', () => {
    const list = Array.from({ length: 6_000 }, (_, index) => `text-${index}`);
    const result = maskValues({ a: 'x', password: 'p', tokens: { list } });
    expect(result.values).toEqual({
      a: 'x',
      password: '••••••',
      tokens: '••••••',
    });
    expect(result.masked).toEqual([['password'], ['tokens']]);
    expect(result.secrets).toHaveLength(6_001);
  });

  it('lists only so many paths, and only so much of long ones', () => {
    const paths = (values: unknown) => maskValues(values).masked;
    const many = Array.from({ length: 6_000 }, () => ({ password: 'p' }));
    expect(paths(many)).toHaveLength(5_000);
    const key = `key${'x'.repeat(1024 * 1024)}`;
    expect(JSON.stringify(paths({ [key]: [1, 2, 3] }))).toBe('[]');
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

  it('H17 hides numbers that equal a secret, and values of env by their names', () => {
    const mask = new CopyMask(['123456', 'true']);
    expect(
      mask.object({
        pin: 123456,
        other: 12345,
        on: 'true',
        env: [
          { name: 'DB_PASSWORD', value: 'hunter2' },
          { name: 'CACHE', value: 'redis://:hunter2@host' },
          { name: 'COLOR', value: 'red' },
        ],
      }),
    ).toEqual({
      pin: '••••••',
      other: 12345,
      on: 'true',
      env: [
        { name: 'DB_PASSWORD', value: '••••••' },
        { name: 'CACHE', value: '••••••' },
        { name: 'COLOR', value: 'red' },
      ],
    });
  });

  it('H17 hides all pieces of a long secret', () => {
    const secret = Array.from({ length: 90 }, (_, at) => `part${at}.`).join('');
    expect(new CopyMask([secret]).text(`a ${secret} b`)).toMatch(/^a •+ b$/);
  });

  it('H17 hides a text for which too much is to be searched', () => {
    const mask = new CopyMask(
      Array.from({ length: 300 }, (_, index) => `planted-${index}`),
    );
    expect(mask.text('x'.repeat(100_000))).toMatch(/^x+$/);
    const texts = Array.from({ length: 5 }, () =>
      mask.text('x'.repeat(99_999)),
    );
    expect(texts.at(-1)).toBe('••••••');
    expect(mask.text('short')).toBe('short');
  });
});
