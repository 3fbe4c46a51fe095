import { createInterface } from 'node:readline/promises';

export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  /** Receives the result. */
  output: NodeJS.WritableStream;
  /** Receives everything else. */
  errors: NodeJS.WritableStream;
}

/** Asks a person to type `yes`. */
export async function confirm(
  { input, errors }: Terminal,
  description: string,
): Promise<boolean> {
  const questions = createInterface({ input, output: errors });
  try {
    errors.write(`${description}\n`);
    return (await questions.question('Type "yes" to go on: ')) === 'yes';
  } finally {
    questions.close();
  }
}
