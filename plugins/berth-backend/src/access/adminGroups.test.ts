import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { readAdminGroups } from './adminGroups';

describe('readAdminGroups', () => {
  it('reads full and short refs', () => {
    const logger = mockServices.logger.mock();
    const config = new ConfigReader({
      berth: { admins: ['Group:Default/Platform', 'acme/sre', 'ops'] },
    });
    expect([...readAdminGroups(config, logger)]).toEqual([
      'group:default/platform',
      'group:acme/sre',
      'group:default/ops',
    ]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each([{}, { berth: {} }, { berth: { admins: [] } }])(
    'makes nobody an admin and warns with %j',
    data => {
      const logger = mockServices.logger.mock();
      expect(readAdminGroups(new ConfigReader(data), logger).size).toBe(0);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('berth.admins is empty'),
      );
    },
  );

  it('refuses refs that are not groups', () => {
    const config = new ConfigReader({
      berth: { admins: ['user:default/alice'] },
    });
    expect(() => readAdminGroups(config, mockServices.logger.mock())).toThrow(
      '"user:default/alice", which is not a group',
    );
  });
});
