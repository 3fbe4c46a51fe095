import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findRealParts } from './realParts.mjs';

const directory = mkdtempSync(join(tmpdir(), 'berth-parts-'));
after(() => rmSync(directory, { recursive: true }));

test('a part whose file does not exist is absent, even if the variable names it', () => {
  const env = { KUBEBUILDER_ASSETS: directory, CHROMIUM: '/no/such/file' };

  const before = findRealParts(env);
  assert.ok(!('KUBEBUILDER_ASSETS' in before.env));
  assert.notEqual(before.env.CHROMIUM, '/no/such/file');
  assert.deepEqual(
    before.absent
      .map(part => part.name)
      .filter(name => name !== 'Chromium' && name !== 'kubectl'),
    ['a Kubernetes control plane', 'PostgreSQL'],
  );

  writeFileSync(join(directory, 'kube-apiserver'), '');
  assert.equal(findRealParts(env).env.KUBEBUILDER_ASSETS, directory);
});
