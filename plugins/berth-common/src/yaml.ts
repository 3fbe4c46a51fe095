import { Document } from 'yaml';

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
  return document.toString({ lineWidth: 0 });
}
