const KEY = Buffer.from('"managedFields":[');
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/**
 * Empties every array `managedFields` of a JSON text, before the text is parsed: these arrays are most of the metadata
 * of an object, and no list shows them. Other texts stay as they are. The key is found only in the form without spaces,
 * which is that of API servers.
 */
export function cutManagedFields(json: Buffer): Buffer {
  const parts: Buffer[] = [];
  let kept = 0;
  let found = json.indexOf(KEY);
  while (found >= 0) {
    const inner = found + KEY.length;
    if (isEscaped(json, found)) {
      found = json.indexOf(KEY, inner);
      continue;
    }
    const end = endOfArray(json, inner);
    if (end === undefined) {
      // The text is not JSON. To look for the ends of all further keys would take very long.
      break;
    }
    parts.push(json.subarray(kept, inner));
    kept = end;
    found = json.indexOf(KEY, end);
  }
  return parts.length === 0
    ? json
    : Buffer.concat([...parts, json.subarray(kept)]);
}

/** Returns whether a quote belongs to a text, and does not begin one. */
function isEscaped(json: Buffer, quote: number): boolean {
  let before = quote - 1;
  while (json[before] === BACKSLASH) {
    before--;
  }
  return (quote - before) % 2 === 0;
}

/** Returns the index of the bracket that closes an array; undefined if there is none. */
function endOfArray(json: Buffer, start: number): number | undefined {
  let depth = 1;
  for (let index = start; index < json.length; index++) {
    const byte = json[index];
    if (byte === QUOTE) {
      index = endOfText(json, index + 1);
    } else if (byte === OPEN) {
      depth++;
    } else if (byte === CLOSE && --depth === 0) {
      return index;
    }
  }
  return undefined;
}

/** Returns the index of the quote that ends a text; the length if there is none. */
function endOfText(json: Buffer, start: number): number {
  for (let index = start; index < json.length; index++) {
    const byte = json[index];
    if (byte === BACKSLASH) {
      index++;
    } else if (byte === QUOTE) {
      return index;
    }
  }
  return json.length;
}
