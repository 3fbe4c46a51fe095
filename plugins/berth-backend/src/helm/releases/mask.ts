import { HELM_MASK } from '@berth/plugin-berth-common';
import { JsonRecord } from '../../resources/objects/json';
import { isRecord } from '../../resources/values';

/** Names of values that hold secrets. */
const SECRET_NAME = /pass|pwd|secret|token|key|credential/i;
/** Texts that are secrets under any name: private keys, and addresses with a password. */
const SECRET_TEXT =
  /-----BEGIN [A-Z ]*PRIVATE KEY|^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/i;

/** A shorter secret is in any text by chance, so only a text that equals it is taken for a copy. */
const MIN_COPY = 8;
const MIN_EQUAL = 4;
/** More would take seconds for a large manifest. */
const MAX_PARTS = 300;

export interface MaskedValues {
  values: unknown;
  /** The paths of hidden values. */
  masked: string[][];
  /** The hidden texts. */
  secrets: string[];
}

/**
 * Hides the values that hold secrets by their names, and all values below such a name. Booleans, empty texts and
 * `null` stay.
 */
export function maskValues(values: unknown): MaskedValues {
  const masked: string[][] = [];
  const secrets: string[] = [];
  const visit = (value: unknown, path: string[], below: boolean): unknown => {
    if (Array.isArray(value)) {
      return value.map((item, index) =>
        visit(item, [...path, String(index)], below),
      );
    }
    if (isRecord(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          visit(item, [...path, key], below || SECRET_NAME.test(key)),
        ]),
      );
    }
    const hides =
      typeof value === 'string'
        ? value !== '' && (below || SECRET_TEXT.test(value))
        : typeof value === 'number' && below;
    if (!hides) {
      return value;
    }
    masked.push(path);
    secrets.push(String(value));
    return HELM_MASK;
  };
  return { values: visit(values, [], false), masked, secrets };
}

/** Hides copies of the first secrets in other texts, such as in the notes or in the environment of a container. */
export class CopyMask {
  readonly #equal: ReadonlySet<string>;
  readonly #parts: readonly string[];

  /** @param secrets - as they are, and encoded as base64 */
  constructor(secrets: Iterable<string>) {
    const all = new Set(
      [...secrets].flatMap(text => [
        text,
        text.trim(),
        Buffer.from(text).toString('base64'),
      ]),
    );
    this.#equal = new Set([...all].filter(text => text.length >= MIN_EQUAL));
    this.#parts = [...all]
      .filter(text => text.length >= MIN_COPY)
      .slice(0, MAX_PARTS)
      // A secret may be part of another one.
      .sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    return this.#equal.has(text)
      ? HELM_MASK
      : this.#parts.reduce(
          (rest, part) => rest.replaceAll(part, HELM_MASK),
          text,
        );
  }

  object(object: JsonRecord): JsonRecord {
    return this.any(object) as JsonRecord;
  }

  any(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (Array.isArray(value)) {
      return value.map(item => this.any(item));
    }
    return isRecord(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, item]) => [key, this.any(item)]),
        )
      : value;
  }
}
