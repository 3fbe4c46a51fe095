import { ConfigReader } from '@backstage/config';
import { readChartSettings } from './settings';

const read = (helm: object, production = false) =>
  readChartSettings(new ConfigReader({ berth: { helm } } as never), {
    production,
  });

const SECRET = 'planted-password';

describe('readChartSettings', () => {
  it('has no repository by default', () => {
    expect(read({})).toEqual({
      httpOnLoopback: false,
      maxIndexBytes: 64 * 1024 * 1024,
      refreshIntervalMs: 15 * 60_000,
      repositories: [],
    });
  });

  it('reads repositories, and ends their addresses with a slash', () => {
    const credential = { username: 'reader', password: SECRET };
    expect(
      read({
        refreshInterval: { minutes: 5 },
        repositories: [
          {
            name: 'shop',
            url: 'https://charts.example.com/shop',
            credential,
            charts: ['web*'],
          },
        ],
      }),
    ).toMatchObject({
      refreshIntervalMs: 5 * 60_000,
      repositories: [
        {
          name: 'shop',
          url: 'https://charts.example.com/shop/',
          credential,
          charts: ['web*'],
        },
      ],
    });
  });

  it.each<[object, RegExp]>([
    [{ name: 'Shop', url: 'https://x/' }, /repositories\[0\]: name "Shop"/],
    [{ name: 'shop' }, /url is missing/],
    [{ name: 'shop', url: 'http://x/' }, /https:\/\/ or oci:\/\/ address/],
    [{ name: 'shop', url: 'oci://x/Shop' }, /https:\/\/ or oci:\/\/ address/],
    [{ name: 'shop', url: 'oci://x/' }, /charts must have the whole names/],
    [
      { name: 'shop', url: 'oci://x/', charts: ['web', 'c*'] },
      /charts must have the whole names/,
    ],
    [
      { name: 'shop', url: 'oci://x/', charts: ['../web'] },
      /charts must have the whole names/,
    ],
    [
      { name: 'shop', url: 'https://x/', credential: SECRET },
      /credential must have either username and password, or token/,
    ],
    [
      {
        name: 'shop',
        url: 'https://x/',
        credential: { token: `${SECRET} ${SECRET}` },
      },
      /a token has no spaces/,
    ],
    [
      { name: 'shop', url: `https://a:${SECRET}@x/` },
      /https:\/\/ or oci:\/\/ address/,
    ],
    [{ name: 'shop', url: `https://x/?t=${SECRET}` }, /without user name/],
    [
      { name: 'shop', url: 'https://x/', credential: { password: SECRET } },
      /credential must have either username and password, or token/,
    ],
    [{ name: 'shop', url: 'https://x/', caData: SECRET }, /caData/],
    [{ name: 'shop', url: 'https://x/', other: 1 }, /"other" is not a field/],
  ])('H11 refuses %j without its secrets', (repository, rule) => {
    const refused = () => read({ repositories: [repository] });
    expect(refused).toThrow(rule);
    expect(refused).not.toThrow(SECRET);
  });

  it('reads registries, and writes their addresses in one form', () => {
    expect(
      read({
        repositories: [
          {
            name: 'registry',
            url: 'oci://Registry.example.com:5000/team/charts',
            charts: ['web'],
          },
        ],
      }).repositories,
    ).toEqual([
      {
        name: 'registry',
        url: 'oci://registry.example.com:5000/team/charts/',
        charts: ['web'],
      },
    ]);
  });

  it('refuses a name that two repositories have', () => {
    const repository = { name: 'shop', url: 'https://x/' };
    expect(() => read({ repositories: [repository, repository] })).toThrow(
      'another repository has the name "shop"',
    );
  });

  it('H11 allows http in development only', () => {
    const helm = {
      httpOnLoopback: true,
      repositories: [{ name: 'local', url: 'http://127.0.0.1:9000/charts/' }],
    };
    expect(read(helm).repositories[0].url).toBe(
      'http://127.0.0.1:9000/charts/',
    );
    expect(() => read(helm, true)).toThrow('for development only');
  });
});
