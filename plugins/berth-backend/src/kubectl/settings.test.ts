import { ConfigReader } from '@backstage/config';
import { readKubectlSettings } from './settings';

function read(kubectl?: object) {
  return readKubectlSettings(
    new ConfigReader(kubectl ? { berth: { kubectl: kubectl as never } } : {}),
  );
}

describe('the settings of kubectl', () => {
  it('has defaults', () => {
    expect(read()).toEqual({
      enabled: true,
      signInLifetimeMs: 12 * 3_600_000,
      devicesPerPerson: 10,
      nodeMirror: 'https://nodejs.org/dist',
    });
    expect(
      read({
        enabled: false,
        signInLifetime: '1h',
        devicesPerPerson: 1,
        nodeMirror: 'https://mirror.example.com:8443/node/dist/',
      }),
    ).toEqual({
      enabled: false,
      signInLifetimeMs: 3_600_000,
      devicesPerPerson: 1,
      nodeMirror: 'https://mirror.example.com:8443/node/dist',
    });
    expect(read({ signInLifetime: { days: 7 } }).signInLifetimeMs).toBe(
      7 * 24 * 3_600_000,
    );
  });

  it.each<[object, string]>([
    [{ signInLifetime: '59m' }, 'signInLifetime is "59m"'],
    [{ signInLifetime: { days: 8 } }, 'signInLifetime is {"days":8}'],
    [{ devicesPerPerson: 0 }, 'devicesPerPerson is 0'],
    [{ devicesPerPerson: 1.5 }, 'devicesPerPerson is 1.5'],
    [{ devicesPerPerson: 101 }, 'devicesPerPerson is 101'],
    [{ nodeMirror: 'http://mirror' }, 'nodeMirror is "http://mirror"'],
    [{ nodeMirror: 'https://m/$(id)' }, 'nodeMirror is'],
    [{ nodeMirror: "https://m/';id;'" }, 'nodeMirror is'],
    [{ nodeMirror: 'https://m/\n' }, 'nodeMirror is'],
    [{ nodeMirror: 'https://user@m' }, 'nodeMirror is'],
  ])('names the setting, the value and the rule for %j', (kubectl, message) => {
    expect(() => read(kubectl)).toThrow(`berth.kubectl.${message}`);
    expect(() => read(kubectl)).toThrow('but it must be');
  });
});
