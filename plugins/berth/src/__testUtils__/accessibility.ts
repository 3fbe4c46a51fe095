import axe from 'axe-core';

/*
 * The tabs of @backstage/ui's plugin header name panels that it does not draw (`aria-controls`). That is the
 * app's header, also around every other plugin's pages.
 */
const HEADER_TABS = '.bui-PluginHeader .bui-Tab';

/*
 * Where react-aria speaks to screen readers, for a moment, by the name of an element that an earlier test may
 * have taken away already. It outlives each test, as it belongs to the document.
 */
const ANNOUNCER = '[data-live-announcer]';

/**
 * What axe finds wrong with what is shown. Colours are left to the browser tests: jsdom draws nothing, so
 * axe cannot see them here.
 *
 * @returns one line for each finding, empty if all is well
 */
export async function accessibilityFindings(
  root: Element = document.body,
): Promise<string[]> {
  const context = { include: [root], exclude: [HEADER_TABS, ANNOUNCER] };
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
