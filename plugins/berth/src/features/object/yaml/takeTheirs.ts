import { EditObjectResult } from '@berth/plugin-berth-common';
import { parse, parseDocument } from 'yaml';

export type Conflict = EditObjectResult['conflicts'][number];

/** Returns a YAML text with the values of others for the fields of conflicts. Comments and order stay. */
export function takeTheirs(text: string, conflicts: Conflict[]): string {
  const document = parseDocument(text);
  for (const { path, theirs } of conflicts) {
    const keys = keysOf(path);
    if (theirs === undefined) {
      document.deleteIn(keys);
    } else {
      document.setIn(keys, parse(theirs));
    }
  }
  return document.toString({ lineWidth: 0 });
}

/** Reads a path such as `metadata.annotations["a.b/c"]`. */
export function keysOf(path: string): string[] {
  const parts = path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g);
  return [...parts].map(([, quoted, plain]) =>
    quoted === undefined ? plain : JSON.parse(quoted),
  );
}
