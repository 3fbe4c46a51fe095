import { ChartRepositoryCredential } from '@berth/plugin-berth-common';
import { KeyCipher } from '../../crypto/KeyCipher';
import { ChartError } from './ChartError';
import { originOf } from './repositoryAddress';
import { RepositoryAddress, RepositorySettings } from './types';

/** The encrypted content. It binds the credential to the repository and its origin. */
interface Content {
  repository: string;
  origin: string;
  credential: ChartRepositoryCredential;
}

/** Encrypts the credentials of repositories. */
export class RepositorySeal {
  readonly #cipher: KeyCipher;
  readonly #httpOnLoopback: boolean;

  constructor(cipher: KeyCipher, httpOnLoopback: boolean) {
    this.#cipher = cipher;
    this.#httpOnLoopback = httpOnLoopback;
  }

  /** Returns null for a repository without a credential. */
  async seal({
    name,
    url,
    credential,
  }: RepositorySettings): Promise<string | null> {
    if (!credential) {
      return null;
    }
    const content: Content = {
      repository: name,
      origin: this.originOf(url),
      credential,
    };
    return this.#cipher.encrypt(content);
  }

  /** @throws ChartError if no secret of the configuration opens it, or if it is that of another address */
  async open(
    { name, url }: RepositoryAddress,
    sealed: string | null,
  ): Promise<ChartRepositoryCredential | undefined> {
    if (sealed === null) {
      return undefined;
    }
    const content = await this.#read(sealed);
    if (content?.repository !== name || content.origin !== this.originOf(url)) {
      throw new ChartError(
        `The credential that the portal stored for the repository ${name} cannot be used: it was encrypted under a secret that the portal no longer has, or for another address. Give the credential again`,
      );
    }
    return content.credential;
  }

  /** Returns the credential encrypted with the first secret, if another one encrypted it. */
  async renew(sealed: string): Promise<string | undefined> {
    const content = this.#cipher.isOutdated(sealed)
      ? await this.#read(sealed)
      : undefined;
    return content && this.#cipher.encrypt(content);
  }

  /** Returns the origin that a credential goes to. */
  originOf(url: string): string {
    return originOf({ url }, this.#httpOnLoopback);
  }

  async #read(sealed: string): Promise<Content | undefined> {
    try {
      return await this.#cipher.decrypt<Content>(sealed);
    } catch {
      return undefined;
    }
  }
}
