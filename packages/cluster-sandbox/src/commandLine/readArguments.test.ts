import { readArguments } from './readArguments';

describe('readArguments', () => {
  it('gives each cluster its own port', () => {
    const { clusters } = readArguments([
      '--clusters=one,two',
      '--port=7000',
      '--issuer=https://portal/api/oidc',
      '--audience=id',
    ]);
    expect(clusters).toEqual([
      expect.objectContaining({ name: 'one', port: 7000 }),
      expect.objectContaining({
        name: 'two',
        port: 7001,
        issuer: { url: 'https://portal/api/oidc', audience: 'id' },
      }),
    ]);
  });

  it.each([
    [[], '--clusters'],
    [['--clusters=One'], 'lowercase'],
    [['--clusters=a,a'], 'twice'],
    [['--clusters=a', '--port=70000'], '--port'],
    [['--clusters=a', '--workload=busy'], '--workload'],
    [['--clusters=a', '--issuer=https://x'], 'belong together'],
    [['--clusters=a,b', '--authentication-config=x'], 'for one cluster'],
    [
      [
        '--clusters=a',
        '--authentication-config=x',
        '--issuer=https://x',
        '--audience=y',
      ],
      'excludes --issuer',
    ],
  ])('refuses %j', (argv, message) => {
    expect(() => readArguments(argv)).toThrow(message);
  });
});
