import { textChanges } from '../../../kit/code/textChanges';

/** A value of a ConfigMap or Secret. A hidden one is of a Secret, and is not in the browser. */
export type Value =
  | { kind: 'text'; text: string }
  | { kind: 'bytes'; base64: string }
  | { kind: 'hidden'; bytes: number };

/** Returns the number of bytes of a value. */
export function sizeOf(value: Value): number {
  switch (value.kind) {
    case 'text':
      return new TextEncoder().encode(value.text).length;
    case 'bytes':
      return Math.floor((value.base64.replace(/=+$/, '').length * 3) / 4);
    default:
      return value.bytes;
  }
}

/** Returns the content of a file as text if it is UTF-8 without null characters, and as bytes otherwise. */
export function valueOfBytes(bytes: Uint8Array): Value {
  try {
    const text = new TextDecoder('utf-8', {
      fatal: true,
      ignoreBOM: true,
    }).decode(bytes);
    return text.includes('\0')
      ? { kind: 'bytes', base64: base64Of(bytes) }
      : { kind: 'text', text };
  } catch {
    return { kind: 'bytes', base64: base64Of(bytes) };
  }
}

/** Returns a value in base64, as the API of Kubernetes has it; undefined for a hidden one. */
export function encoded(value: Value): string | undefined {
  switch (value.kind) {
    case 'text':
      return base64Of(new TextEncoder().encode(value.text));
    case 'bytes':
      return value.base64;
    default:
      return undefined;
  }
}

/** Returns the bytes of a text in base64. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}

/**
 * Returns a typed text with the line ends of the text before, where the person did not change them: a field for text has
 * only one kind. A new line ends as all lines before.
 */
export function withLineEnds(typed: string, former: string): string {
  if (!former.includes('\r')) {
    return typed;
  }
  // As the field counts: each line end is one character.
  const units: string[] = former.match(/\r\n|[^]/g) ?? [];
  const seen = units.map(unit => (/^\r/.test(unit) ? '\n' : unit)).join('');
  const isWindows = units.every(unit => unit !== '\n' && unit !== '\r');
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, insert } of textChanges(seen, typed)) {
    parts.push(units.slice(at, from).join(''));
    parts.push(isWindows ? insert.replace(/\r?\n/g, '\r\n') : insert);
    at = to;
  }
  return parts.join('') + units.slice(at).join('');
}

const CHUNK = 0x8000;

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    // A function takes only so many arguments.
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}
