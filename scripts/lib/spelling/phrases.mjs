/** Phrases that plain English does not use. Single words are `flagWords` in cspell.json. */
const FLAGGED = [
  'as it should be',
  'by itself',
  'came to be',
  'come to be',
  'comes to be',
  'could not be had',
  'is called so',
  'is said of',
  'is to be had',
  'says what',
  'says which',
  'what is there',
  'with all that',
];

/** White space, or a line break with the mark that continues a comment or a quotation. */
const GAP = String.raw`(?:\s|\n\s*(?:\*|//|#|>))+`;
const PATTERN = new RegExp(
  String.raw`\b(?:${FLAGGED.map(phrase => phrase.replaceAll(' ', GAP)).join(
    '|',
  )})\b`,
  'gi',
);

/**
 * Finds flagged phrases, also those that a line break divides.
 *
 * @param {string} text
 * @returns {Array<{line: number, phrase: string}>}
 */
export function flaggedPhrases(text) {
  return [...text.matchAll(PATTERN)].map(match => ({
    line: text.slice(0, match.index).split('\n').length,
    phrase: match[0].replace(/[\s*/#>]+/g, ' '),
  }));
}
