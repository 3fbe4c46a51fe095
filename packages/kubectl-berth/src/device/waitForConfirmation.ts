import { createInterface } from 'node:readline';
import { Problem } from '../Problem';
import { Confirmation, readConfirmation } from './CallbackServer';

const WAIT_MS = 5 * 60_000;

export interface WaitOptions<T> {
  /** Where the person pastes the text of the page. */
  input: NodeJS.ReadableStream;
  /** Whether a browser can come back to this computer. */
  callback: boolean;
  /** Uses a confirmation; throws a Problem for one that is wrong. */
  activate(confirmation: Confirmation): Promise<T>;
  say(text: string): void;
  waitMs?: number;
}

export interface Waiting<T> {
  activated: Promise<T>;
  /** Takes a confirmation from the browser. */
  confirmed(confirmation: Confirmation): void;
}

/** Waits for the confirmation of the person, from the browser or pasted into the terminal, whichever comes first. */
export function waitForConfirmation<T>({
  input,
  callback,
  activate,
  say,
  waitMs = WAIT_MS,
}: WaitOptions<T>): Waiting<T> {
  let resolve: (value: T) => void;
  let reject: (error: unknown) => void;
  let over = false;
  const outcome = new Promise<T>((...functions) => {
    [resolve, reject] = functions;
  });
  const attempt = async (confirmation: Confirmation) => {
    try {
      if (!over) {
        resolve(await activate(confirmation));
      }
    } catch (error) {
      // A wrong code: the person can paste the right one.
      say(`${error instanceof Problem ? error.message : error}\n`);
    }
  };
  // One after another: the portal takes a code once.
  let attempts = Promise.resolve();
  const confirmed = (confirmation: Confirmation) => {
    attempts = attempts.then(() => attempt(confirmation));
  };

  const lines = createInterface({ input, terminal: false });
  lines.on('line', line => {
    const confirmation = readConfirmation(line);
    if (confirmation) {
      confirmed(confirmation);
    } else if (line.trim() !== '') {
      say('This is not the code that the page of the portal shows.\n');
    }
  });
  lines.once('close', async () => {
    await attempts;
    if (!callback) {
      reject(new Problem('The input ended before the right code was entered.'));
    }
  });
  const timer = setTimeout(() => {
    const minutes = waitMs / 60_000;
    reject(
      new Problem(
        `Nobody confirmed the sign-in within ${minutes} minutes. Run: kubectl berth login`,
      ),
    );
  }, waitMs);
  return {
    confirmed,
    activated: outcome.finally(() => {
      over = true;
      clearTimeout(timer);
      lines.close();
    }),
  };
}
