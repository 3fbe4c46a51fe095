/** Characters that start emphasis, code, links, images, HTML, tables and character references. */
const INLINE = /[\\`*_[\]<>|~&]/g;

/** The beginning of a line that is a heading, a list or a rule. */
const BLOCK = /^(\s*)([#+=-]|\d+[.)])/;

/** Escapes text that people typed, so that the catalog, which renders Markdown, shows it unchanged. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(INLINE, '\\$&')
    .replace(BLOCK, (_, space: string, mark: string) =>
      [space, mark.slice(0, -1), '\\', mark.slice(-1)].join(''),
    );
}
