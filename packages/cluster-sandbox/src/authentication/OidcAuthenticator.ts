import { decodeJwt } from 'jose';
import type { JWTPayload } from 'jose';
import { Agent, fetch } from 'undici';
import { UserInfo } from '../types';
import { TokenAuthenticator } from './Authenticator';
import { FetchedKeys, KeySet } from './KeySet';

/** An OIDC issuer that a cluster trusts. */
export interface TrustedIssuer {
  url: string;
  audience: string;
  caPem?: string;
  usernamePrefix?: string;
  groupsPrefix?: string;
}

const NOT_BEFORE_LEEWAY_SECONDS = 60;
const FETCH_TIMEOUT_MS = 10_000;
/** The pause after a failed discovery before the next attempt. */
const RETRY_AFTER_MS = 500;

/** Accepts the tokens of one OIDC issuer, by the rules of kube-apiserver's `--oidc-*` flags. */
export class OidcAuthenticator implements TokenAuthenticator {
  readonly #issuer: TrustedIssuer;
  readonly #dispatcher: Agent;
  readonly #keys: KeySet;
  readonly #now: () => number;
  #jwksUri: string | undefined;
  #failedAt = -Infinity;

  constructor(issuer: TrustedIssuer, now: () => number = Date.now) {
    this.#issuer = issuer;
    this.#now = now;
    this.#dispatcher = new Agent({
      connect: issuer.caPem ? { ca: issuer.caPem } : {},
    });
    this.#keys = new KeySet(() => this.#fetchKeys(), now);
  }

  async authenticate(token: string): Promise<UserInfo | undefined> {
    try {
      if (decodeJwt(token).iss !== this.#issuer.url) {
        return undefined;
      }
      const claims = await this.#keys.verify(token);
      return this.#accepts(claims) ? this.#userOf(claims) : undefined;
    } catch {
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  #accepts({ iss, aud, exp, nbf }: JWTPayload): boolean {
    const now = this.#now() / 1000;
    const audiences = Array.isArray(aud) ? aud : [aud];
    return (
      iss === this.#issuer.url &&
      audiences.includes(this.#issuer.audience) &&
      typeof exp === 'number' &&
      exp > now &&
      (nbf === undefined || nbf <= now + NOT_BEFORE_LEEWAY_SECONDS)
    );
  }

  #userOf(claims: JWTPayload): UserInfo | undefined {
    const { usernamePrefix = '', groupsPrefix = '' } = this.#issuer;
    if (typeof claims.sub !== 'string' || claims.sub === '') {
      return undefined;
    }
    const claimed = claims.groups ?? [];
    const groups = Array.isArray(claimed) ? claimed : [claimed];
    if (!groups.every(group => typeof group === 'string')) {
      return undefined;
    }
    return {
      username: `${usernamePrefix}${claims.sub}`,
      groups: groups.map(group => `${groupsPrefix}${group}`),
      ...(typeof claims.jti === 'string' && {
        extra: {
          'authentication.kubernetes.io/credential-id': [`JTI=${claims.jti}`],
        },
      }),
    };
  }

  async #fetchKeys(): Promise<FetchedKeys> {
    const uri = (this.#jwksUri ??= await this.#discover());
    const response = await this.#get(uri);
    const keys = (await response.json()) as FetchedKeys['keys'];
    const maxAge = /max-age=(\d+)/.exec(
      response.headers.get('cache-control') ?? '',
    );
    return { keys, maxAge: Number(maxAge?.[1] ?? 0) };
  }

  /** Reads the discovery document. Like kube-apiserver, the authenticator keeps it forever. */
  async #discover(): Promise<string> {
    if (this.#now() - this.#failedAt < RETRY_AFTER_MS) {
      throw new Error('the issuer did not answer a moment ago');
    }
    try {
      const { url } = this.#issuer;
      const response = await this.#get(
        `${url.replace(/\/$/, '')}/.well-known/openid-configuration`,
      );
      const document = (await response.json()) as Record<string, unknown>;
      if (document.issuer !== url || typeof document.jwks_uri !== 'string') {
        throw new Error(
          `the discovery document says issuer ${document.issuer}, expected ${url}`,
        );
      }
      return document.jwks_uri;
    } catch (error) {
      this.#failedAt = this.#now();
      throw error;
    }
  }

  async #get(url: string) {
    const response = await fetch(url, {
      dispatcher: this.#dispatcher,
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      redirect: 'error',
    });
    if (!response.ok) {
      throw new Error(`${url} answered ${response.status}`);
    }
    return response;
  }
}
