/** Quotes and lists in each other, in one line. */
const MAX_CONTAINERS = 20;
/** The columns before an item of a list, which stand for lists in each other. */
const DEEP_ITEM = /^[ \t]{40,}(?:[-+*]|\d{1,9}[.)])[ \t]/m;
/** What a line can begin with before its text. */
const LINE_START = /^[\s>+*\d.)-]*/;
const CONTAINER = />|[-+*](?=\s)|\d[.)](?=\s)/g;
/** In one block, which is all text between empty lines. */
const MAX_EMPHASES = 1_000;
const MAX_BRACKETS = 3_000;
const EMPHASIS = /\*+|(?<!\w)_+|_+(?!\w)/g;
const BRACKET = /\[/g;

/**
 * Returns whether Markdown nests so much that reading it would hold the page for seconds: the time grows with the
 * square of the depth.
 */
export function isDeepMarkdown(text: string): boolean {
  return (
    DEEP_ITEM.test(text) ||
    text
      .split('\n')
      .some(
        line => count(LINE_START.exec(line)![0], CONTAINER) > MAX_CONTAINERS,
      ) ||
    text
      .split(/\n[ \t]*\n/)
      .some(
        block =>
          count(block, EMPHASIS) > MAX_EMPHASES ||
          count(block, BRACKET) > MAX_BRACKETS,
      )
  );
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
