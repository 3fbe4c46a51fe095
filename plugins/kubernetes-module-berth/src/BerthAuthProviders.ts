import { KubernetesRequestBody } from '@backstage/plugin-kubernetes-common';
import { KubernetesAuthProvidersApi } from '@backstage/plugin-kubernetes-react';
import { isTokenProvider, missingTokenText } from '@berth/plugin-berth-common';
import { ClusterTokens } from './ClusterTokens';

const OIDC = 'oidc.';

/** @public */
export interface BerthAuthProvidersOptions {
  tokens: Pick<ClusterTokens, 'get'>;
  /** The providers for clusters that Berth does not have. */
  others: KubernetesAuthProvidersApi;
}

/**
 * Gives the Kubernetes plugin a token of the signed-in person for each of Berth's clusters. If a token cannot be
 * issued, only that cluster fails and not the page: the text that is sent instead carries the reason.
 */
export class BerthAuthProviders implements KubernetesAuthProvidersApi {
  readonly #options: BerthAuthProvidersOptions;

  static create(options: BerthAuthProvidersOptions): BerthAuthProviders {
    return new BerthAuthProviders(options);
  }

  private constructor(options: BerthAuthProvidersOptions) {
    this.#options = options;
  }

  async decorateRequestBodyForAuth(
    authProvider: string,
    body: KubernetesRequestBody,
  ): Promise<KubernetesRequestBody> {
    const { tokens, others } = this.#options;
    const provider = tokenProviderIn(authProvider);
    if (provider === undefined) {
      return others.decorateRequestBodyForAuth(authProvider, body);
    }
    const token = await tokens
      .get(provider)
      .catch(error =>
        missingTokenText(error instanceof Error ? error.message : ''),
      );
    const { oidc } = body.auth ?? {};
    return {
      ...body,
      auth: {
        ...body.auth,
        oidc: { ...(isRecord(oidc) && oidc), [provider]: token },
      },
    };
  }

  /**
   * Returns the token for a request to one cluster, such as a pod's log. If there is no token, the request
   * fails.
   */
  async getCredentials(authProvider: string): Promise<{ token?: string }> {
    const { tokens, others } = this.#options;
    const provider = tokenProviderIn(authProvider);
    return provider === undefined
      ? others.getCredentials(authProvider)
      : { token: await tokens.get(provider) };
  }
}

function tokenProviderIn(authProvider: string): string | undefined {
  const name = authProvider.startsWith(OIDC)
    ? authProvider.slice(OIDC.length)
    : '';
  return isTokenProvider(name) ? name : undefined;
}

function isRecord(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
