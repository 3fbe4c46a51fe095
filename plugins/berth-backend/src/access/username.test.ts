import { kubernetesUsername, userRefOf } from './username';

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

describe('userRefOf', () => {
  it.each(['user:default/alice', 'user:acme/alice', 'user:default/a.b_1'])(
    'S56 finds %s again',
    ref => {
      expect(userRefOf(kubernetesUsername(ref))).toBe(ref);
    },
  );

  it.each([
    '',
    'user:',
    'alice',
    'berth:reconciler',
    'system:serviceaccount:a:b',
    'user:a/b/c',
    'user:a:b',
    'superuser:alice',
  ])('S56 finds no person of %j', username => {
    expect(userRefOf(username)).toBeUndefined();
  });
});
