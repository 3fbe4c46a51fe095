import { mockCredentials } from '@backstage/backend-test-utils';
import { CachingPersonResolver } from './CachingPersonResolver';
import { Person } from './types';

function personOf(userRef: string): Person {
  return { userRef, username: userRef, groups: [], admin: false };
}

describe('CachingPersonResolver', () => {
  it('asks once for calls that come together, and apart for each person', async () => {
    const resolve = jest.fn(async ({ principal }) =>
      personOf(principal.userEntityRef),
    );
    const resolver = new CachingPersonResolver({ resolve });
    const refs = ['user:default/a', 'user:default/b', 'user:default/a'];
    const people = await Promise.all(
      refs.map(ref => resolver.resolve(mockCredentials.user(ref))),
    );
    expect(people.map(person => person.userRef)).toEqual(refs);
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  it('S11 throws what the resolver throws, and asks again after that', async () => {
    const resolve = jest
      .fn()
      .mockRejectedValueOnce(new Error('catalog is down'))
      .mockResolvedValueOnce(personOf('user:default/a'));
    const resolver = new CachingPersonResolver({ resolve });
    const credentials = mockCredentials.user('user:default/a');
    await expect(resolver.resolve(credentials)).rejects.toThrow(
      'catalog is down',
    );
    await expect(resolver.resolve(credentials)).resolves.toMatchObject({
      userRef: 'user:default/a',
    });
  });
});
