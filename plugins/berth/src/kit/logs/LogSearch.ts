import { plainText } from './ansi';
import { LogStore } from './LogStore';

/** How long a slice of a search may take, in milliseconds. */
const SLICE = 6;
const LINES_BETWEEN_CHECKS = 200;

/** Finds a text in the lines of a store, in slices, so that the page stays responsive. It goes on with new lines. */
export class LogSearch {
  readonly #store: LogStore;
  readonly #needle: string;
  readonly #onChange: () => void;
  #found: number[] = [];
  /** The number of the next line to look at. */
  #next = 0;
  #timer?: ReturnType<typeof setTimeout>;

  /** @param needle - compared without regard to upper and lower case */
  constructor(store: LogStore, needle: string, onChange: () => void) {
    this.#store = store;
    this.#needle = needle.toLowerCase();
    this.#onChange = onChange;
  }

  /** The numbers of the lines with the text, ascending. */
  get found(): readonly number[] {
    return this.#found;
  }

  /** Whether all lines were looked at. */
  get complete(): boolean {
    return this.#needle === '' || this.#next >= this.#store.end;
  }

  /** Looks at the lines that were added. */
  update(): void {
    if (this.#needle === '') {
      return;
    }
    if (this.#found.length > 0 && this.#found[0] < this.#store.first) {
      this.#found = this.#found.filter(line => line >= this.#store.first);
      this.#onChange();
    }
    if (!this.complete) {
      this.#timer ??= setTimeout(() => this.#slice(), 0);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #slice() {
    this.#timer = undefined;
    const until = performance.now() + SLICE;
    this.#next = Math.max(this.#next, this.#store.first);
    const found = [...this.#found];
    while (!this.complete) {
      if (matches(this.#store.text(this.#next), this.#needle)) {
        found.push(this.#next);
      }
      this.#next += 1;
      if (
        this.#next % LINES_BETWEEN_CHECKS === 0 &&
        performance.now() >= until
      ) {
        break;
      }
    }
    this.#found = found;
    this.#onChange();
    this.update();
  }
}

function matches(line: string, needle: string): boolean {
  return plainText(line).toLowerCase().includes(needle);
}

/** Returns the start and end of each place of a text in a line. */
export function placesOf(line: string, needle: string): [number, number][] {
  if (needle === '') {
    return [];
  }
  const places: [number, number][] = [];
  // Some letters have more characters in lower case, and then the places would be wrong.
  const lower = line.toLowerCase();
  const text = lower.length === line.length ? lower : line;
  const wanted = needle.toLowerCase();
  let from = text.indexOf(wanted);
  while (from >= 0) {
    places.push([from, from + wanted.length]);
    from = text.indexOf(wanted, from + wanted.length);
  }
  return places;
}

/** Returns the line found after or before a line; around the end if there is none. */
export function neighbour(
  found: readonly number[],
  line: number | undefined,
  direction: 1 | -1,
): number | undefined {
  if (line === undefined) {
    return direction === 1 ? found[0] : found[found.length - 1];
  }
  return direction === 1
    ? found.find(one => one > line) ?? found[0]
    : [...found].reverse().find(one => one < line) ?? found[found.length - 1];
}
