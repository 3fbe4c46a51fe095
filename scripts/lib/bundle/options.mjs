import { parseArgs } from 'node:util';
import { Problem } from '../Problem.mjs';

const usage = `npm run bundle [-- OPTIONS]

  --vs REVISION  also measure this Git revision, and print the ratio
`;

/**
 * Reads the command line of `npm run bundle`.
 *
 * @param {string[]} args
 * @returns {{vs?: string}}
 * @throws Problem naming the option
 */
export function readBundleOptions(args) {
  try {
    return parseArgs({ args, options: { vs: { type: 'string' } } }).values;
  } catch (error) {
    throw new Problem(`${error.message}\n\n${usage}`);
  }
}
