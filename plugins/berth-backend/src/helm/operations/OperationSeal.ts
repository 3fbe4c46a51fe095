import { KeyCipher } from '../../crypto/KeyCipher';
import { OperationWork, UnreadableWorkError } from './types';

type SealedWork = Omit<OperationWork, 'chart'> & { chart?: string };

/** Encrypts what operations run, and what helm prints. */
export class OperationSeal {
  readonly #cipher: KeyCipher;

  constructor(cipher: KeyCipher) {
    this.#cipher = cipher;
  }

  seal({ chart, ...work }: OperationWork): Promise<string> {
    return this.#cipher.encrypt({
      ...work,
      ...(chart && { chart: chart.toString('base64') }),
    });
  }

  /** @throws UnreadableWorkError */
  async open(sealed: string): Promise<OperationWork> {
    const { chart, ...work } = await this.#cipher
      .decrypt<SealedWork>(sealed)
      .catch(error => {
        throw new UnreadableWorkError('The work cannot be decrypted', error);
      });
    return {
      ...work,
      ...(chart !== undefined && { chart: Buffer.from(chart, 'base64') }),
    };
  }

  sealText(text: string): Promise<string> {
    return this.#cipher.encrypt({ text });
  }

  /** Returns words in place of a text that cannot be decrypted. */
  async openText(sealed: string): Promise<string> {
    try {
      return (await this.#cipher.decrypt<{ text: string }>(sealed)).text;
    } catch {
      return 'This line cannot be shown any more: the portal has another encryption secret now';
    }
  }
}
