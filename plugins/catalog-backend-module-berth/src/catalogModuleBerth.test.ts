import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import catalogModuleBerth from './index';

const SECRET = { encryptionSecret: 'a secret of some length' };

describe('catalogModuleBerth', () => {
  async function start(berth: object, permission = { enabled: true }) {
    const processing = { addEntityProvider: jest.fn() };
    const logger = mockServices.logger.mock();
    const permissionsRegistry = mockServices.permissionsRegistry.mock();
    await startTestBackend({
      extensionPoints: [[catalogProcessingExtensionPoint, processing as never]],
      features: [
        catalogModuleBerth,
        catalogServiceMock.factory(),
        logger.factory,
        permissionsRegistry.factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'https://portal.example.com/' },
            permission,
            berth,
          },
        }),
      ],
    });
    return {
      logger,
      providers: processing.addEntityProvider.mock.calls.map(([provider]) =>
        provider.getProviderName(),
      ),
      rules: permissionsRegistry.addPermissionRules.mock.calls
        .flat(2)
        .map(({ name }) => name),
    };
  }

  it('provides no entities until visibility is set, but registers the rule', async () => {
    const { logger, providers, rules } = await start({ keys: SECRET });

    expect(providers).toEqual([]);
    expect(rules).toEqual(['IS_VISIBLE_IN_BERTH']);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('berth.catalog.visibility'),
    );
  });

  it.each(['policy', 'everybody'])(
    'provides entities for %s',
    async visibility => {
      const { providers } = await start({
        admins: ['group:default/platform'],
        catalog: { visibility },
        keys: SECRET,
      });

      expect(providers).toEqual(['berth']);
    },
  );

  it.each([
    [
      'a policy without a secret',
      { catalog: { visibility: 'policy' }, admins: ['platform'] },
      { enabled: true },
      'needs berth.keys.encryptionSecret',
    ],
    [
      'a policy that is not used',
      { catalog: { visibility: 'policy' }, keys: SECRET },
      { enabled: false },
      'permission.enabled is not true',
    ],
    [
      'no owner',
      { catalog: { visibility: 'everybody' } },
      { enabled: true },
      'set berth.catalog.owner, or berth.admins',
    ],
  ])('does not start with %s', async (_, berth, permission, message) => {
    await expect(start(berth, permission)).rejects.toThrow(message);
  });
});
