import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { Request } from 'express';
import { Callers } from '../access/Callers';
import { ClusterAccess } from '../access/ClusterAccess';
import {
  assertAcceptsTokens,
  ClusterEntries,
  Entry,
} from '../access/ClusterEntries';
import { ClusterStore } from '../model/clusters';
import { ClusterTokenVerifier, refusedToken } from './ClusterTokenVerifier';
import { ProxyRequest } from './types';

export interface ProxyCallersOptions {
  access: Pick<ClusterAccess, 'caller'>;
  callers: Pick<Callers, 'credentials'>;
  clusters: Pick<ClusterStore, 'get'>;
  entries: Pick<ClusterEntries, 'enter'>;
  verifier: ClusterTokenVerifier;
}

/** The person who sends a request. */
export interface ProxyCaller {
  kind: 'portal' | 'kubectl';
  userRef: string;
  /** The computer that got the token of kubectl by its sign-in. */
  device?: string;
  /** @throws NotFoundError, NotAllowedError or NotImplementedError */
  enter(permission: ProxyRequest['permission']): Promise<Entry>;
}

/**
 * Identifies the two kinds of callers. A page of the portal sends the token of a Backstage user; the portal then mints
 * the person's token for the cluster. kubectl sends a token that the portal minted for the cluster before, and the
 * proxy passes this token on. Nothing else identifies a caller, and no cookie.
 */
export class ProxyCallers {
  readonly #options: ProxyCallersOptions;

  constructor(options: ProxyCallersOptions) {
    this.#options = options;
  }

  /** Returns whether the answers should be in the form that kubectl reads. This proves nothing. */
  isKubectl(request: Request): boolean {
    const token = bearerOf(request);
    return token !== undefined && this.#options.verifier.claims(token);
  }

  /** @throws AuthenticationError */
  async identify(request: Request, cluster: string): Promise<ProxyCaller> {
    const token = bearerOf(request);
    if (token === undefined) {
      throw new AuthenticationError('Missing credentials');
    }
    return this.#options.verifier.claims(token)
      ? this.#kubectl(token, cluster)
      : this.#person(request, cluster);
  }

  async #kubectl(token: string, name: string): Promise<ProxyCaller> {
    const cluster = await this.#options.clusters.get(name);
    if (!cluster) {
      throw refusedToken();
    }
    const { device, userRef, expiresAt } = await this.#options.verifier.verify(
      token,
      cluster.id,
    );
    return {
      kind: 'kubectl',
      userRef,
      device,
      enter: async () => {
        if (cluster.kubectlVia !== 'portal') {
          throw new NotAllowedError(
            `kubectl does not call ${cluster.name} through the portal any more. Get a new kubeconfig; with kubectl-berth: kubectl berth setup`,
          );
        }
        assertAcceptsTokens(cluster);
        return { cluster, token, expiresAt };
      },
    };
  }

  async #person(request: Request, name: string): Promise<ProxyCaller> {
    const { access, callers, entries } = this.#options;
    await callers.credentials(request).catch(error => {
      // The token of a service is not worth more than none.
      throw error instanceof NotAllowedError
        ? new AuthenticationError('Only people call clusters')
        : error;
    });
    const caller = await access.caller(request);
    return {
      kind: 'portal',
      userRef: caller.person.userRef,
      enter: permission => entries.enter(caller, name, permission),
    };
  }
}

/** @returns undefined if there is no bearer token, or more than one header that may hold it */
function bearerOf({ rawHeaders }: Request): string | undefined {
  const [given, ...more] = rawHeaders.filter(
    (_, index) =>
      index % 2 === 1 &&
      rawHeaders[index - 1].toLowerCase() === 'authorization',
  );
  return more.length > 0
    ? undefined
    : /^Bearer +(\S+)$/i.exec(given ?? '')?.[1];
}
