import { decodeProtectedHeader } from 'jose';
import { setTimeout as sleep } from 'node:timers/promises';
import { IssuerUnderTest } from './IssuerUnderTest';

/** One answer to a client. */
export interface LoadAnswer {
  client: string;
  kid: string;
  accepted: boolean;
  /** The age of the key ring, in minutes. */
  minute: number;
}

export interface LoadClient {
  name: string;
  enters(token: string): Promise<boolean>;
  takeToken(): Promise<string>;
  /** How long it uses a token, in minutes of the key ring's age. */
  keepsFor: number;
}

const PAUSE_MS = 20;

/** Runs clients that enter repeatedly, with tokens that they keep for a while, until they are stopped. */
export class Load {
  readonly answers: LoadAnswer[] = [];
  readonly #issuer: IssuerUnderTest;
  readonly #loops: Promise<void>[];
  #stopped = false;

  constructor(issuer: IssuerUnderTest, clients: LoadClient[]) {
    this.#issuer = issuer;
    this.#loops = clients.map(client => this.#loop(client));
  }

  /** @throws Error if a client failed for another reason than a refused token */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#loops);
  }

  async #loop({ name, enters, takeToken, keepsFor }: LoadClient) {
    let token = '';
    let takenAt = -Infinity;
    while (!this.#stopped) {
      if (this.#issuer.minutes - takenAt >= keepsFor) {
        takenAt = this.#issuer.minutes;
        token = await takeToken();
      }
      const { minutes: minute } = this.#issuer;
      const { kid = '' } = decodeProtectedHeader(token);
      const accepted = await enters(token);
      this.answers.push({ client: name, kid, accepted, minute });
      await sleep(PAUSE_MS);
    }
  }
}
