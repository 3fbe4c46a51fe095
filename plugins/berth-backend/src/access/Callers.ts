import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Request } from 'express';
import { Person, PersonResolver, UserCredentials } from '../model/people';

/** The caller of a request. */
export interface Caller {
  credentials: UserCredentials;
  person: Person;
}

/** A person who is not signed in with the request, but whose device signed it. */
export interface AbsentCaller {
  credentials: UserCredentials;
  /** Resolves the person in the catalog. */
  person(): Promise<Person>;
}

export interface CallersOptions {
  httpAuth: HttpAuthService;
  people: PersonResolver;
}

/**
 * Identifies the caller of a request, once per request: the rate limits, the activity log and the route use the
 * same answer, including a failure. The answers belong to the request and end with it. No middleware has to run
 * first, so a route cannot be mounted in a place where its caller is unknown.
 */
export class Callers {
  readonly #options: CallersOptions;
  readonly #credentials = new WeakMap<Request, Promise<UserCredentials>>();
  readonly #callers = new WeakMap<Request, Promise<Caller>>();
  readonly #absent = new WeakMap<Request, AbsentCaller>();

  constructor(options: CallersOptions) {
    this.#options = options;
  }

  /** Makes a person the caller of a request that has no credentials of the portal, but a verified signature. */
  identify(request: Request, caller: AbsentCaller): void {
    this.#absent.set(request, caller);
  }

  /** Returns the entity ref of a caller who was identified by a signature. */
  identified(request: Request): string | undefined {
    return this.#absent.get(request)?.credentials.principal.userEntityRef;
  }

  /** @throws AuthenticationError or NotAllowedError if the caller is not a person */
  credentials(request: Request): Promise<UserCredentials> {
    return once(
      this.#credentials,
      request,
      async () =>
        this.#absent.get(request)?.credentials ??
        this.#options.httpAuth.credentials(request, { allow: ['user'] }),
    );
  }

  /** @throws the errors of `credentials`, and NotAllowedError if the caller is not a person of the catalog */
  of(request: Request): Promise<Caller> {
    return once(this.#callers, request, async () => {
      const credentials = await this.credentials(request);
      const absent = this.#absent.get(request);
      const person = await (absent
        ? absent.person()
        : this.#options.people.resolve(credentials));
      return { credentials, person };
    });
  }
}

function once<T>(
  known: WeakMap<Request, Promise<T>>,
  request: Request,
  find: () => Promise<T>,
): Promise<T> {
  const found = known.get(request) ?? find();
  known.set(request, found);
  return found;
}
