import { HelmReleaseLine } from '@berth/plugin-berth-common';
import { aRelease } from '../../../__testUtils__/helm';
import { ReleaseCollector, ReleaseListing } from './ReleaseCollector';
import { formatReleasesQuery, parseReleasesQuery } from './releasesQuery';

const AT = '2026-11-29T10:00:00.000Z';

function listingOf(
  lines: HelmReleaseLine[],
  previous?: ReleaseListing,
): ReleaseListing {
  const collector = new ReleaseCollector(previous);
  lines.forEach(line => collector.add(line));
  return collector.listing(true);
}

const start: HelmReleaseLine = {
  type: 'start',
  clusters: [{ name: 'staging', namespaces: ['shop'] }],
};
const releases = (
  ...items: ReturnType<typeof aRelease>[]
): HelmReleaseLine => ({ type: 'releases', cluster: 'staging', at: AT, items });
const done: HelmReleaseLine = { type: 'done', cluster: 'staging', count: 1 };
const web = aRelease({ updatedAt: AT });
const bare = { ...web, chart: undefined };

describe('a list of releases', () => {
  it('replaces a release by the one with its chart', () => {
    const { rows } = listingOf([start, releases(bare), releases(web), done]);
    expect(rows).toHaveLength(1);
    expect(rows[0].release.chart?.version).toBe('1.4.2');
  });

  it('keeps the row of a release that did not change, and its chart until the revision changes', () => {
    const first = listingOf([start, releases(web), done]);
    const second = listingOf([start, releases(bare), done], first);
    expect(second.rows[0]).toBe(first.rows[0]);
    const third = listingOf(
      [start, releases({ ...bare, revision: 2 })],
      second,
    );
    expect(third.rows[0].release.chart).toBeUndefined();
  });

  it('keeps the releases of a cluster that fails for now', () => {
    const first = listingOf([start, releases(web), done]);
    const failed: HelmReleaseLine = {
      type: 'failed',
      cluster: 'staging',
      cause: 'Timeout',
      message: 'Nothing.',
    };
    const { rows, failures } = listingOf([start, failed], first);
    expect(rows).toEqual(first.rows);
    expect(failures).toMatchObject([{ rowsFrom: Date.parse(AT) }]);
  });

  it('keeps its search and filters in the URL', () => {
    const written =
      'search=web&status=failed&sort=-updated&cluster=a&cluster=b&namespace=shop&chart=web';
    expect(
      formatReleasesQuery(
        parseReleasesQuery(new URLSearchParams(written)),
      ).toString(),
    ).toBe(written);
    expect(
      formatReleasesQuery(parseReleasesQuery(new URLSearchParams())).toString(),
    ).toBe('');
  });
});
