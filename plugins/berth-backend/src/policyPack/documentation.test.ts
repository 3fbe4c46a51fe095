import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACK_ANNOTATIONS, PACK_LABELS } from './names';
import { packObjects } from './packObjects';

const PAGE = join(__dirname, '../../../../docs/admin/policy-pack.md');

/** Returns the cells of the first table with this title in a column. */
function rowsOf(title: string): string[][] {
  const lines = readFileSync(PAGE, 'utf8').split('\n');
  const start = lines.findIndex(line => line.startsWith(`| ${title} `));
  const table = lines.slice(start + 2);
  return table
    .slice(
      0,
      table.findIndex(line => !line.startsWith('|')),
    )
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
}

/** Returns what the pack can do on a minor version of Kubernetes, in the words of the table. */
function abilitiesOn(minor: number): string[] {
  const objects = packObjects(`v1.${minor}.0`).map(({ object }) => object);
  const has = (kind: string, name: string) =>
    objects.some(
      object => object.kind === kind && object.metadata.name === name,
    );
  const enforces = (name: string) =>
    has('ValidatingAdmissionPolicy', name) &&
    has('ValidatingAdmissionPolicyBinding', name);
  const sets =
    has('MutatingAdmissionPolicy', 'defaults.berth.dev') &&
    has('MutatingAdmissionPolicyBinding', 'defaults.berth.dev');
  const strict = JSON.stringify(objects[0]?.spec ?? '').includes(
    'supplementalGroupsPolicy must be Strict',
  );
  return [
    enforces('identity.berth.dev') && 'enforced',
    strict && 'enforced',
    enforces('placement.berth.dev') && 'enforced',
    sets && 'set',
    sets && 'set',
    sets && 'set',
  ].map(word => word || 'not possible');
}

/** Reads `1.30 to 1.32`, `1.29 and older` and `1.36 and newer` as the first and the last minor version. */
function rangeOf(text: string): [number, number] {
  const [first, last = first] = [...text.matchAll(/\d\.(\d+)/g)].map(
    ([, minor]) => Number(minor),
  );
  return [
    text.includes('older') ? 20 : first,
    text.includes('newer') ? first + 4 : last,
  ];
}

describe('docs/admin/policy-pack.md', () => {
  const rows = rowsOf('Kubernetes');

  it.each(rows)(
    'P19 is right about Kubernetes %s',
    (kubernetes, ...abilities) => {
      const [first, last] = rangeOf(kubernetes);
      for (let minor = first; minor <= last; minor++) {
        expect([minor, ...abilitiesOn(minor)]).toEqual([minor, ...abilities]);
      }
    },
  );

  it('has a row for each version', () => {
    const ranges = rows.map(([kubernetes]) => rangeOf(kubernetes));
    const next = ranges.slice(1).map(([first]) => first);
    expect(ranges.slice(0, -1).map(([, last]) => last + 1)).toEqual(next);
    expect(ranges[0][0]).toBeLessThan(30);
    expect(ranges.at(-1)?.[1]).toBeGreaterThan(36);
  });

  it('names each label and annotation', () => {
    const text = readFileSync(PAGE, 'utf8');
    for (const key of Object.values({ ...PACK_LABELS, ...PACK_ANNOTATIONS })) {
      expect(text).toContain(key);
    }
  });
});
