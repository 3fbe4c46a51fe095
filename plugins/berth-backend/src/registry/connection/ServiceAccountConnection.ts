import { InputError, toError } from '@backstage/errors';
import {
  ConnectionCredential,
  ConnectionStrategy,
  ConnectionTarget,
} from '@berth/plugin-berth-node';
import { isSystemNamespace } from '@berth/plugin-berth-common';
import { KubeClientFactory, KubeError } from '../../kube';
import { portalNamespaceHint } from '../doctor/checks/portalNamespace';
import { inspectPortalNamespace } from '../doctor/portalNamespace';
import { requestToken } from './requestToken';
import { lifeOf, serviceAccountOf } from './serviceAccountToken';
import { atField } from '../../text/fieldProblems';

const DEFAULT_LIFETIME_SECONDS = 24 * 60 * 60;
const MAX_TOKEN = 16 * 1024;

export interface ServiceAccountConnectionOptions {
  clients: KubeClientFactory;
  /** The requested lifetime of tokens; the API server may shorten it. One day by default. */
  lifetimeSeconds?: number;
  now?: () => Date;
}

/**
 * Connects to clusters with a service account of theirs, for API servers that cannot trust the portal's issuer.
 *
 * The token that an admin enters is used once, to request another token of the same account by TokenRequest. Only
 * that token is stored, and it renews itself before it expires. So a stored token is valid for a day at most, and only
 * the portal has seen it.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/
 */
export class ServiceAccountConnection implements ConnectionStrategy {
  readonly #options: ServiceAccountConnectionOptions;

  static create(
    options: ServiceAccountConnectionOptions,
  ): ServiceAccountConnection {
    return new ServiceAccountConnection(options);
  }

  private constructor(options: ServiceAccountConnectionOptions) {
    this.#options = options;
  }

  validate(credential: Record<string, string> | undefined): void {
    const { token, ...others } = credential ?? {};
    const [other] = Object.keys(others);
    if (other !== undefined) {
      throw atField(
        new InputError(
          `credential holds ${JSON.stringify(
            other,
          )}, which the connection "serviceAccount" does not know; it takes "token" only`,
        ),
        'credential',
      );
    }
    if (!token) {
      throw atField(
        new InputError(
          'credential.token is missing: the connection "serviceAccount" needs a token of the service account, such as the output of `kubectl create token`',
        ),
        'credential',
      );
    }
    if (token.length > MAX_TOKEN) {
      throw atField(
        new InputError(
          `credential.token is longer than ${MAX_TOKEN} characters, which no service account token is`,
        ),
        'credential',
      );
    }
    const { namespace, name } = serviceAccountOf(token);
    if (!isSystemNamespace(namespace)) {
      throw atField(
        new InputError(
          `credential.token is of the service account ${name} in the namespace ${namespace}, which people can request or take over in Berth, and then they hold the rights of the portal. Use the account that the onboarding manifest creates, or another one in a namespace that starts with "berth-"`,
        ),
        'credential',
      );
    }
  }

  async accept(
    target: ConnectionTarget,
    { token }: Record<string, string>,
  ): Promise<ConnectionCredential> {
    let credential: ConnectionCredential;
    try {
      credential = await this.#request(target, token);
    } catch (error) {
      throw atField(
        new InputError(
          `credential cannot be exchanged for a token of the portal's own, so nothing was saved. ${
            toError(error).message
          }. The service account needs the right to create serviceaccounts/token for itself, as the onboarding manifest gives it`,
        ),
        'credential',
      );
    }
    await this.#assertClosed(target, credential.secret.token);
    return credential;
  }

  async getToken(
    target: ConnectionTarget,
    credential: ConnectionCredential | undefined,
  ): Promise<string> {
    const token = credential?.secret.token;
    if (!token) {
      throw new KubeError(
        'Unauthorized',
        `No token is stored for the cluster "${target.name}"; enter one as "credential" in its settings`,
      );
    }
    return token;
  }

  renew(
    target: ConnectionTarget,
    credential: ConnectionCredential,
  ): Promise<ConnectionCredential> {
    return this.#request(target, credential.secret.token);
  }

  /** Refuses an account that others may be able to use. The rights of the manifest let the portal check this. */
  async #assertClosed(target: ConnectionTarget, token: string): Promise<void> {
    const { namespace } = serviceAccountOf(token);
    const client = this.#options.clients.create(target, async () => token);
    let problems: string[];
    try {
      ({ problems } = await inspectPortalNamespace(client, namespace));
    } catch (error) {
      throw atField(
        new InputError(
          `credential is refused: the portal cannot see who else has access to the namespace ${namespace}, so nothing was saved. ${
            toError(error).message
          }. Apply the onboarding manifest first`,
        ),
        'credential',
      );
    }
    if (problems.length > 0) {
      throw atField(
        new InputError(
          `credential is refused: others may be able to use the service account in the namespace ${namespace}, so nothing was saved: ${problems.join(
            ', ',
          )}. ${portalNamespaceHint(namespace)}`,
        ),
        'credential',
      );
    }
  }

  async #request(
    target: ConnectionTarget,
    token: string,
  ): Promise<ConnectionCredential> {
    const { clients, lifetimeSeconds = DEFAULT_LIFETIME_SECONDS } =
      this.#options;
    const account = serviceAccountOf(token);
    const client = clients.create(target, async () => token);
    const now = this.#options.now?.() ?? new Date();
    const answer = await requestToken(client, account, lifetimeSeconds);
    const life = lifeOf(answer, now);
    return {
      secret: { token: answer.token },
      issuedAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + life).toISOString(),
    };
  }
}
