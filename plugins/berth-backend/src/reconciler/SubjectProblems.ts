import { Problem, Subject } from './types';

/** What became of each subject: a problem, or undefined where it is as it should be. */
export class SubjectProblems {
  readonly #problems = new Map<string, Problem | undefined>();

  set(subject: Subject, problem: Problem | undefined): void {
    this.#problems.set(textOf(subject), problem);
  }

  get(subject: Subject): Problem | undefined {
    return this.#problems.get(textOf(subject));
  }

  /** Nothing is known of it now. */
  forget(subject: Subject): void {
    this.#problems.delete(textOf(subject));
  }

  has(subject: Subject): boolean {
    return this.#problems.has(textOf(subject));
  }

  some(test: (problem: Problem) => boolean): boolean {
    return [...this.#problems.values()].some(
      problem => problem !== undefined && test(problem),
    );
  }
}

/** Each type of subject has one name of its own, and no name holds a space. */
function textOf({ type, ...named }: Subject): string {
  return [type, ...Object.values(named)].join(' ');
}
