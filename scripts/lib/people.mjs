import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Reads the people on the dev portal's sign-in page. Needs the dependencies. */
export async function readPeople() {
  const { parse } = await import('yaml');
  const config = parse(readFileSync(join(root, 'app-config.yaml'), 'utf8'));
  return config.app.developmentSignIn.people;
}
