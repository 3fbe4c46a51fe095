import { HELM_MASK } from '@berth/plugin-berth-common';
import { JsonRecord } from '../../resources/objects/json';
import { isRecord } from '../../resources/values';
import { escapeInvisible } from '../../text/quoteUntrusted';
import { isSecretEntry, isSecretText } from './secretNames';

/** A shorter secret is in any text by chance, so only a text that equals it is taken for a copy. */
const MIN_COPY = 8;
const MIN_EQUAL = 4;
/** Pieces of secrets that are searched for, and their length. A long piece takes long to compare. */
const MAX_PIECES = 300;
const MAX_PIECE = 200;
/** Pieces × characters that one mask searches. More would take seconds. */
const MAX_WORK = 100_000_000;
/** Texts that say nothing. */
const NO_SECRET = /^(true|false)$/i;

/** Hides copies of the first secrets in other texts, such as in the notes or in the environment of a container. */
export class CopyMask {
  readonly #equal: ReadonlySet<string>;
  readonly #pieces: readonly string[];
  #work = 0;

  /** @param secrets - as they are, and encoded as base64 */
  constructor(secrets: Iterable<string>) {
    const all = new Set<string>();
    for (const text of secrets) {
      if (!NO_SECRET.test(text)) {
        all.add(text);
        all.add(text.trim());
        all.add(Buffer.from(text).toString('base64'));
      }
    }
    this.#equal = new Set([...all].filter(text => text.length >= MIN_EQUAL));
    this.#pieces = firstPieces(all)
      // A secret may be part of another one.
      .sort((a, b) => b.length - a.length);
  }

  /** Hides the whole text when the mask has searched too much. */
  text(text: string): string {
    if (this.#equal.has(text)) {
      return HELM_MASK;
    }
    if (text.length < MIN_COPY) {
      return text;
    }
    this.#work += this.#pieces.length * text.length;
    return this.#work > MAX_WORK
      ? HELM_MASK
      : this.#pieces.reduce(
          (rest, piece) => rest.replaceAll(piece, HELM_MASK),
          text,
        );
  }

  /** Hides the values of environments whose names say that they are secrets, too. */
  object(object: JsonRecord): JsonRecord {
    return this.any(object) as JsonRecord;
  }

  any(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (typeof value === 'number') {
      return this.#equal.has(String(value)) ? HELM_MASK : value;
    }
    if (Array.isArray(value)) {
      return value.map(item => this.any(item));
    }
    return isRecord(value) ? this.#record(value) : value;
  }

  #record(record: JsonRecord): JsonRecord {
    const { name, value } = record;
    const hidesValue =
      typeof name === 'string' &&
      typeof value === 'string' &&
      value !== '' &&
      (isSecretEntry(record) || isSecretText(value));
    return Object.fromEntries(
      Object.entries(record).map(([key, item]) => [
        key,
        hidesValue && key === 'value' ? HELM_MASK : this.any(item),
      ]),
    );
  }
}

function firstPieces(secrets: Iterable<string>): string[] {
  const pieces = new Set<string>();
  for (const secret of secrets) {
    const count = Math.ceil(secret.length / MAX_PIECE);
    // Pieces of the same size: a short rest would not be searched for.
    const size = Math.ceil(secret.length / count);
    for (let at = 0; at < secret.length; at += size) {
      if (pieces.size >= MAX_PIECES) {
        return [...pieces];
      }
      const piece = secret.slice(at, at + size);
      if (piece.length >= MIN_COPY) {
        pieces.add(piece);
      }
    }
  }
  return [...pieces];
}

/** Escapes what cannot be seen in a text. The mask of hidden values stays readable. */
export function escapeAroundMask(text: string): string {
  return text
    .split(HELM_MASK)
    .map(part => escapeInvisible(part))
    .join(HELM_MASK);
}
