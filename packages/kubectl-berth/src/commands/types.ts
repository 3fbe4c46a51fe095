import { ParseArgsConfig } from 'node:util';

export interface Command {
  help: string;
  options?: ParseArgsConfig['options'];
  /** The number of arguments that are not options; none by default. */
  positionals?: number;
  run(values: Values, positionals: string[]): Promise<void> | void;
}

/** The values of the options of a command. */
export type Values = Record<
  string,
  string | boolean | Array<string | boolean> | undefined
>;
