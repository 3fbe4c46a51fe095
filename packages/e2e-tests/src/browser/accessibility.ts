import type { Result } from 'axe-core';
import { readFile } from 'node:fs/promises';
import { Page } from 'playwright-core';

/** Elements that do not belong to Berth, so Berth cannot fix them. */
const NOT_OURS = [
  // The tabs of the app's plugin header refer to panels that the header does not draw, also on other plugins'
  // pages.
  '.bui-PluginHeader .bui-Tab',
  // The name of the notifications plugin's item lacks the count that the item shows.
  'a[href="/notifications"]',
  // React Aria announces the end of a pending button by the button's id for seven seconds, also after the button is
  // gone.
  '[data-live-announcer]',
];

const GRAVE = ['serious', 'critical'];

/**
 * Returns the serious accessibility problems that axe finds on a page, colours included.
 *
 * @returns one line for each problem, empty if there is none
 */
export async function graveFindings(page: Page): Promise<string[]> {
  // As text, because axe is for browsers and needs a document when it is loaded.
  await page.evaluate(
    await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'),
  );
  const violations = await page.evaluate(
    async exclude =>
      (
        await (window as any).axe.run(
          { exclude },
          { resultTypes: ['violations'] },
        )
      ).violations as Result[],
    NOT_OURS,
  );
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) =>
          `${id}: ${html.slice(0, 300)}\n${failureSummary}`,
      ),
    );
}
