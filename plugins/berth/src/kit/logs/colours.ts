import { CSSProperties } from 'react';
import { TerminalColour, TerminalStyle } from './ansi';

export type Rgb = readonly [number, number, number];

/** The backgrounds of logs, as in logs.module.css. */
export const SURFACES = {
  light: [255, 255, 255] as Rgb,
  dark: [22, 22, 24] as Rgb,
};
const TEXT = { light: [32, 32, 36] as Rgb, dark: [230, 230, 232] as Rgb };

/** The contrast that WCAG 2 asks for. */
export const MIN_CONTRAST = 4.5;

const PALETTE: readonly Rgb[] = [
  [0, 0, 0],
  [205, 49, 49],
  [13, 148, 90],
  [190, 140, 10],
  [36, 114, 200],
  [188, 63, 188],
  [17, 148, 180],
  [200, 200, 200],
  [102, 102, 102],
  [241, 76, 76],
  [35, 209, 139],
  [230, 200, 60],
  [59, 142, 234],
  [214, 112, 214],
  [41, 184, 219],
  [240, 240, 240],
];

function rgbOf(colour: TerminalColour): Rgb {
  if (typeof colour !== 'number') {
    return colour;
  }
  if (colour < 16) {
    return PALETTE[colour];
  }
  if (colour >= 232) {
    const grey = 8 + (colour - 232) * 10;
    return [grey, grey, grey];
  }
  const index = colour - 16;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  return [
    level(Math.floor(index / 36)),
    level(Math.floor(index / 6) % 6),
    level(index % 6),
  ];
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map(value => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Returns the contrast of two colours, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** How much of the background a dimmed text takes on, before it is made readable. */
const DIMMING = 0.4;

function mix(colour: Rgb, other: Rgb, part: number): Rgb {
  return colour.map((value, index) =>
    Math.round(value + (other[index] - value) * part),
  ) as unknown as Rgb;
}

/** Returns the colour, or the nearest one to black or white that can be read on a background. */
export function readable(colour: Rgb, background: Rgb): Rgb {
  const target: Rgb =
    contrast([255, 255, 255], background) > contrast([0, 0, 0], background)
      ? [255, 255, 255]
      : [0, 0, 0];
  for (let step = 0; step < 20; step += 1) {
    const mixed = mix(colour, target, step / 20);
    if (contrast(mixed, background) >= MIN_CONTRAST) {
      return mixed;
    }
  }
  return target;
}

type Theme = keyof typeof SURFACES;

/** Returns the colours of a style in a theme; no background if it is that of the log. */
export function coloursOf(
  { foreground, background, inverse, dim }: TerminalStyle,
  theme: Theme,
): { text: Rgb; background?: Rgb } {
  const text = foreground === undefined ? undefined : rgbOf(foreground);
  const behind = background === undefined ? undefined : rgbOf(background);
  const surface = inverse ? text ?? TEXT[theme] : behind;
  const wanted = inverse ? behind ?? SURFACES[theme] : text ?? TEXT[theme];
  const ground = surface ?? SURFACES[theme];
  return {
    // Opacity would take away the contrast again.
    text: readable(dim ? mix(wanted, ground, DIMMING) : wanted, ground),
    ...(surface && { background: surface }),
  };
}

const css = (colour: Rgb | undefined) =>
  colour ? `rgb(${colour.join(' ')})` : 'transparent';

const known = new Map<string, CSSProperties>();
const MAX_KNOWN = 2_000;

/** Returns the CSS of a style; its colours are variables for both themes. */
export function cssOf(style: TerminalStyle): CSSProperties | undefined {
  if (Object.keys(style).length === 0) {
    return undefined;
  }
  const key = JSON.stringify(style);
  let found = known.get(key);
  if (!found) {
    const light = coloursOf(style, 'light');
    const dark = coloursOf(style, 'dark');
    const lines = [
      style.underline && 'underline',
      style.strike && 'line-through',
    ].filter(Boolean);
    found = {
      '--log-light': css(light.text),
      '--log-dark': css(dark.text),
      '--log-light-background': css(light.background),
      '--log-dark-background': css(dark.background),
      ...(style.bold && { fontWeight: 'bold' }),
      ...(style.italic && { fontStyle: 'italic' }),
      ...(lines.length > 0 && { textDecoration: lines.join(' ') }),
    } as CSSProperties;
    if (known.size >= MAX_KNOWN) {
      known.clear();
    }
    known.set(key, found);
  }
  return found;
}

/** Returns the CSS of the name of a source: neighbours differ, and all can be read. */
export function sourceCss(index: number): CSSProperties {
  const colour = hue((index * 137.508) % 360);
  return {
    '--log-light': css(readable(colour, SURFACES.light)),
    '--log-dark': css(readable(colour, SURFACES.dark)),
  } as CSSProperties;
}

function hue(degrees: number): Rgb {
  const part = (shift: number) => {
    const position = (shift + degrees / 30) % 12;
    const value =
      0.5 - 0.35 * Math.max(-1, Math.min(position - 3, 9 - position, 1));
    return Math.round(value * 255);
  };
  return [part(0), part(8), part(4)];
}
