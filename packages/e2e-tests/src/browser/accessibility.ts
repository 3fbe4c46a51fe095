import type { Result } from 'axe-core';
import { readFile } from 'node:fs/promises';
import { Page } from 'playwright-core';

/** Elements that do not belong to Berth, so Berth cannot fix them. */
const NOT_OURS = [
  // The tabs of the app's plugin header, also around other plugins' pages, name panels that it does not draw.
  '.bui-PluginHeader .bui-Tab',
];

const GRAVE = ['serious', 'critical'];

/**
 * What axe finds gravely wrong with what a page shows, colours included.
 *
 * @returns one line for each finding, empty if all is well
 */
export async function graveFindings(page: Page): Promise<string[]> {
  // As text: it is for browsers, and wants a document when it is loaded.
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
