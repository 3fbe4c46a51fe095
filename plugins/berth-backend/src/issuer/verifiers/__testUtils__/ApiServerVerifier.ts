import { Agent, request } from 'undici';
import { TokenVerifier, VerificationResult } from './TokenVerifier';

/** Generous, because TLS is slow when many tests share a machine. */
const CONNECT_TIMEOUT_MS = 60_000;

export interface ApiServerAddress {
  apiServer: string;
  caPem: string;
  adminToken: string;
}

/** Asks an API server with the token as a bearer token, and with a TokenReview of the token. */
export class ApiServerVerifier implements TokenVerifier {
  readonly #address: ApiServerAddress;
  readonly #agent: Agent;

  constructor(address: ApiServerAddress) {
    this.#address = address;
    this.#agent = new Agent({
      connect: { ca: address.caPem, timeout: CONNECT_TIMEOUT_MS },
    });
  }

  /** @throws Error if the two answers differ */
  async verify(token: string): Promise<VerificationResult> {
    const [accepted, review] = await Promise.all([
      this.enters(token),
      this.#review(token),
    ]);
    if (accepted !== review.accepted) {
      throw new Error(
        `As a bearer token it is ${accepted}, under review ${review.accepted}`,
      );
    }
    return review;
  }

  /** Returns whether a request with the token passes authentication. */
  async enters(token: string): Promise<boolean> {
    const { statusCode, body } = await this.#call(
      'GET',
      '/api/v1/nodes',
      token,
    );
    await body.dump();
    if (![200, 401, 403].includes(statusCode)) {
      throw new Error(`The API server answered ${statusCode}`);
    }
    return statusCode !== 401;
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  /** @see https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/ */
  async #review(token: string): Promise<VerificationResult> {
    const { body } = await this.#call(
      'POST',
      '/apis/authentication.k8s.io/v1/tokenreviews',
      this.#address.adminToken,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        spec: { token },
      },
    );
    const { status }: any = await body.json();
    return {
      accepted: status?.authenticated === true,
      username: status?.user?.username,
      groups: status?.user?.groups?.filter(
        (group: string) => group !== 'system:authenticated',
      ),
    };
  }

  #call(method: string, path: string, token: string, sent?: object) {
    return request(`${this.#address.apiServer}${path}`, {
      method: method as 'GET' | 'POST',
      dispatcher: this.#agent,
      headers: {
        authorization: `Bearer ${token}`,
        ...(sent && { 'content-type': 'application/json' }),
      },
      body: sent && JSON.stringify(sent),
    });
  }
}
