import { HELM_MASK } from '@berth/plugin-berth-common';
import { JsonRecord } from '../../resources/objects/json';
import { isSecretEntry, isSecretName, isSecretText } from './secretNames';

/** The paths of hidden values that are listed, and their characters. */
const MAX_PATHS = 5_000;
const MAX_PATH_TEXT = 1024 * 1024;

export interface MaskedValues {
  values: unknown;
  /** The paths of hidden values. A value with very many hidden values below is hidden as one. */
  masked: string[][];
  /** The hidden texts. */
  secrets: string[];
}

class ValueMask {
  readonly masked: string[][] = [];
  readonly secrets: string[] = [];
  #pathText = 0;

  /** @param below - whether the value is below the name of a secret */
  visit(value: unknown, path: string[], below: boolean): unknown {
    if (typeof value !== 'object' || value === null) {
      return this.#leaf(value, path, below);
    }
    if (below && !this.#hasRoom(path, secretsBelow(value).length)) {
      secretsBelow(value).forEach(text => this.secrets.push(text));
      return this.#hide(path);
    }
    return Array.isArray(value)
      ? value.map((item, index) =>
          this.visit(item, [...path, String(index)], below),
        )
      : this.#record(value as JsonRecord, path, below);
  }

  #record(record: JsonRecord, path: string[], below: boolean): JsonRecord {
    const hidesValue = isSecretEntry(record);
    return Object.fromEntries(
      Object.entries(record).map(([key, item]) => [
        key,
        this.visit(
          item,
          [...path, key],
          below || isSecretName(key, item) || (hidesValue && key === 'value'),
        ),
      ]),
    );
  }

  #leaf(value: unknown, path: string[], below: boolean): unknown {
    const hides =
      typeof value === 'string'
        ? value !== '' &&
          ((below && !isPullSecretName(path)) || isSecretText(value))
        : typeof value === 'number' && below;
    if (!hides) {
      return value;
    }
    this.secrets.push(String(value));
    return this.#hide(path);
  }

  #hide(path: string[]): string {
    if (this.#hasRoom(path, 1)) {
      this.masked.push(path);
      this.#pathText += lengthOf(path);
    }
    return HELM_MASK;
  }

  #hasRoom(path: string[], count: number): boolean {
    return (
      this.masked.length + count <= MAX_PATHS &&
      this.#pathText + count * lengthOf(path) <= MAX_PATH_TEXT
    );
  }
}

/**
 * Hides the values that hold secrets by their names, and all values below such a name. Booleans, empty texts and
 * `null` stay.
 */
export function maskValues(values: unknown): MaskedValues {
  const mask = new ValueMask();
  return {
    values: mask.visit(values, [], false),
    masked: mask.masked,
    secrets: mask.secrets,
  };
}

function lengthOf(path: string[]): number {
  return path.reduce((sum, key) => sum + key.length, 0);
}

function secretsBelow(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).flatMap(secretsBelow);
  }
  return (typeof value === 'string' && value !== '') ||
    typeof value === 'number'
    ? [String(value)]
    : [];
}

/** Names of Secrets are no secrets. */
function isPullSecretName(path: string[]): boolean {
  return /(^|\0)imagePullSecrets\0\d+(\0name)?$/.test(
    path.slice(-3).join('\0'),
  );
}
