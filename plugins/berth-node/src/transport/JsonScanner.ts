import { KubeError } from './KubeError';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Deeper than any object of Kubernetes; the deepest are the schemas of custom resource definitions. */
const MAX_DEPTH = 256;
/** Several times the number of values in 16 MB of pods. */
const MAX_VALUES = 2_000_000;

/** `reason` of the error for JSON that is too deep or has too many values. */
export const JSON_TOO_COMPLEX = 'JsonTooComplex';

/**
 * Bounds the nesting and the number of values of JSON while its bytes arrive, because parsing a few megabytes
 * of `[[[[` or `{},{},` blocks the event loop for seconds. It does not check the syntax.
 */
export class JsonScanner {
  readonly #server: string;
  #depth = 0;
  #values = 0;
  #inText = false;
  #escaped = false;

  /** @param server - host and port, for messages */
  constructor(server: string) {
    this.#server = server;
  }

  /** @throws KubeError `Protocol` as soon as a bound is exceeded */
  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#inText) {
        this.#skip(byte);
      } else if (byte === QUOTE) {
        this.#inText = true;
      } else if (byte === COMMA) {
        this.#values++;
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        this.#values++;
        if (++this.#depth > MAX_DEPTH) {
          throw this.#tooComplex(`nested more than ${MAX_DEPTH} levels deep`);
        }
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        this.#depth--;
      }
    }
    if (this.#values > MAX_VALUES) {
      throw this.#tooComplex(`of more than ${MAX_VALUES} values`);
    }
  }

  #skip(byte: number) {
    if (this.#escaped) {
      this.#escaped = false;
    } else if (byte === BACKSLASH) {
      this.#escaped = true;
    } else if (byte === QUOTE) {
      this.#inText = false;
    }
  }

  #tooComplex(what: string): KubeError {
    return new KubeError(
      'Protocol',
      `${this.#server} answers with JSON ${what}`,
      { reason: JSON_TOO_COMPLEX },
    );
  }
}

/**
 * Bounds the nesting and the number of values of a JSON text that is to be parsed.
 *
 * @param server - host and port, for messages
 * @throws KubeError `Protocol`
 * @public
 */
export function scanJson(bytes: Uint8Array, server: string): void {
  new JsonScanner(server).push(bytes);
}
