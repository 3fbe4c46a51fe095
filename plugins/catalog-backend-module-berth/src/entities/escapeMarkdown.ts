/** What begins emphasis, code, links, images, HTML, tables and character references. */
const INLINE = /[\\`*_[\]<>|~&]/g;

/** What makes a line a heading, a list or a rule. */
const BLOCK = /^(\s*)([#+=-]|\d+[.)])/;

/** Text of people that the catalog renders as Markdown, so that it reads as it was typed. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(INLINE, '\\$&')
    .replace(BLOCK, (_, space: string, mark: string) =>
      [space, mark.slice(0, -1), '\\', mark.slice(-1)].join(''),
    );
}
