import { Page } from 'playwright-core';
import { ExamplePage } from './examplePages';

/**
 * Opens a page and waits until it shows all that it is going to.
 *
 * @param page - in which a person has signed in
 */
export async function openExamplePage(
  page: Page,
  { path, shows, open }: ExamplePage,
): Promise<void> {
  await page.evaluate(goTo, path);
  // Nothing is to look hovered.
  const { width, height } = page.viewportSize()!;
  await page.mouse.move(width - 1, height - 1);
  await shows(page).waitFor();
  await page.waitForLoadState('networkidle');
  await open?.(page);
  await page.evaluate(finishAnimations);
}

/** Navigates as a link in the portal does: to load the unminified bundle again takes ten seconds or more. */
function goTo(path: string): void {
  window.history.pushState({}, '', path);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/**
 * Pictures and colours are those of the end, however long dialogs and lists take to appear. Animations that
 * follow scrolling, such as shadows of what is scrolled away, are where they should be.
 */
function finishAnimations(): void {
  for (const animation of document.getAnimations()) {
    const isTimed = animation.timeline instanceof DocumentTimeline;
    if (isTimed && animation.effect?.getComputedTiming().endTime !== Infinity) {
      animation.finish();
    }
  }
}
