const MAX_LENGTH = 80;

/** PEM, base64 of PEM, or a JWT. These must never reach a log or an error. */
const SECRET = /-----BEGIN|LS0tLS1|eyJ[A-Za-z0-9_-]{8}/;

/**
 * Quotes a value of unknown origin for an error message: short, in printable ASCII, and never a possible key or
 * token.
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
