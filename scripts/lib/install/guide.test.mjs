import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createAppVersion,
  insert,
  readBlocks,
  stepsFor,
  withManifest,
  withTarballs,
} from './guide.mjs';

const GUIDE = `# Guide

\`\`\`sh run="never"
npx @backstage/create-app@1.2.3
\`\`\`

Text.

\`\`\`tsx title="App.tsx" before='path="/settings"' app="legacy"
<Route path="/berth" />
\`\`\`

\`\`\`sh
yarn add @berth/plugin-berth
yarn start
\`\`\`
`;

test('reads the blocks with their attributes', () => {
  assert.deepEqual(readBlocks(GUIDE)[1], {
    title: 'App.tsx',
    before: 'path="/settings"',
    app: 'legacy',
    language: 'tsx',
    text: '<Route path="/berth" />\n',
    line: 9,
  });
});

test('leaves out what is not for the app', () => {
  const lines = app => stepsFor(readBlocks(GUIDE), app).map(b => b.line);
  assert.deepEqual(lines('legacy'), [9, 13]);
  assert.deepEqual(lines('new'), [13]);
});

test('finds the version of create-app', () => {
  assert.equal(createAppVersion(readBlocks(GUIDE)), '1.2.3');
  assert.throws(() => createAppVersion([]), /names no version/);
});

test('inserts before and after the line that a block names', () => {
  const block = { title: 'a.ts', line: 1, text: 'new\n' };
  assert.equal(insert('x\ny', { ...block, before: 'y' }), 'x\nnew\ny');
  assert.equal(insert('x\ny', { ...block, after: 'x' }), 'x\nnew\ny');
});

test('refuses a block whose line is missing or not the only one', () => {
  const block = { title: 'a.ts', line: 7, text: 'new\n' };
  assert.throws(
    () => insert('x\nx', { ...block, before: 'x' }),
    /line 7 of the guide, has 2 lines with "x"/,
  );
  assert.throws(() => insert('x', { ...block, after: 'z' }), /has 0 lines/);
  assert.throws(() => insert('x', block), /neither "before" nor "after"/);
});

test('installs packed packages', () => {
  const packages = [{ name: '@berth/plugin-berth', tarball: '/t/berth.tgz' }];
  assert.equal(
    withTarballs('yarn add @berth/plugin-berth', packages),
    'yarn add @berth/plugin-berth@file:/t/berth.tgz',
  );
  assert.throws(
    () => withTarballs('yarn add @berth/other', packages),
    /installs @berth\/other, which is not packed/,
  );
});

test('lists the packages of the release in place', async () => {
  const manifest = { releaseVersion: '1.2.0', packages: [] };
  const url = 'https://versions.backstage.io/v1/releases/1.2.0/manifest.json';
  const command = withManifest(`fetch('${url}')`, manifest);
  const [, data] = /^fetch\('(.*)'\)$/.exec(command);
  assert.deepEqual(await (await fetch(data)).json(), manifest);
  assert.throws(
    () =>
      withManifest(`fetch('${url}')`, { ...manifest, releaseVersion: '1.3.0' }),
    /pins Backstage 1.2.0, but this repository is for 1.3.0/,
  );
});
