import { ScalarTag } from 'yaml';

const DECIMAL = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
/** The prefix is that of a literal of Go. A `0` before other digits is the prefix of base 8. */
const INTEGER =
  /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const LOOSE_MARK = /(?<![0-9])_|_(?![0-9])/;
const MAX_DIGITS = 100;
const MAX_SIGNED = 2n ** 63n;
const MAX_UNSIGNED = 2n ** 64n;

/**
 * Reads a plain scalar that begins as a number as `kubectl` and helm do, whose decoder differs from YAML 1.1: it needs a
 * digit before an exponent, knows `0o7`, and reads a number that is too large for it as text.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2/resolve.go
 */
export function kubectlNumber(text: string): number | string {
  if (text.startsWith('.') && LOOSE_MARK.test(text)) {
    return text;
  }
  const plain = text.replace(/_/g, '');
  const integer = integerOf(plain);
  if (integer !== undefined) {
    return integer;
  }
  const number = DECIMAL.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(number) ? number : text;
}

function integerOf(plain: string): number | undefined {
  const [, sign, hex, binary, octal, decimal] = INTEGER.exec(plain) ?? [];
  const digits =
    (hex && `0x${hex}`) ??
    (binary && `0b${binary}`) ??
    (octal && `0o${octal}`) ??
    decimal;
  if (digits === undefined || digits.length > MAX_DIGITS) {
    return undefined;
  }
  const size = BigInt(digits);
  const fits =
    sign === ''
      ? size < MAX_UNSIGNED
      : size < MAX_SIGNED || (sign === '-' && size === MAX_SIGNED);
  return fits ? Number(sign === '-' ? -size : size) : undefined;
}

const NUMBER: Omit<ScalarTag, 'tag'> = {
  default: true,
  test: /^[-+]?\.?[0-9]/,
  resolve: kubectlNumber,
};

/** The tags of numbers of `kubectl`. JSON has no infinity and no NaN, so the decoder of `kubectl` refuses them. */
export const KUBECTL_NUMBERS: ScalarTag[] = [
  { ...NUMBER, tag: 'tag:yaml.org,2002:int' },
  { ...NUMBER, tag: 'tag:yaml.org,2002:float' },
  {
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
    resolve: (text, onError) => {
      onError('JSON has no such number');
      return text;
    },
  },
];
