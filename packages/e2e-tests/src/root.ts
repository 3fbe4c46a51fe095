import { dirname, resolve } from 'node:path';

/** The folder of the dev portal's backend. */
export const BACKEND = dirname(require.resolve('backend/package.json'));

/** The repository's root. */
export const ROOT = resolve(BACKEND, '../..');
