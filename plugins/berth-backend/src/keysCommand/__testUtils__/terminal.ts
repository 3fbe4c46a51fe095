import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runKeysCommand } from '../runKeysCommand';

export interface Run {
  code: number;
  output: string;
  errors: string;
}

/** Runs the command in this process, as if a person typed an answer at a terminal. */
export async function type(argv: string[], answer?: string): Promise<Run> {
  const output = new PassThrough();
  const errors = new PassThrough();
  const input = Object.assign(Readable.from(answer ? [`${answer}\n`] : []), {
    isTTY: answer !== undefined,
  });
  const texts = Promise.all([text(output), text(errors)]);
  const code = await runKeysCommand(argv, { input, output, errors });
  output.end();
  errors.end();
  const [printed, complained] = await texts;
  return { code, output: printed, errors: complained };
}
