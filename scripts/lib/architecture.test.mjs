import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './paths.mjs';

test('every path that docs/architecture.md names exists', () => {
  const text = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');
  const paths = [
    ...text.matchAll(/`((?:packages|plugins)\/[^`*\s]+)`/g),
    ...text.matchAll(/\]\(([^):#]+\.md)\)/g),
  ].map(([whole, path]) => (whole.startsWith('`') ? path : `docs/${path}`));
  assert.ok(paths.length > 50);
  assert.deepEqual(
    paths.filter(path => !existsSync(join(root, path))),
    [],
  );
});
