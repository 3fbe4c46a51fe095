/** An error whose message is for the person at the terminal. The program prints the message and ends with 1. */
export class Problem extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'Problem';
  }
}
