import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, importedPackages, withoutTypeImports } from './imports.mjs';

function imported(text) {
  return [...importedPackages([{ path: 'index.js', text }]).keys()];
}

test('finds what is imported in every form', () => {
  assert.deepEqual(
    imported(`
      import { a } from 'one';
      export * from '@scope/two/alpha';
      var three = require('three/lib/a.js');
      const four = () => import('four');
    `),
    ['one', '@scope/two', 'three', 'four'],
  );
});

test('leaves out files and parts of Node', () => {
  assert.deepEqual(
    imported(`
      import './a';
      import '../b';
      import 'node:fs';
      var path = require('path');
      // import 'comment';
    `),
    [],
  );
});

test('finds packages whose files are read', () => {
  const text = `
const folder = api.resolvePackagePath('@a/files', 'dist');
const file = require.resolve('b/dist/c.json');`;
  assert.deepEqual(
    [...importedPackages([{ path: 'a.ts', text }]).keys()],
    ['@a/files', 'b'],
  );
});

test('leaves out types of the sources', () => {
  const text = `
import type {
  A,
} from 'types-only';
import { B } from 'needed';
`;
  const stripped = withoutTypeImports({ path: 'a.ts', text });
  assert.deepEqual([...importedPackages([stripped]).keys()], ['needed']);
});

test('reports what is not declared, and what is not needed', () => {
  const manifest = {
    name: 'me',
    dependencies: {
      used: '1',
      unused: '1',
      'used-as-value': '1',
      'peer-of-used': '1',
      '@types/used': '1',
      '@types/unused': '1',
    },
    peerDependencies: { react: '18' },
  };
  const built = new Map([
    ['used', 'index.js'],
    ['react', 'index.js'],
    ['me', 'index.js'],
    ['forgotten', 'dist/a.d.ts'],
  ]);
  assert.deepEqual(
    compare(
      manifest,
      built,
      new Map([['used-as-value', 'a.ts']]),
      new Set(['peer-of-used']),
    ),
    [
      'dist/a.d.ts imports forgotten, but package.json does not declare it',
      'package.json declares unused, but nothing needs it at run time',
      'package.json declares @types/unused, but nothing needs it at run time',
    ],
  );
});
