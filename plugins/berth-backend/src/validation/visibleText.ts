/**
 * Invisible characters make a reader see something else than what was typed: they change the direction of text, or
 * hide parts of it.
 */
export const ONLY_VISIBLE =
  'must be without invisible characters, such as those that change the direction of text';

/** The two joiners, which Persian, Hindi and emoji are written with. */
const JOINERS = /[\u200c\u200d]/g;

/** Whether a text has no format characters (Unicode category Cf) but joiners. */
export function isVisible(text: string): boolean {
  return !/\p{Cf}/u.test(text.replace(JOINERS, ''));
}
