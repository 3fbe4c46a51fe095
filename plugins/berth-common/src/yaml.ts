import { Document, Scalar, visit } from 'yaml';

/** Only some programs take these for the end of a line, so a text has them as escapes. */
const BREAKS: Record<string, string> = {
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};
const BREAK = /[\u0085\u2028\u2029]/g;

/**
 * Writes YAML that has the same meaning in YAML 1.1 and 1.2. `kubectl` uses 1.1, where an unquoted `no`, `on` or
 * `0b1` is not text. It writes no aliases, so that each part can be read without the others.
 *
 * @param value - plain objects, lists, texts, numbers and booleans
 * @param options - `comment`: lines before the document
 * @public
 */
export function toYaml(
  value: unknown,
  options: { comment?: string } = {},
): string {
  const document = new Document(value, {
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
  });
  if (options.comment !== undefined) {
    document.commentBefore = options.comment;
  }
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && scalar.value.search(BREAK) >= 0) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  return document
    .toString({ lineWidth: 0 })
    .replace(BREAK, found => BREAKS[found]);
}
