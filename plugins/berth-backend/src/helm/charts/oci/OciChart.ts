import * as z from 'zod';
import { digestOf } from '../ArchiveCache';
import { ChartError } from '../ChartError';
import { registryAddressOf } from '../repositoryAddress';
import {
  Authorization,
  authorizationOf,
  Fetched,
  RepositoryCall,
  RepositoryClient,
  UnauthorizedError,
} from '../RepositoryClient';
import { RepositorySettings } from '../types';
import { Challenge, parseChallenges } from './challenges';
import { MANIFEST_TYPE, OciManifest, parsed, parseManifest } from './manifest';

const MEBIBYTE = 1024 * 1024;
const CALL_MS = 30_000;
const TAGS_IN_PAGE = 1_000;
const MOST_PAGES = 50;
/** Of all kinds, such as those of signatures, too. */
const MOST_TAGS = 20_000;
const MAX_PAGE_BYTES = MEBIBYTE;
const MAX_TOKEN_BYTES = 64 * 1024;

const tagsSchema = z.object({ tags: z.array(z.string()).nullable() });
const tokenSchema = z.object({
  token: z.string().optional(),
  access_token: z.string().optional(),
});

/** Calls a registry about one chart. A token of the registry is kept for the calls of this object only. */
export class OciChart {
  readonly #client: RepositoryClient;
  readonly #repository: RepositorySettings;
  readonly #url: URL;
  readonly #scope: string;
  /** When the calls must be done, as a time of `Date.now`. */
  readonly #deadline: number;
  #authorization?: Authorization;

  constructor(
    client: RepositoryClient,
    options: {
      repository: RepositorySettings;
      chart: string;
      deadline: number;
    },
  ) {
    const { repository, chart, deadline } = options;
    this.#client = client;
    this.#repository = repository;
    this.#deadline = deadline;
    this.#url = registryAddressOf(repository, chart, client.httpOnLoopback);
    const name = this.#url.pathname.slice('/v2/'.length, -1);
    this.#scope = `repository:${name}:pull`;
  }

  /** Returns all tags. @throws ChartError with the reason */
  async tags(): Promise<string[]> {
    let found: string[] = [];
    let url: URL | undefined = new URL(
      `tags/list?n=${TAGS_IN_PAGE}`,
      this.#url,
    );
    for (let page = 0; url; page++) {
      if (page === MOST_PAGES) {
        throw new ChartError(
          `${
            this.#url.host
          } has more than ${MOST_PAGES} pages of tags, and the portal reads no more of them`,
        );
      }
      const answer: Fetched = await this.#call(url, MAX_PAGE_BYTES);
      const list = parsed(tagsSchema, answer.bytes!);
      if (!list) {
        throw new ChartError(`${this.#url.host} answers with no list of tags`);
      }
      found = found.concat(list.tags ?? []);
      if (found.length > MOST_TAGS) {
        throw new ChartError(
          `${
            this.#url.host
          } has more than ${MOST_TAGS} tags, and the portal reads no more of them`,
        );
      }
      url = this.#nextPage(answer.link, url);
    }
    return found;
  }

  /** @throws ChartError if the tag is not that of a chart */
  async manifest(tag: string): Promise<OciManifest> {
    const url = new URL(`manifests/${encodeURIComponent(tag)}`, this.#url);
    const { bytes } = await this.#call(url, MEBIBYTE, MANIFEST_TYPE);
    return parseManifest(bytes!);
  }

  /**
   * Reads a blob, and compares its digest.
   *
   * @param digest - the SHA-256 in hexadecimal
   */
  async blob(digest: string, maxBytes: number): Promise<Buffer> {
    const url = new URL(`blobs/sha256:${digest}`, this.#url);
    const { bytes } = await this.#call(url, maxBytes);
    const actual = digestOf(bytes!);
    if (actual !== digest) {
      throw new ChartError(
        `${
          this.#url.host
        } answers with content of the digest ${actual} instead of ${digest}; the portal does not use it`,
      );
    }
    return bytes!;
  }

  /** Pages are at the registry itself, because the calls have its token. */
  #nextPage(link: string | undefined, url: URL): URL | undefined {
    const target = /<([^<>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? '')?.[1];
    if (target === undefined) {
      return undefined;
    }
    const next = URL.canParse(target, url) ? new URL(target, url) : undefined;
    if (next?.origin !== url.origin) {
      throw new ChartError(
        `${url.host} has its next page of tags on another host, and the portal does not read it there`,
      );
    }
    return next;
  }

  async #call(url: URL, maxBytes: number, accept?: string): Promise<Fetched> {
    try {
      return await this.#attempt(url, maxBytes, accept);
    } catch (error) {
      const isChallenge =
        error instanceof UnauthorizedError && error.origin === url.origin;
      if (!isChallenge) {
        throw error;
      }
      this.#authorization = await this.#authorize(error);
      return this.#attempt(url, maxBytes, accept);
    }
  }

  #attempt(url: URL, maxBytes: number, accept?: string): Promise<Fetched> {
    const authorization = this.#authorization;
    return this.#fetch(url, { maxBytes, accept, authorization });
  }

  #fetch(
    url: URL,
    {
      maxBytes,
      ...call
    }: Pick<RepositoryCall, 'accept' | 'authorization'> & { maxBytes: number },
  ): Promise<Fetched> {
    const left = this.#deadline - Date.now();
    if (left <= 0) {
      throw new ChartError(
        `Reading from ${this.#url.host} takes longer than the portal waits`,
      );
    }
    const timeoutMs = Math.min(CALL_MS, left);
    return this.#client.call(this.#repository, url, {
      ...call,
      bounds: { maxBytes, timeoutMs },
    });
  }

  /** Returns what the registry asks for. Where it asks for nothing that the portal has, the first error stands. */
  async #authorize(refused: UnauthorizedError): Promise<Authorization> {
    const { origin } = this.#url;
    const { credential } = this.#repository;
    const challenges = parseChallenges(refused.challenges);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer && !(credential && 'token' in credential)) {
      return { origin, value: `Bearer ${await this.#tokenFrom(bearer)}` };
    }
    const value = authorizationOf(this.#repository);
    const isAsked =
      bearer !== undefined || challenges.some(one => one.scheme === 'basic');
    if (value === undefined || !isAsked) {
      throw refused;
    }
    return { origin, value };
  }

  /**
   * Asks the realm of a registry for a token that reads this chart. The credential goes to the origin of the realm, as
   * the specification of distribution has it; the client refuses a realm without https.
   */
  async #tokenFrom({ parameters }: Challenge): Promise<string> {
    const { host } = this.#url;
    const realm = parameters.get('realm') ?? '';
    if (!URL.canParse(realm)) {
      throw new ChartError(`${host} asks for a token and does not say where`);
    }
    const url = new URL(realm);
    const service = parameters.get('service');
    if (service !== undefined) {
      url.searchParams.set('service', service);
    }
    url.searchParams.set('scope', this.#scope);
    const value = authorizationOf(this.#repository);
    const { bytes } = await this.#fetch(url, {
      maxBytes: MAX_TOKEN_BYTES,
      ...(value !== undefined && {
        authorization: { origin: url.origin, value },
      }),
    });
    const answer = parsed(tokenSchema, bytes!);
    const token = answer?.token ?? answer?.access_token ?? '';
    if (!/^[!-~]+$/.test(token)) {
      throw new ChartError(`${url.host} answers with no token`);
    }
    return token;
  }
}
