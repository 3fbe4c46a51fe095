/** A colour of a terminal: one of 256, or red, green and blue. */
export type TerminalColour = number | readonly [number, number, number];

export interface TerminalStyle {
  foreground?: TerminalColour;
  background?: TerminalColour;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  inverse?: boolean;
}

/** A part of a line in one style. */
export interface StyledText {
  text: string;
  style: TerminalStyle;
}

/*
 * Control sequences with their parameters and last letter; other escape sequences, such as titles and links; then
 * characters that no log should show as they are: control characters, and those that change the direction of text.
 */
const SPECIAL =
  // eslint-disable-next-line no-control-regex -- these characters are what is looked for
  /\u001b\[([0-?]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[ -~]?|[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Returns a line as people read it, without colours. */
export function plainText(line: string): string {
  return line.replace(SPECIAL, visible);
}

/** Divides a line into parts of one style. Only colours and weights have an effect; what else a terminal does has none. */
export function parseAnsi(line: string): StyledText[] {
  const parts: StyledText[] = [];
  let style: TerminalStyle = {};
  let text = '';
  let end = 0;
  for (const match of line.matchAll(SPECIAL)) {
    const [whole, parameters, letter] = match;
    text += line.slice(end, match.index);
    end = match.index + whole.length;
    if (letter === 'm') {
      if (text !== '') {
        parts.push({ text, style });
        text = '';
      }
      style = changed(style, parameters);
    } else {
      text += visible(whole);
    }
  }
  text += line.slice(end);
  return text === '' ? parts : [...parts, { text, style }];
}

/** Control characters have a picture. Escape sequences are left out. */
function visible(special: string): string {
  if (special.startsWith('\u001b')) {
    return '';
  }
  const code = special.charCodeAt(0);
  if (code < 0x20) {
    return String.fromCharCode(0x2400 + code);
  }
  return code === 0x7f ? '\u2421' : '\ufffd';
}

const ON: Record<number, keyof TerminalStyle> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
};
const OFF: Record<number, readonly (keyof TerminalStyle)[]> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
  39: ['foreground'],
  49: ['background'],
};

function changed(style: TerminalStyle, parameters: string): TerminalStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let now = { ...style };
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index];
    if (code === 0) {
      now = {};
    } else if (ON[code]) {
      now = { ...now, [ON[code]]: true };
    } else if (OFF[code]) {
      now = { ...now };
      for (const name of OFF[code]) {
        delete now[name];
      }
    } else if (code === 38 || code === 48) {
      const { colour, used } = extendedColour(codes.slice(index + 1));
      now[code === 38 ? 'foreground' : 'background'] = colour;
      index += used;
    } else {
      const plain = plainColour(code);
      if (plain) {
        now[plain.target] = plain.colour;
      }
    }
  }
  return now;
}

function plainColour(code: number) {
  const ranges = [
    { from: 30, target: 'foreground', first: 0 },
    { from: 40, target: 'background', first: 0 },
    { from: 90, target: 'foreground', first: 8 },
    { from: 100, target: 'background', first: 8 },
  ] as const;
  const range = ranges.find(({ from }) => code >= from && code < from + 8);
  return (
    range && { target: range.target, colour: code - range.from + range.first }
  );
}

/** Reads `5;n` or `2;r;g;b`. */
function extendedColour([kind, ...values]: number[]): {
  colour?: TerminalColour;
  used: number;
} {
  const isByte = (value: number | undefined): value is number =>
    Number.isInteger(value) && value! >= 0 && value! <= 255;
  if (kind === 5 && isByte(values[0])) {
    return { colour: values[0], used: 2 };
  }
  const [red, green, blue] = values;
  if (kind === 2 && isByte(red) && isByte(green) && isByte(blue)) {
    return { colour: [red, green, blue], used: 4 };
  }
  return { used: 1 };
}
