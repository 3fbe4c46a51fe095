import { useEffect } from 'react';

/**
 * Scrolls the open tab of a page's header into view: on a phone, the tabs do not all fit. The header of
 * `@backstage/ui` takes no ref.
 *
 * @param tabs - what decides which tab is open and where it lies
 */
export function useTabInView(...tabs: (string | number)[]): void {
  const key = tabs.join();
  useEffect(() => {
    document
      .querySelector('.bui-HeaderTabsWrapper [aria-current="page"]')
      ?.scrollIntoView?.({ block: 'nearest', inline: 'center' });
  }, [key]);
}
