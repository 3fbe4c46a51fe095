import type { DocumentOptions, ScalarTag, SchemaOptions, Tags } from 'yaml';

/** Helm reads these as text, or as the number that they look like in base 10. */
const NOT_IN_HELM: ReadonlySet<string> = new Set([
  'tag:yaml.org,2002:binary',
  'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs',
  'tag:yaml.org,2002:set',
  'tag:yaml.org,2002:timestamp',
]);
const SEXAGESIMAL = 'TIME';
const NUMBERS: ReadonlySet<string> = new Set([
  'tag:yaml.org,2002:int',
  'tag:yaml.org,2002:float',
]);

/**
 * Reads YAML as the portal and Helm do: by YAML 1.1, in which `0644` is an octal number and `no` is false. Numbers that
 * nobody changes stay as they are written.
 */
export const HELM_YAML: DocumentOptions & SchemaOptions = {
  version: '1.1',
  compat: 'core',
  customTags: tags => tags.filter(isKnownToHelm).map(asWritten),
};

function isKnownToHelm(tag: Tags[number]): boolean {
  return (
    typeof tag === 'string' ||
    !(NOT_IN_HELM.has(tag.tag) || tag.format === SEXAGESIMAL)
  );
}

function asWritten(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string' || !NUMBERS.has(tag.tag)) {
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
