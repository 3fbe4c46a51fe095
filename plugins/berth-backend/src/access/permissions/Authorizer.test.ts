import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  berthActivityReadPermission,
  berthClusterReadPermission,
  berthTokenCreatePermission,
} from '@berth/plugin-berth-common';
import { Authorizer } from './Authorizer';

describe('decisions that were recorded', () => {
  it('S51 stand in for the policy, which is not asked, and everything else is denied', async () => {
    const allow = { result: AuthorizeResult.ALLOW } as const;
    const permissions = mockServices.permissions.mock({
      authorize: async asked => asked.map(() => allow),
      authorizeConditional: async asked => asked.map(() => allow),
    });
    const authorizer = new Authorizer({
      permissions,
      permissionsRegistry: mockServices.permissionsRegistry.mock(),
    });
    const credentials = authorizer.recordedCredentials(
      'user:default/alice',
      new Map([[berthTokenCreatePermission.name, allow]]),
    );
    expect(await authorizer.ask(credentials, berthTokenCreatePermission)).toBe(
      allow,
    );
    expect(
      await authorizer.ask(credentials, berthClusterReadPermission),
    ).toEqual({ result: AuthorizeResult.DENY });
    await expect(
      authorizer.require(credentials, berthActivityReadPermission),
    ).rejects.toThrow('berth.activity.read');
    expect(permissions.authorize).not.toHaveBeenCalled();
    expect(permissions.authorizeConditional).not.toHaveBeenCalled();
  });
});
