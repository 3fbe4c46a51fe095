import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './paths.mjs';

/** The limit that `test:unit` gives to every test. */
const LEAST_MS = 60_000;
const LIMITS = [/jest\.setTimeout\(([\d_]+)\)/g, /^ {2}\}, ([\d_]{5,})\);$/gm];

test('no test has less time than others, because a busy machine is slow', () => {
  const files = globSync(
    '{plugins,packages}/*/{src,contract}/**/*.test.{ts,tsx}',
    {
      cwd: root,
    },
  );
  assert.ok(files.length > 400);
  const short = files.flatMap(file => {
    const text = readFileSync(join(root, file), 'utf8');
    return LIMITS.flatMap(pattern => [...text.matchAll(pattern)])
      .filter(([, limit]) => Number(limit.replaceAll('_', '')) < LEAST_MS)
      .map(([found]) => `${file}: ${found}`);
  });
  assert.deepEqual(short, []);
});
