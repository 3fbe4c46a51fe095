import { kubernetesUsername } from './username';

describe('kubernetesUsername', () => {
  it.each([
    ['user:default/alice', 'user:alice'],
    ['user:acme/alice', 'user:acme/alice'],
    ['user:default/alice.smith_1', 'user:alice.smith_1'],
  ])('S19 names %s %s', (ref, name) => {
    expect(kubernetesUsername(ref)).toBe(name);
  });

  it('S19 names only users', () => {
    expect(() => kubernetesUsername('group:default/alice')).toThrow(
      'is not a user',
    );
  });
});
