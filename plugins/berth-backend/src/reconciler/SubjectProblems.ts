import { Problem, Subject } from './types';

/** The result of each subject: a problem, or undefined if it matches the desired state. */
export class SubjectProblems {
  readonly #problems = new Map<string, Problem | undefined>();

  set(subject: Subject, problem: Problem | undefined): void {
    this.#problems.set(textOf(subject), problem);
  }

  get(subject: Subject): Problem | undefined {
    return this.#problems.get(textOf(subject));
  }

  /** Removes the result of a subject, because it is unknown now. */
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

/**
 * Returns a unique text for a subject. Each type of subject has one identifying field, and no name contains a
 * space.
 */
function textOf({ type, ...named }: Subject): string {
  return [type, ...Object.values(named)].join(' ');
}
