/**
 * The rule for visible text. Invisible characters make a text look different from what was typed: they change its
 * direction, or hide parts of it.
 *
 * @public
 */
export const ONLY_VISIBLE =
  'must be without invisible characters, such as those that change the direction of text';

/** The two joiners, which Persian, Hindi and emoji use. */
const JOINERS = /[\u200c\u200d]/g;

/**
 * Format characters, and the letters and marks without a glyph in Unicode: the fillers of Hangul, the inherent vowels
 * of Khmer, and the combining grapheme joiner. Variation selectors are allowed, because they choose the form of an
 * emoji.
 */
const INVISIBLE = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/u;

/**
 * Returns whether a text has no invisible characters except joiners.
 *
 * @public
 */
export function isVisible(text: string): boolean {
  return !INVISIBLE.test(text.replace(JOINERS, ''));
}
