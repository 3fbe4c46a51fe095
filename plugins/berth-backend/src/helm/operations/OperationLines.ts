import { HELM_MAX_LINE, HELM_MAX_LINES } from '@berth/plugin-berth-common';
import { Claim, NewLine, OperationStore } from './types';

const FLUSH_MS = 250;
const FLUSH_LINES = 100;

/** The lines of a running operation. They are written in batches, and bounded. */
export class OperationLines {
  readonly #claim: Claim;
  readonly #store: Pick<OperationStore, 'addLines'>;
  readonly #onError: (error: unknown) => void;
  #seq: number;
  #waiting: NewLine[] = [];
  #timer?: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();

  /** @param lastSeq - the number of the last line that there is */
  constructor(options: {
    claim: Claim;
    lastSeq: number;
    onError: (error: unknown) => void;
    store: Pick<OperationStore, 'addLines'>;
  }) {
    this.#claim = options.claim;
    this.#onError = options.onError;
    this.#seq = options.lastSeq;
    this.#store = options.store;
  }

  add(level: NewLine['level'], text: string): void {
    const left = HELM_MAX_LINES - this.#seq - this.#waiting.length;
    if (left <= 0) {
      return;
    }
    this.#waiting.push({
      at: new Date().toISOString(),
      ...(left === 1
        ? { level: 'Warning', text: 'The lines after this one are left out' }
        : { level, text: bounded(text) }),
    });
    if (this.#waiting.length >= FLUSH_LINES) {
      this.#write();
    } else {
      this.#timer ??= setTimeout(() => this.#write(), FLUSH_MS);
    }
  }

  /** Resolves when all lines are written, or could not be written. */
  async flush(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  #write() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#waiting;
    this.#waiting = [];
    if (lines.length === 0) {
      return;
    }
    const first = this.#seq + 1;
    this.#seq += lines.length;
    this.#writing = this.#writing
      .then(() => this.#store.addLines(this.#claim, first, lines))
      .catch(this.#onError);
  }
}

function bounded(text: string): string {
  return text.length <= HELM_MAX_LINE
    ? text
    : `${text.slice(0, HELM_MAX_LINE - 1)}…`;
}
