import { Page } from 'playwright-core';

const ROW = '.bui-TableRow';
/** The minimum number of rows before an action. */
const SEEN = 8;

/** The actions of a person in a list. Each returns the milliseconds that it takes. */
export const actions: Record<string, (page: Page) => Promise<number>> = {
  'next page': nextPage,
  scroll,
  key,
};

/** Opens the list with a number of rows, and waits until it shows them. */
export async function openList(page: Page, size: number): Promise<void> {
  await page.goto(
    new URL(`/berth/namespaces?size=${size}`, page.url()).toString(),
  );
  await page.waitForFunction(
    ([row, count]) =>
      document.querySelectorAll(`${row}`).length >= Number(count),
    [ROW, SEEN],
  );
  await page.waitForLoadState('networkidle');
}

/** Returns the time from the click until other rows are painted. */
function nextPage(page: Page): Promise<number> {
  return page.evaluate(async row => {
    const first = () => document.querySelector(row)?.textContent;
    const before = first();
    const frame = () => new Promise(requestAnimationFrame);
    const button = document.querySelector<HTMLElement>(
      '[aria-label="Next table page"]',
    )!;
    const began = performance.now();
    button.click();
    while (first() === before || !first()) {
      await frame();
    }
    await frame();
    return performance.now() - began;
  }, ROW);
}

/**
 * Returns the longest time between two frames while the rows are scrolled to their end, an eighth of a screen
 * at a time.
 */
function scroll(page: Page): Promise<number> {
  return page.evaluate(async row => {
    const scrolls = (element: Element) =>
      element.scrollHeight > element.clientHeight + 1 &&
      getComputedStyle(element).overflowY === 'auto';
    let scroller = document.querySelector(row)!;
    while (!scrolls(scroller) && scroller.parentElement) {
      scroller = scroller.parentElement;
    }
    const frame = () => new Promise<number>(requestAnimationFrame);
    const end = scroller.scrollHeight - scroller.clientHeight - 1;
    let longest = 0;
    let before = await frame();
    while (scroller.scrollTop < end) {
      scroller.scrollBy(0, window.innerHeight / 8);
      const now = await frame();
      longest = Math.max(longest, now - before);
      before = now;
    }
    return longest;
  }, ROW);
}

/** Returns the time from a key press in the search field until the text is painted there. */
async function key(page: Page): Promise<number> {
  await page.getByRole('searchbox').first().focus();
  const pressed = await page.evaluateHandle(() => ({
    painted: new Promise<number>(resolve => {
      const afterPaint = (began: number) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - began);
        port2.postMessage(undefined);
      };
      document.activeElement!.addEventListener(
        'keydown',
        ({ timeStamp }) => requestAnimationFrame(() => afterPaint(timeStamp)),
        { once: true },
      );
    }),
  }));
  await page.keyboard.press('s');
  return pressed.evaluate(({ painted }) => painted);
}
