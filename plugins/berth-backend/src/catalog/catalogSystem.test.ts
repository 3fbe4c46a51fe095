import { mockCredentials } from '@backstage/backend-test-utils';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { assertCatalogSystem } from './catalogSystem';

const SHOP = 'system:default/shop';
const credentials = mockCredentials.user('user:default/ada');

describe('assertCatalogSystem', () => {
  it('finds a system that the caller can see', async () => {
    const getEntityByRef = jest
      .fn()
      .mockResolvedValueOnce({ kind: 'System', metadata: { name: 'shop' } })
      .mockResolvedValue(undefined);
    const catalog = catalogServiceMock.mock({ getEntityByRef });
    await assertCatalogSystem(catalog, SHOP, credentials);
    expect(getEntityByRef).toHaveBeenCalledWith(SHOP, { credentials });
    const refused = assertCatalogSystem(catalog, SHOP, credentials);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(
      'system "system:default/shop" is not a System that you can see in the catalog. Correct the spelling or leave it out',
    );
  });

  it('reports that the catalog did not answer', async () => {
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => {
        throw new Error('down');
      },
    });
    await expect(
      assertCatalogSystem(catalog, SHOP, credentials),
    ).rejects.toThrow(ServiceUnavailableError);
  });
});
