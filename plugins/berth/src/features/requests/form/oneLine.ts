/** The maximum length of a purpose or a comment, in characters. */
export const MAX_TEXT = 500;

/** Joins the lines of a text, as the backend expects. */
export function oneLine(typed: string): string {
  return typed.replace(/\s+/g, ' ').trim();
}
