/**
 * How far the log of one container was read. API servers continue a log from a whole second on, so the reader gets
 * lines again that it has. The position recognizes these lines, also if many lines have the same time.
 *
 * @public
 */
export class LogPosition {
  #time: string;
  /** The lines that the reader has of `#time`. */
  #count = 0;
  /** The lines of `#time` that are still expected again; undefined if the log is not read again. */
  #repeated?: number;

  /** @param time - the time of the last line that the reader has, if only the time is known */
  constructor(time = '') {
    this.#time = time;
    if (time !== '') {
      this.#repeated = 0;
    }
  }

  /** The time of the last line, in the form of the API; empty before the first line. */
  get time(): string {
    return this.#time;
  }

  /** Call this before the log is read again from `time` on. */
  resume(): void {
    if (this.#time !== '') {
      this.#repeated = this.#count;
    }
  }

  /** Returns whether the reader does not have the line yet. */
  accept(time: string): boolean {
    if (this.#repeated !== undefined) {
      if (time < this.#time) {
        return false;
      }
      if (time > this.#time) {
        this.#repeated = undefined;
      } else if (this.#repeated > 0) {
        this.#repeated -= 1;
        return false;
      }
    }
    if (time > this.#time) {
      this.#time = time;
      this.#count = 1;
    } else if (time === this.#time) {
      this.#count += 1;
    }
    return true;
  }
}
