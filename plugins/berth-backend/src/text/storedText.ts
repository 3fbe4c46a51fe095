const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
/** Control characters other than tabs and line breaks. PostgreSQL accepts no U+0000. */
const CONTROL = /(?![\t\n])[\p{Cc}\p{Cs}]/gu;
/** Of a `varchar` without another length. */
const MAX_NAME = 255;

/** Makes a name of unknown origin fit a column: without control and format characters, in one line, and cut to its length. */
export function storedName(text: string, most = MAX_NAME): string {
  const clean = text.replace(HIDDEN, ' ').trim();
  return clean.length <= most ? clean : `${clean.slice(0, most - 1)}…`;
}

/** Makes a message with parts of unknown origin fit a column of type `text`. */
export function storedText(text: string): string {
  return text.replace(CONTROL, ' ');
}
