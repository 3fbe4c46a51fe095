import { TerminalEnd } from './types';

/** A terminal that can be ended. */
export interface OpenTerminal {
  end(end: TerminalEnd): void;
}

/** The open terminals of this replica. */
export class OpenTerminals {
  readonly #perPerson: number;
  readonly #open = new Map<string, Set<OpenTerminal>>();

  constructor(perPerson: number) {
    this.#perPerson = perPerson;
  }

  /** Why a person cannot open another one. */
  get tooMany(): string {
    return `You have ${
      this.#perPerson
    } terminals open. Leave one of them first`;
  }

  isFull(person: string): boolean {
    return (this.#open.get(person)?.size ?? 0) >= this.#perPerson;
  }

  /** @returns a function to call at the end of the terminal; undefined if the person has too many */
  add(person: string, terminal: OpenTerminal): (() => void) | undefined {
    if (this.isFull(person)) {
      return undefined;
    }
    const open = this.#open.get(person) ?? new Set();
    open.add(terminal);
    this.#open.set(person, open);
    return () => {
      open.delete(terminal);
      if (open.size === 0) {
        this.#open.delete(person);
      }
    };
  }

  /** Ends all of them. */
  endAll(end: TerminalEnd): void {
    [...this.#open.values()].forEach(open =>
      [...open].forEach(terminal => terminal.end(end)),
    );
  }
}
