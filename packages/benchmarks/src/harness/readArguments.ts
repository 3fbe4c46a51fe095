import { Sizes } from './types';

/**
 * Reads names of benches and sizes, such as `reconcile --namespaces 50`.
 *
 * @throws Error if a size is not a positive integer
 */
export function readArguments(argv: string[]): {
  names: string[];
  sizes: Sizes;
} {
  const names: string[] = [];
  const sizes: Sizes = {};
  const left = argv.flatMap(argument => argument.split('='));
  while (left.length > 0) {
    const [argument, value = ''] = left;
    if (argument.startsWith('--')) {
      if (!/^[1-9]\d{0,8}$/.test(value)) {
        throw new Error(
          `${argument} needs a positive integer, not ${JSON.stringify(value)}`,
        );
      }
      sizes[argument.slice(2)] = Number(value);
      left.splice(0, 2);
    } else {
      names.push(argument);
      left.shift();
    }
  }
  return { names, sizes };
}
