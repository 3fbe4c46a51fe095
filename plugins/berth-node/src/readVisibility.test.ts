import { mockServices } from '@backstage/backend-test-utils';
import { readVisibility } from './readVisibility';

describe('readVisibility', () => {
  const read = (visibility?: string, enabled?: boolean) =>
    readVisibility(
      mockServices.rootConfig({
        data: {
          permission: { enabled },
          berth: { catalog: { visibility } },
        },
      }),
      'berth.catalog.visibility',
    );

  it('reads the setting', () => {
    expect(read(undefined, true)).toBeUndefined();
    expect(read('policy', true)).toBe('policy');
    expect(read('everybody')).toBe('everybody');
  });

  it('refuses values without an effect', () => {
    expect(() => read('all', true)).toThrow(
      'berth.catalog.visibility is "all", but must be "policy" or "everybody"',
    );
    expect(() => read('policy')).toThrow('permission.enabled is not true');
    expect(() => read('policy', false)).toThrow('permission.enabled');
  });
});
