import { LRUCache } from 'lru-cache';
import { Person, PersonResolver, UserCredentials } from '../model/people';

/** Short enough that a removal from a group shows at the next mint, long enough for a page's calls. */
const REMEMBER_MS = 5_000;
const MAX_PEOPLE = 10_000;

/** Asks once for the calls that a page makes together, of callers about themselves. Failures are not remembered. */
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
