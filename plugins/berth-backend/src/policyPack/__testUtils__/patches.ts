/** An addition by a JSON patch. */
export interface Addition {
  path: string;
  value: unknown;
}

/** Applies additions to a copy of an object. */
export function withAdditions<T extends object>(
  object: T,
  additions: Addition[],
): T {
  const copy = structuredClone(object);
  for (const { path, value } of additions) {
    const keys = path
      .slice(1)
      .split('/')
      .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop()!;
    let parent: any = copy;
    for (const key of keys) {
      parent = parent[key];
    }
    if (Array.isArray(parent) && last === '-') {
      parent.push(structuredClone(value));
    } else {
      parent[last] = structuredClone(value);
    }
  }
  return copy;
}

/** Writes a value in CEL. Lists and maps may hold values of several types. */
export function celOf(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(one => `dyn(${celOf(one)})`).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([key, one]) => `${JSON.stringify(key)}: dyn(${celOf(one)})`,
    );
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value);
}
