import { matchPath } from 'react-router-dom';

const TABS = [
  'mine',
  'clusters',
  'namespaces',
  'quotas',
  'requests',
  'activity',
] as const;

/**
 * Returns the tab of a page.
 *
 * @param path - below the root of Berth, such as `clusters/staging/namespaces/shop`
 * @returns empty if the page has no tab
 */
export function tabOf(path: string, all: boolean): string {
  if (matchPath('/clusters/:name/namespaces/:namespace/*', `/${path}`)) {
    // Only admins and auditors have a list of all namespaces.
    return all ? 'namespaces' : 'mine';
  }
  if (matchPath('/add', `/${path}`)) {
    return 'clusters';
  }
  if (matchPath('/kubectl/*', `/${path}`)) {
    return 'mine';
  }
  return TABS.find(tab => matchPath(`/${tab}/*`, `/${path}`)) ?? '';
}
