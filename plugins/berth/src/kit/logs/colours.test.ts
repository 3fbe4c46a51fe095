import fc from 'fast-check';
import {
  coloursOf,
  contrast,
  MIN_CONTRAST,
  readable,
  Rgb,
  SURFACES,
} from './colours';

const byte = fc.nat(255);
const rgb = fc.tuple(byte, byte, byte);
const colour = fc.option(fc.oneof(byte, rgb), { nil: undefined });

describe('the colours of logs', () => {
  it('can be read in both themes, whatever a log asks for', () => {
    fc.assert(
      fc.property(
        fc.record({
          foreground: colour,
          background: colour,
          inverse: fc.boolean(),
        }),
        fc.constantFrom('light' as const, 'dark' as const),
        (style, theme) => {
          const { text, background } = coloursOf(style, theme);
          expect(
            contrast(text, background ?? SURFACES[theme]),
          ).toBeGreaterThanOrEqual(MIN_CONTRAST);
        },
      ),
    );
  });

  it('are weaker for dimmed text', () => {
    const { text } = coloursOf({}, 'light');
    const dimmed = coloursOf({ dim: true }, 'light').text;
    expect(contrast(dimmed, SURFACES.light)).toBeLessThan(
      contrast(text, SURFACES.light),
    );
  });

  it('stay as they are if they can be read', () => {
    const blue: Rgb = [0, 0, 160];
    expect(readable(blue, SURFACES.light)).toEqual(blue);
    expect(readable(blue, SURFACES.dark)).not.toEqual(blue);
  });
});
