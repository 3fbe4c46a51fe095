import { NotAllowedError } from '@backstage/errors';
import { ProxyRequest } from '../../proxy/types';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { StoredSecret } from '../storedSecret';
import { relayedSecrets } from './relayedSecrets';
import { isRevisionOf, revisionPrefix } from './secretReads';

const NOT_FOUND = 404;
/** The labels by which helm selects, with those of a Secret that has been checked. */
const SELECTED: Record<string, (secret: StoredSecret, of: Release) => string> =
  {
    owner: () => 'helm',
    name: (_, { release }) => release,
    status: ({ status }) => status,
    version: ({ name }, { release }) =>
      name.slice(revisionPrefix(release).length),
  };

interface Release {
  namespace: string;
  release: string;
}

export interface ReleaseGuardOptions extends Release {
  /** The revisions that the portal has checked before helm began. */
  checked: readonly StoredSecret[];
  /** Called with the first difference. */
  onChange(what: string): void;
}

/** The answer of an API server that has been read to its end. */
export interface ReadAnswer {
  status: number;
  /** Of the body. */
  bytes: Buffer;
  signal: AbortSignal;
}

/**
 * Compares the revisions that helm reads with those that the portal has checked, and those that helm has written
 * since. Anyone who may write Secrets in the namespace could otherwise write one between the check and the read.
 */
export class ReleaseGuard {
  readonly #known: Map<string, StoredSecret>;
  readonly #options: ReleaseGuardOptions;
  /** The revisions that helm has written. */
  readonly #own = new Set<string>();
  #change?: string;

  constructor(options: ReleaseGuardOptions) {
    this.#options = options;
    this.#known = new Map(options.checked.map(one => [one.name, one]));
  }

  /** Returns whether a request reads or writes what helm could take for a revision. Its answer must be read whole. */
  concerns({ method, path, query, stream }: ProxyRequest): boolean {
    if (
      path.kind !== 'resource' ||
      path.group !== '' ||
      path.resource !== 'secrets' ||
      path.subresource !== undefined ||
      path.namespace !== this.#options.namespace ||
      stream !== undefined
    ) {
      return false;
    }
    if (method !== 'GET') {
      return query.dryRun === undefined;
    }
    // A list without a selector is that of a template, which reads it as data.
    return path.name === undefined
      ? query.labelSelector !== undefined
      : isRevisionOf(this.#options.release, path.name);
  }

  /**
   * After a change, helm may only record how its own revisions ended. An installation would go on: it takes the refusal
   * of its read for a release that does not exist.
   *
   * @throws NotAllowedError
   */
  assertMayWrite({ method, path }: ProxyRequest): void {
    if (this.#change === undefined) {
      return;
    }
    const isOwn =
      path.kind === 'resource' &&
      path.resource === 'secrets' &&
      path.namespace === this.#options.namespace &&
      method !== 'DELETE' &&
      this.#own.has(path.name ?? '');
    if (!isOwn) {
      throw new NotAllowedError(this.#change);
    }
  }

  /**
   * Checks what helm reads, and notes what helm has written.
   *
   * @param request - one of which `concerns` is true
   * @throws NotAllowedError if helm would read other revisions than the portal has checked; ParserError
   */
  async look(request: ProxyRequest, answer: ReadAnswer): Promise<void> {
    const { method, path } = request;
    if (method !== 'GET') {
      await this.#note(request, answer);
      return;
    }
    const name = path.kind === 'resource' ? path.name : undefined;
    if (answer.status === NOT_FOUND && name !== undefined) {
      this.#assertAll(
        [name].filter(one => this.#known.has(one)),
        [],
      );
    }
    if (!isSuccess(answer.status)) {
      return;
    }
    const { bytes, signal } = answer;
    const isList = name === undefined;
    const found = await relayedSecrets(bytes, { isList, signal });
    for (const secret of found) {
      const known = this.#known.get(secret.name);
      if (
        known?.uid !== secret.uid ||
        known.fingerprint !== secret.fingerprint
      ) {
        this.#refuse(secret.name, known ? 'changed' : 'is new');
      }
    }
    this.#assertAll(
      isList ? this.#selected(request.query) : [name],
      found.map(secret => secret.name),
    );
  }

  async #note({ method, path }: ProxyRequest, answer: ReadAnswer) {
    const { bytes, signal, status } = answer;
    if (!isSuccess(status)) {
      return;
    }
    if (method === 'DELETE') {
      if (path.kind === 'resource' && path.name !== undefined) {
        this.#known.delete(path.name);
      }
      return;
    }
    const [written] = await relayedSecrets(bytes, { isList: false, signal });
    // A chart may have Secrets that helm would take for revisions by their labels.
    if (isRevisionOf(this.#options.release, written.name)) {
      this.#known.set(written.name, written);
      this.#own.add(written.name);
    }
  }

  /** Returns the names that a list must have; none for a selector that helm does not use. */
  #selected(query: ProxyRequest['query']): string[] {
    const { labelSelector = '', ...others } = query;
    if (
      'continue' in others ||
      'limit' in others ||
      'fieldSelector' in others
    ) {
      return [];
    }
    const terms = labelSelector.split(',').map(term => term.split('='));
    if (
      !terms.every(
        ([key, ...rest]) => Object.hasOwn(SELECTED, key) && rest.length === 1,
      )
    ) {
      return [];
    }
    return [...this.#known.values()]
      .filter(
        secret =>
          isRevisionOf(this.#options.release, secret.name) &&
          terms.every(
            ([key, value]) => SELECTED[key](secret, this.#options) === value,
          ),
      )
      .map(({ name }) => name);
  }

  #assertAll(expected: string[], found: string[]): void {
    const names = new Set(found);
    const missing = expected.find(name => !names.has(name));
    if (missing !== undefined) {
      this.#refuse(missing, 'is gone');
    }
  }

  #refuse(name: string, what: string): never {
    const { namespace, onChange, release } = this.#options;
    const text = `The Secret ${quoteUntrusted(
      name,
    )} in ${namespace} ${what} since the portal checked the revisions of ${release}`;
    this.#change = text;
    onChange(text);
    throw new NotAllowedError(text);
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
