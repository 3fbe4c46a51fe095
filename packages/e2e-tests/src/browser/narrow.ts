import { Page } from 'playwright-core';

/** The width of a phone in pixels. A window of 1440 pixels at a zoom of 200% has more. */
const PHONE = 390;
/** Frames after which a page has its new layout. */
const FRAMES = 100;

/**
 * Makes the window as narrow as a phone for a moment, and returns what does not fit: a page that is wider than the
 * window, and names in tables and headings that are cut off at their end, where names often differ.
 *
 * @returns one line for each problem, empty if there is none
 */
export async function tooWideForPhone(page: Page): Promise<string[]> {
  const usual = page.viewportSize()!;
  await page.setViewportSize({ ...usual, width: PHONE });
  const findings = await page.evaluate(async frames => {
    const isCut = (element: HTMLElement) =>
      element.scrollWidth > element.clientWidth &&
      getComputedStyle(element).textOverflow === 'ellipsis';
    const find = () => {
      const { scrollWidth } = document.scrollingElement!;
      const names = document.querySelectorAll<HTMLElement>(
        '[role=rowheader] a, h1, h2, nav a',
      );
      return [
        ...(scrollWidth > window.innerWidth
          ? [`The page is ${scrollWidth} pixels wide`]
          : []),
        ...[...names].filter(isCut).map(one => `Cut off: ${one.textContent}`),
      ];
    };
    // Tables choose their columns by their measured width, some frames after the window.
    for (let frame = 0; frame < frames; frame++) {
      await new Promise(requestAnimationFrame);
      if (frame > 2 && find().length === 0) {
        break;
      }
    }
    return find();
  }, FRAMES);
  await page.setViewportSize(usual);
  return findings;
}
