import axe from 'axe-core';

/*
 * React Aria announces to screen readers through an element of the document, which outlives each test and may
 * refer to an element that an earlier test has removed.
 */
const ANNOUNCER = '[data-live-announcer]';

/**
 * Runs axe on the rendered page. The browser tests check colours: jsdom draws nothing, so axe cannot see them
 * here.
 *
 * @returns one line for each finding
 */
export async function accessibilityFindings(
  root: Element = document.body,
): Promise<string[]> {
  const context = { include: [root], exclude: [ANNOUNCER] };
  const { violations } = await axe.run(context, {
    rules: {
      'color-contrast': { enabled: false },
      // The app brings the landmarks around the page; a test renders only the page.
      region: { enabled: false },
    },
  });
  return violations.map(
    ({ id, impact, help, nodes }) =>
      `${impact} ${id}: ${help} (${nodes.map(({ html }) => html).join(' | ')})`,
  );
}
