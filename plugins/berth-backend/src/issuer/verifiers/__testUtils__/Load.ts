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
  readonly #clients: LoadClient[];
  readonly #loops: Promise<void>[];
  #stopped = false;

  constructor(issuer: IssuerUnderTest, clients: LoadClient[]) {
    this.#issuer = issuer;
    this.#clients = clients;
    this.#loops = clients.map(client => this.#loop(client));
  }

  answersOf(client: string): LoadAnswer[] {
    return this.answers.filter(answer => answer.client === client);
  }

  /** Waits until each client got some more answers, however fast the machine is. */
  async answered(count: number): Promise<void> {
    const counts = () =>
      this.#clients.map(({ name }) => this.answersOf(name).length);
    const before = counts();
    const goOn = () =>
      counts().some((now, index) => now < before[index] + count);
    // A loop ends here only by a failure.
    const failed = Promise.all(this.#loops);
    while (goOn()) {
      await Promise.race([sleep(PAUSE_MS), failed]);
    }
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
      // The key ring may become older while a token is signed.
      const { minutes: minute } = this.#issuer;
      if (minute - takenAt >= keepsFor) {
        takenAt = minute;
        token = await takeToken();
      }
      const { kid = '' } = decodeProtectedHeader(token);
      const accepted = await enters(token);
      this.answers.push({ client: name, kid, accepted, minute });
      await sleep(PAUSE_MS);
    }
  }
}
