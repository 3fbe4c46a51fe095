import { ConfigReader } from '@backstage/config';
import { refuseRenamedSettings } from './refuseRenamedSettings';

describe('refuseRenamedSettings', () => {
  it.each([
    [
      { connections: { serviceAccount: { tokenLifetime: '1h' } } },
      'berth.connections is now berth.connectionStrategies',
    ],
    [
      { endpoints: { allow: ['127.0.0.0/8'] } },
      'berth.endpoints.allow is now berth.allowedAddresses',
    ],
    [
      { registry: { probeInterval: '10s' } },
      'berth.registry.probeInterval is now berth.clusterProbe.interval',
    ],
  ])('refuses %j and names the new setting', (berth, message) => {
    expect(() => refuseRenamedSettings(new ConfigReader({ berth }))).toThrow(
      message,
    );
  });

  it('accepts the new names', () => {
    const berth = {
      connectionStrategies: { serviceAccount: { tokenLifetime: '1h' } },
      allowedAddresses: ['127.0.0.0/8'],
      clusterProbe: { interval: '10s' },
    };
    expect(() =>
      refuseRenamedSettings(new ConfigReader({ berth })),
    ).not.toThrow();
  });
});
