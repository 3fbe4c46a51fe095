/**
 * Invisible characters make a reader see something else than what was typed: they change the direction of text, or
 * hide parts of it.
 *
 * @public
 */
export const ONLY_VISIBLE =
  'must be without invisible characters, such as those that change the direction of text';

/** The two joiners, which Persian, Hindi and emoji are written with. */
const JOINERS = /[\u200c\u200d]/g;

/**
 * Format characters, and the letters and marks that Unicode gives no glyph either: the fillers of Hangul, the inherent
 * vowels of Khmer, and the combining grapheme joiner. Variation selectors choose the form of an emoji, so they stay.
 */
const INVISIBLE = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/u;

/**
 * Whether a text has no invisible characters but joiners.
 *
 * @public
 */
export function isVisible(text: string): boolean {
  return !INVISIBLE.test(text.replace(JOINERS, ''));
}
