import { InputError } from '@backstage/errors';

/**
 * The format of a quantity: with decimal suffixes (`500m`, `2G`), with binary suffixes (`512Mi`), or with a decimal
 * exponent (`1e3`).
 *
 * @public
 */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

const NANO_PER_UNIT = 1_000_000_000n;
const MAX_BINARY = 9_223_372_036_854_775_807n * NANO_PER_UNIT;

/** Suffixes by ascending power of 1000, from 10^-9. */
const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
/** `e-9`, `e-6`, …, up to the largest three-digit exponent of the pattern. */
const EXPONENT_SUFFIXES = Array.from({ length: 340 }, (_, step) =>
  step === 3 ? '' : `e${(step - 3) * 3}`,
);
/** Suffixes by ascending power of 1024, from 1. */
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const PATTERN =
  /^([+-]?)(\d+\.?\d*|\.\d+)(?:(Ki|Mi|Gi|Ti|Pi|Ei)|([eE][+-]?\d{1,3})|([numkMGTPE]?))$/;

/**
 * An exact amount of a Kubernetes resource, such as `1500m` CPU or `64Gi` memory. Immutable. The unit is one
 * nano-unit; smaller fractions are rounded away from zero, like in Kubernetes.
 *
 * @example
 * Quantity.parse('1.5Gi').add(Quantity.parse('512Mi')).toString(); // '2Gi'
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 * @public
 */
export class Quantity {
  static readonly zero = new Quantity(0n, 'DecimalSI');

  readonly #nano: bigint;
  readonly format: QuantityFormat;

  private constructor(nano: bigint, format: QuantityFormat) {
    this.#nano = nano;
    this.format = format;
  }

  /**
   * Parses a quantity in the format of Kubernetes.
   *
   * @throws InputError naming the value and the rule
   */
  static parse(text: string): Quantity {
    const match = PATTERN.exec(text);
    if (!match) {
      throw new InputError(
        `${JSON.stringify(
          text.slice(0, 40),
        )} is not a Kubernetes quantity: it must be a number with an optional suffix, such as 500m, 2, 1.5Gi or 1e3`,
      );
    }
    const [, sign, number, binary, exponent, decimal] = match;
    const [whole, fraction = ''] = number.split('.');
    const digits = BigInt(whole + fraction || '0');
    const scale = BigInt(fraction.length);

    let magnitude: bigint;
    let format: QuantityFormat;
    if (binary !== undefined) {
      const factor = power(1024n, BINARY_SUFFIXES.indexOf(binary));
      magnitude = divideUp(digits * factor * NANO_PER_UNIT, power(10n, scale));
      magnitude = magnitude > MAX_BINARY ? MAX_BINARY : magnitude;
      format = magnitude < NANO_PER_UNIT ? 'DecimalSI' : 'BinarySI';
    } else {
      const shift =
        exponent !== undefined
          ? BigInt(exponent.slice(1)) + 9n
          : BigInt(DECIMAL_SUFFIXES.indexOf(decimal) * 3);
      magnitude =
        shift >= scale
          ? digits * power(10n, shift - scale)
          : divideUp(digits, power(10n, scale - shift));
      format = exponent !== undefined ? 'DecimalExponent' : 'DecimalSI';
    }
    return new Quantity(sign === '-' ? -magnitude : magnitude, format);
  }

  /** Creates a quantity of a whole number of units. */
  static of(units: number | bigint, format: QuantityFormat = 'DecimalSI') {
    return new Quantity(BigInt(units) * NANO_PER_UNIT, format);
  }

  /** Returns the sum, in this quantity's format unless this quantity is zero. */
  add(other: Quantity): Quantity {
    return new Quantity(
      this.#nano + other.#nano,
      this.isZero() ? other.format : this.format,
    );
  }

  /** Returns the difference, in this quantity's format unless this quantity is zero. */
  subtract(other: Quantity): Quantity {
    return this.add(new Quantity(-other.#nano, other.format));
  }

  /**
   * Returns a negative number, zero or a positive number if this quantity is less than, equal to or greater than the
   * other.
   */
  compare(other: Quantity): number {
    if (this.#nano === other.#nano) {
      return 0;
    }
    return this.#nano < other.#nano ? -1 : 1;
  }

  isZero(): boolean {
    return this.#nano === 0n;
  }

  /** Returns whether the quantity is a whole number of units, in any format: `1e3`, `15k`, `1000m`. */
  isWhole(): boolean {
    return this.#nano % NANO_PER_UNIT === 0n;
  }

  /** Returns the nearest number of units, for drawing and sorting, but not for calculating. */
  toNumber(): number {
    const whole = this.#nano / NANO_PER_UNIT;
    return Number(whole) + Number(this.#nano % NANO_PER_UNIT) / 1e9;
  }

  /** Returns the canonical form: with the largest suffix that leaves no fraction. */
  toString(): string {
    if (this.isZero()) {
      return '0';
    }
    if (this.format === 'BinarySI' && this.#fitsBinary()) {
      return this.#canonical(
        this.#nano / NANO_PER_UNIT,
        1024n,
        BINARY_SUFFIXES,
      );
    }
    const suffixes =
      this.format === 'DecimalExponent' ? EXPONENT_SUFFIXES : DECIMAL_SUFFIXES;
    return this.#canonical(this.#nano, 1000n, suffixes);
  }

  toJSON(): string {
    return this.toString();
  }

  #fitsBinary(): boolean {
    const magnitude = this.#nano < 0n ? -this.#nano : this.#nano;
    return (
      magnitude >= 1024n * NANO_PER_UNIT && magnitude % NANO_PER_UNIT === 0n
    );
  }

  #canonical(amount: bigint, base: bigint, suffixes: string[]): string {
    let rest = amount;
    let step = 0;
    while (step < suffixes.length - 1 && rest % base === 0n) {
      rest /= base;
      step += 1;
    }
    return `${rest}${suffixes[step]}`;
  }
}

function power(base: bigint, exponent: bigint | number): bigint {
  let result = 1n;
  for (let count = BigInt(exponent); count > 0n; count -= 1n) {
    result *= base;
  }
  return result;
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
