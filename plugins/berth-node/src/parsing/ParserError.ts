/**
 * Says why a text was not parsed, without a word of the text.
 *
 * @public
 */
export class ParserError extends Error {
  override readonly name = 'ParserError';

  /**
   * @param reason - `Deadline`: it takes too long. `Ended`: the process ended, because it had no memory left or was
   *   killed. `Thrown`: the parser threw an error. `NotStarted`: the process could not be started.
   */
  constructor(readonly reason: 'Deadline' | 'Ended' | 'NotStarted' | 'Thrown') {
    super(`The text cannot be parsed (${reason})`);
  }
}
