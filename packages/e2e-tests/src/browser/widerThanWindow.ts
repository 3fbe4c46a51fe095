import { Page } from 'playwright-core';

/** A phone, and a window of 1440 pixels at 200 % zoom. */
const WIDTHS = [390, 720];
/** The longest time that a page takes to change its layout. */
const DEADLINE_MS = 5_000;

/** Returns the narrow widths at which a person must scroll the whole page sideways to read it. */
export async function widerThanWindow(page: Page): Promise<string[]> {
  const before = page.viewportSize()!;
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ ...before, width });
    try {
      await page.waitForFunction(fitsWindow, undefined, {
        timeout: DEADLINE_MS,
      });
    } catch {
      found.push(`${width} px`);
    }
  }
  await page.setViewportSize(before);
  return found;
}

/** Runs in the page. Tables and tabs may scroll within it. */
function fitsWindow(): boolean {
  const heading = document.querySelector('h1, h2');
  let element: Element | null = heading;
  while (element) {
    const scrolls = getComputedStyle(element).overflowX !== 'visible';
    const isRoot = element === document.documentElement;
    if ((scrolls || isRoot) && element.scrollWidth > element.clientWidth + 1) {
      return false;
    }
    element = element.parentElement;
  }
  return heading !== null;
}
