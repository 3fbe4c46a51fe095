import { startTestBackend } from '@backstage/backend-test-utils';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { scaffolderModuleBerth } from './scaffolderModuleBerth';

describe('scaffolderModuleBerth', () => {
  it('adds its actions, each with a dry run', async () => {
    const addActions = jest.fn();
    await startTestBackend({
      extensionPoints: [[scaffolderActionsExtensionPoint, { addActions }]],
      features: [scaffolderModuleBerth],
    });
    const actions = addActions.mock.calls.flat();
    expect(actions.map(({ id }) => id)).toEqual([
      'berth:namespace:request',
      'berth:quota:request',
      'berth:access:request',
      'berth:personal-namespace:create',
      'berth:helm:install',
    ]);
    expect(actions.every(({ supportsDryRun }) => supportsDryRun)).toBe(true);
  });
});
