const MAX_LENGTH = 80;

/** PEM, base64 of PEM, or a JWT: what must never reach a log or an error. */
const SECRET = /-----BEGIN|LS0tLS1|eyJ[A-Za-z0-9_-]{8}/;

/**
 * Writes a value of unknown origin for an error: quoted, short, in printable ASCII, and never
 * anything that could be a key or a token.
 */
export function quoteUntrusted(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  if (SECRET.test(json)) {
    return '(not shown: looks like a certificate, key or token)';
  }
  return escapeInvisible(
    json.length > MAX_LENGTH ? `${json.slice(0, MAX_LENGTH)}...` : json,
  );
}

/** Writes invisible and look-alike characters as `\u{…}`. */
export function escapeInvisible(text: string): string {
  return text.replace(
    /[^ -~]/gu,
    character => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
