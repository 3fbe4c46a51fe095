import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBundleOptions } from './options.mjs';
import { bundleTable } from './table.mjs';
import { Problem } from '../Problem.mjs';

const now = {
  own: { bytes: 200_000, gzip: 50_000 },
  brought: { bytes: 30_000, gzip: 10_000 },
  initial: { bytes: 20_000, gzip: 5_000 },
  lazy: { bytes: 210_000, gzip: 55_000 },
  packages: { small: 10_000, large: 20_000 },
};

test('adds the sizes up and names the packages, the largest first', () => {
  assert.equal(
    bundleTable(now),
    `| KB | minified now | gzip now |
| --- | --- | --- |
| own code | 200.0 | 50.0 |
| what only Berth brings | 30.0 | 10.0 |
| total | 230.0 | 60.0 |
| of it, loaded with the app | 20.0 | 5.0 |
| of it, loaded with a page | 210.0 | 55.0 |

Only Berth brings, now: large (20.0 KB minified), small (10.0 KB minified)`,
  );
});

test('compares with another revision', () => {
  const table = bundleTable(now, {
    revision: 'v1',
    own: { bytes: 100_000, gzip: 40_000 },
    brought: { bytes: 0, gzip: 0 },
    initial: { bytes: 10_000, gzip: 4_000 },
    lazy: { bytes: 90_000, gzip: 36_000 },
    packages: {},
  });
  assert.match(
    table,
    /\| own code \| 200\.0 \| 50\.0 \| 100\.0 \| 40\.0 \| 1\.250 \|/,
  );
  assert.match(table, /\| total \| .* \| 1\.500 \|/);
  assert.match(table, /Only Berth brings, at v1: nothing/);
});

test('refuses unknown options', () => {
  assert.deepEqual({ ...readBundleOptions(['--vs', 'v1']) }, { vs: 'v1' });
  assert.throws(() => readBundleOptions(['--against', 'v1']), Problem);
});
