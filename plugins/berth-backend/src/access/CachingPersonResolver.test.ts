import { mockCredentials } from '@backstage/backend-test-utils';
import { personIn } from './__testUtils__/people';
import { CachingPersonResolver } from './CachingPersonResolver';
import { Person } from '../model/people';

function personOf(userRef: string): Person {
  return { ...personIn([]), userRef };
}

describe('CachingPersonResolver', () => {
  it('asks once for concurrent calls, and separately for each person', async () => {
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

  it('caches callers, but not the people that they ask about', async () => {
    const resolve = jest.fn(async (_credentials, of?: string) =>
      personOf(of ?? 'user:default/ada'),
    );
    const resolver = new CachingPersonResolver({ resolve });
    const ada = mockCredentials.user('user:default/ada');
    for (const userRef of ['user:default/bob', 'user:default/bob', undefined]) {
      await expect(resolver.resolve(ada, userRef)).resolves.toMatchObject({
        userRef: userRef ?? 'user:default/ada',
      });
    }
    expect(resolve).toHaveBeenCalledTimes(3);
  });

  it('S11 throws the errors of the resolver, and asks again after an error', async () => {
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
