import { LRUCache } from 'lru-cache';
import { Person, PersonResolver, UserCredentials } from '../model/people';

/** Short enough that the next token reflects a removal from a group, and long enough for the calls of a page. */
const REMEMBER_MS = 5_000;
const MAX_PEOPLE = 10_000;

/** Asks once for the calls of a page, for callers about themselves. Failures are not cached. */
export class CachingPersonResolver implements PersonResolver {
  readonly #resolver: PersonResolver;
  readonly #cache: LRUCache<string, Person, UserCredentials>;

  constructor(resolver: PersonResolver) {
    this.#resolver = resolver;
    this.#cache = new LRUCache({
      max: MAX_PEOPLE,
      ttl: REMEMBER_MS,
      fetchMethod: (_key, _stale, { context }) => resolver.resolve(context),
    });
  }

  async resolve(credentials: UserCredentials, of?: string): Promise<Person> {
    if (of !== undefined && of !== credentials.principal.userEntityRef) {
      return this.#resolver.resolve(credentials, of);
    }
    const person = await this.#cache.fetch(
      credentials.principal.userEntityRef,
      { context: credentials },
    );
    return person!;
  }
}
