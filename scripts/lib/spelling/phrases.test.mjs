import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flaggedPhrases } from './phrases.mjs';

// In parts, because this file is checked too.
const phrase = ['by', 'itself'];

test('finds a phrase with its line', () => {
  assert.deepEqual(flaggedPhrases(`one\nIt ends ${phrase.join(' ')}.`), [
    { line: 2, phrase: phrase.join(' ') },
  ]);
});

test('finds a phrase that a line break divides', () => {
  for (const gap of ['\n', '\n   * ', '\n  // ', '\n# ', '\n> ']) {
    assert.deepEqual(flaggedPhrases(phrase.join(gap)), [
      { line: 1, phrase: phrase.join(' ') },
    ]);
  }
});

test('leaves names and other words alone', () => {
  assert.deepEqual(flaggedPhrases('endedByItself, by itself1'), []);
});
