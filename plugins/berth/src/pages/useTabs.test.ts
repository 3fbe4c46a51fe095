import { tabOf } from './useTabs';

describe('the tab of a page', () => {
  it.each([
    ['mine', 'mine'],
    ['clusters', 'clusters'],
    ['clusters/staging', 'clusters'],
    ['clusters/staging/namespaces', 'clusters'],
    ['clusters/staging/namespaces/shop/releases/web/history', 'helm'],
    ['helm', 'helm'],
    ['add', 'clusters'],
    ['quotas', 'quotas'],
    ['requests/new', 'requests'],
    ['activity', 'activity'],
    ['kubectl', 'mine'],
    ['kubectl/connect', 'mine'],
    ['', ''],
    ['nosuch', ''],
    ['minefield', ''],
  ])('of %s is %s', (path, tab) => {
    expect(tabOf(path, true)).toBe(tab);
    expect(tabOf(path, false)).toBe(tab);
  });

  it('of a namespace is the list in which the person finds it', () => {
    for (const path of [
      'clusters/staging/namespaces/shop',
      'clusters/staging/namespaces/shop/access',
    ]) {
      expect(tabOf(path, true)).toBe('namespaces');
      expect(tabOf(path, false)).toBe('mine');
    }
  });
});
