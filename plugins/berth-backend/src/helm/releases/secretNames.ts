import { JsonRecord } from '../../resources/objects/json';

/** Names of values that hold secrets. */
const SECRET_NAME =
  /pass|pwd|secret|token|key|credential|connection_?-?string/i;
const DATA_SOURCE_NAME = /(^|[_.-])dsn|Dsn|DSN/;
/** A record with this name holds settings, of which some are secrets by their own names. */
const AUTH = /\bauth\b/i;
/** Names of values that name a Secret, or the key of one. `secretKey` is not one of them: many charts keep a secret there. */
const REFERENCE =
  /^(existing|key$)|topologyKey$|(secret|token|password|key)(Name|Ref)$|(token|password)Key$/i;
/** Texts that are secrets under any name: private keys, and addresses and settings with a password. */
const SECRET_TEXT =
  /-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/\s:@]*:[^/\s@]+@|\b(password|pwd)=[^;&\s]+/i;

/**
 * Returns whether a value holds a secret by its name.
 *
 * @param value - decides for names that also stand for a group of settings
 */
export function isSecretName(name: string, value: unknown): boolean {
  return (
    (SECRET_NAME.test(name) && !REFERENCE.test(name)) ||
    DATA_SOURCE_NAME.test(name) ||
    (typeof value === 'string' && AUTH.test(name))
  );
}

/** Returns whether a text is a secret under any name. */
export function isSecretText(text: string): boolean {
  return SECRET_TEXT.test(text);
}

/** Returns whether an item, as in `env` of a container, says by its name that its value is a secret. */
export function isSecretEntry(record: JsonRecord): boolean {
  return typeof record.name === 'string' && isSecretName(record.name, '');
}
