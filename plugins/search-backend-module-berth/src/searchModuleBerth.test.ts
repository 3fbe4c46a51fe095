import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import searchModuleBerth from './index';

describe('searchModuleBerth', () => {
  async function start(search: object) {
    const registry = { addCollator: jest.fn(), addDecorator: jest.fn() };
    const logger = mockServices.logger.mock();
    await startTestBackend({
      extensionPoints: [[searchIndexRegistryExtensionPoint, registry]],
      features: [
        searchModuleBerth,
        logger.factory,
        mockServices.rootConfig.factory({
          data: { permission: { enabled: true }, berth: { search } },
        }),
      ],
    });
    return { logger, registry };
  }

  it('indexes nothing until visibility is set', async () => {
    const { logger, registry } = await start({});

    expect(registry.addCollator).not.toHaveBeenCalled();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('berth.search.visibility'),
    );
  });

  it('indexes clusters and namespaces', async () => {
    const { registry } = await start({ visibility: 'policy' });

    expect(
      registry.addCollator.mock.calls.map(([{ factory }]) => factory.type),
    ).toEqual(['berth-cluster', 'berth-namespace']);
  });
});
