import { useEffect } from 'react';
import { configApiRef, useApi } from '@backstage/core-plugin-api';

/**
 * Names the page in the browser's tab, history and bookmarks. Neither the header of `@backstage/ui` nor the new
 * frontend system does so.
 *
 * @param parts - from the most specific to the most general, such as `team-a on staging`, `Namespaces`; the title
 *   of the app is added at the end
 */
export function usePageTitle(...parts: string[]): void {
  const app = useApi(configApiRef).getOptionalString('app.title');
  const suffix = app ?? 'Backstage';
  const title = [...parts, suffix].join(' | ');
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(
    () => () => {
      document.title = suffix;
    },
    [suffix],
  );
}
