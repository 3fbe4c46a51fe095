import type { DocumentOptions, ScalarTag, SchemaOptions, Tags } from 'yaml';

/** `kubectl` and Helm read these as text, or as the number that they look like in base 10. */
const NOT_IN_KUBERNETES: ReadonlySet<string> = new Set([
  'tag:yaml.org,2002:binary',
  'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs',
  'tag:yaml.org,2002:set',
  'tag:yaml.org,2002:timestamp',
]);
const SEXAGESIMAL = 'TIME';
const MERGE = 'tag:yaml.org,2002:merge';
const NUMBERS: ReadonlySet<string> = new Set([
  'tag:yaml.org,2002:int',
  'tag:yaml.org,2002:float',
]);

/**
 * Reads YAML as the portal, `kubectl` and Helm do: by YAML 1.1, in which `0644` is an octal number and `no` is false. Numbers that
 * nobody changes stay as they are written.
 */
export const KUBERNETES_YAML: DocumentOptions & SchemaOptions = {
  version: '1.1',
  compat: 'core',
  customTags: tags => tags.filter(isKnown).map(asWritten),
};

function isKnown(tag: Tags[number]): boolean {
  return (
    typeof tag === 'string' ||
    !(NOT_IN_KUBERNETES.has(tag.tag) || tag.format === SEXAGESIMAL)
  );
}

function asWritten(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string') {
    return tag;
  }
  if (tag.tag === MERGE) {
    // The key `<<` in quotes is text. The library reads it so, but would write it without its quotes.
    return { ...tag, identify: value => typeof value === 'symbol' };
  }
  if (!NUMBERS.has(tag.tag)) {
    return tag;
  }
  const number = tag as ScalarTag;
  const written: ScalarTag = {
    ...number,
    stringify: (item, ...context) =>
      item.source ?? number.stringify!(item, ...context),
  };
  return written;
}
