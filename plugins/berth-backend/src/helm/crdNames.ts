import { JsonRecord, recordsAt, textAt } from '../resources/objects/json';

const MAX_TEXT = 1024 * 1024;
const BEGIN = /^---(?=\s|$)/m;
const CRD = /^["']?kind["']?: *["']?CustomResourceDefinition\b/m;
const INLINE = /^metadata: *\{[^}\n]*\bname: *["']?([a-z0-9.-]{1,253})/m;

/**
 * Returns the names of the custom resource definitions in the folder `crds` of a stored chart. Their documents may be
 * very large, so only their metadata is read.
 */
export function crdNames(packed: JsonRecord): string[] {
  const texts = recordsAt(packed, 'files')
    .filter(file => textAt(file, 'name')?.startsWith('crds/'))
    .map(file => Buffer.from(textAt(file, 'data') ?? '', 'base64').toString());
  const names = texts.flatMap(text =>
    text
      .slice(0, MAX_TEXT)
      .split(BEGIN)
      .filter(document => CRD.test(document))
      .flatMap(document => nameIn(document) ?? []),
  );
  return [...new Set(names)];
}

function nameIn(document: string): string | undefined {
  const lines = document.split('\n');
  const start = lines.findIndex(line => /^metadata: *\r?$/.test(line)) + 1;
  if (start === 0) {
    return INLINE.exec(document)?.[1];
  }
  const [indent = ''] = /^ +/.exec(lines[start] ?? '') ?? [];
  for (const line of lines.slice(start)) {
    if (indent === '' || !line.startsWith(' ')) {
      return undefined;
    }
    const name = /^name: *["']?([a-z0-9.-]{1,253})/.exec(
      line.slice(indent.length),
    );
    if (name) {
      return name[1];
    }
  }
  return undefined;
}
