import { ConfigReader } from '@backstage/config';
import { readProfiles } from '../profiles/readProfiles';
import { readPullSecrets } from './readPullSecrets';

const HARBOR = {
  name: 'harbor',
  registry: 'harbor.example.com:8443/team',
  username: 'robot$berth',
  password: 'the password',
};

function read(...pullSecrets: unknown[]) {
  return readPullSecrets(new ConfigReader({ berth: { pullSecrets } } as never));
}

describe('readPullSecrets', () => {
  it('reads none by default, and each with its fields', () => {
    expect(readPullSecrets(new ConfigReader({}))).toEqual([]);
    const hub = {
      ...HARBOR,
      name: 'docker-hub',
      registry: 'https://index.docker.io/v1/',
    };
    expect(read(HARBOR, hub)).toEqual([HARBOR, hub]);
  });

  it.each([
    [{ name: 'Harbor' }, /pullSecrets\[0\]\.name "Harbor" must be at most 52/],
    [{ name: 'a'.repeat(53) }, /\.name "a+" must be at most 52/],
    [{ name: undefined }, /\.name is missing/],
    [{ registry: '*.example.com' }, /\.registry must be the host/],
    [{ registry: 'https://harbor.example.com' }, /\.registry must be the host/],
    [{ registry: 'robot:pa55@harbor.example.com' }, /\.registry must be/],
    [{ registry: 7 }, /\.registry must be of type string/],
    [{ username: 'a:b' }, /\.username must have no colon/],
    [{ username: 'a\nb' }, /\.username must have no colon and no control/],
    [{ password: '' }, /\.password must not be empty/],
    [{ password: 7 }, /\.password must be of type string/],
    [{ token: 'pa55' }, /pullSecrets\[0\] has a field that is not a known/],
  ])('P14 refuses %j by its field, without the value', (change, message) => {
    const attempt = () => read({ ...HARBOR, ...change });
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow(/pa55|the password/);
  });

  it('refuses two of one name', () => {
    expect(() => read(HARBOR, HARBOR)).toThrow(
      'berth.pullSecrets[1].name "harbor" is used twice',
    );
  });

  it.each([
    [
      ['ghcr'],
      ['harbor'],
      'must be the name of one of berth.pullSecrets: harbor',
    ],
    [['ghcr'], [], 'which has none'],
    [['harbor', 'harbor'], ['harbor'], 'must hold each name once'],
    [[], ['harbor'], 'must not be empty'],
  ])('refuses a profile with the names %j of %j', (used, known, message) => {
    const profiles = [{ name: 'p', pullSecrets: used }];
    const config = new ConfigReader({ berth: { profiles } });
    expect(() => readProfiles(config, known)).toThrow(message);
  });
});
