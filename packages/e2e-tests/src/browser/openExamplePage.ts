import { Page } from 'playwright-core';
import { ExamplePage } from './examplePages';

/**
 * Opens a page and waits until it has loaded completely.
 *
 * @param page - a page in which a person has signed in
 */
export async function openExamplePage(
  page: Page,
  { path, shows, open }: ExamplePage,
): Promise<void> {
  await page.evaluate(goTo, path);
  // Moves the mouse away, so that no element looks hovered.
  const { width, height } = page.viewportSize()!;
  await page.mouse.move(width - 1, height - 1);
  await shows(page).waitFor();
  await page.waitForLoadState('networkidle');
  await open?.(page);
  await page.evaluate(finishAnimations);
}

/** Navigates like a link in the portal, because loading the unminified bundle again takes ten seconds or more. */
function goTo(path: string): void {
  window.history.pushState({}, '', path);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/**
 * Finishes timed animations, so that pictures and colours are final even if dialogs and lists appear slowly.
 * Animations that follow scrolling, such as the shadows of scrolled content, stay unchanged.
 */
function finishAnimations(): void {
  for (const animation of document.getAnimations()) {
    const isTimed = animation.timeline instanceof DocumentTimeline;
    if (isTimed && animation.effect?.getComputedTiming().endTime !== Infinity) {
      animation.finish();
    }
  }
}
