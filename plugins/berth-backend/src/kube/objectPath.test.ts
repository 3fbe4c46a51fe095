import { collectionPath, objectPath } from './objectPath';
import { NAMESPACES, ROLE_BINDINGS } from './resources';

describe('objectPath', () => {
  it('knows the core group, named groups and namespaces', () => {
    expect(objectPath(NAMESPACES, { name: 'team-a' })).toBe(
      '/api/v1/namespaces/team-a',
    );
    expect(
      objectPath(ROLE_BINDINGS, {
        name: 'berth:admin:team-a',
        namespace: 'team-a',
      }),
    ).toBe(
      '/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/rolebindings/berth%3Aadmin%3Ateam-a',
    );
    expect(collectionPath(ROLE_BINDINGS)).toBe(
      '/apis/rbac.authorization.k8s.io/v1/rolebindings',
    );
    expect(collectionPath(NAMESPACES, 'ignored')).toBe('/api/v1/namespaces');
  });

  it.each(['a?b', 'a#b', 'a\\b', 'ä'])(
    'S20 keeps the name %j within its segment',
    name => {
      const segments = objectPath(NAMESPACES, { name }).split('/');
      expect(segments).toHaveLength(5);
      expect(decodeURIComponent(segments[4])).toBe(name);
      expect(segments[4]).toMatch(/^[\w.%-]+$/);
    },
  );

  it.each(['', '.', '..', '../secrets', 'a/b', 'a%2fb', 'a%'])(
    'S20 refuses %j, which names another path',
    name => {
      expect(() => objectPath(NAMESPACES, { name })).toThrow(
        'cannot be part of a Kubernetes API path',
      );
      expect(() =>
        objectPath(ROLE_BINDINGS, { name: 'x', namespace: name }),
      ).toThrow('cannot be part of a Kubernetes API path');
    },
  );

  it('refuses a namespaced object without a namespace', () => {
    expect(() => objectPath(ROLE_BINDINGS, { name: 'x' })).toThrow(
      'needs a namespace',
    );
  });
});
