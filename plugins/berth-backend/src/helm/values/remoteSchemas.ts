import { quoteUntrusted } from '../../text/quoteUntrusted';

/** The versions of JSON Schema that helm has in itself. */
const DRAFTS =
  /^https?:\/\/json-schema\.org\/(schema|draft-0[467]\/schema|draft\/(2019-09|2020-12)\/schema)#?$/;
const REFERENCES: ReadonlySet<string> = new Set([
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
]);
const MAX_FOUND = 20;

/** The draft of a schema; that of a schema that names none is the newest, as for helm. */
export type SchemaDraft = '4' | '6' | '7' | '2019' | '2020';

export function draftOf(schema: unknown): SchemaDraft {
  const { $schema } = Object(schema) as { $schema?: unknown };
  const draft = /draft(?:-0([467])|\/(2019|2020))/.exec(String($schema));
  return (draft?.[1] ?? draft?.[2] ?? '2020') as SchemaDraft;
}

/**
 * Returns what helm would fetch, or read from its disk, to understand a schema: all references that do not begin with
 * `#`, and all drafts that are not known.
 *
 * @returns quoted texts for people
 */
export function remoteReferences(schema: unknown): string[] {
  const found = new Set<string>();
  const left = [schema];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    for (const [key, value] of Object.entries(Object(next))) {
      if (typeof value === 'object' && value !== null) {
        left.push(value);
      } else if (typeof value === 'string' && isRemote(key, value)) {
        found.add(quoteUntrusted(value));
      }
    }
    if (found.size >= MAX_FOUND) {
      break;
    }
  }
  return [...found];
}

function isRemote(key: string, value: string): boolean {
  return REFERENCES.has(key)
    ? !value.startsWith('#')
    : key === '$schema' && !DRAFTS.test(value);
}
