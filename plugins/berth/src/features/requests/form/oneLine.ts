/** The most characters that a purpose or a comment may have. */
export const MAX_TEXT = 500;

/** What is typed as the backend takes it: one line. */
export function oneLine(typed: string): string {
  return typed.replace(/\s+/g, ' ').trim();
}
