import { aRelease } from '../../../__testUtils__/helm';
import { newerChart, originsOf } from './newestCharts';

describe('newerChart', () => {
  const newest = new Map([
    ['platform/web', '1.10.0'],
    ['lab/web', '9.0.0'],
    ['platform/odd', 'latest'],
  ]);
  const origin = { repository: 'platform' };

  it.each([
    ['web', '1.9.0', '1.10.0'],
    ['web', 'v1.9.0', '1.10.0'],
    ['web', '1.10.0', undefined],
    ['web', '2.0.0-rc.1', undefined],
    ['web', '1.10.0-rc.1', '1.10.0'],
    ['web', 'main', undefined],
    ['odd', '1.0.0', undefined],
    ['cache', '1.0.0', undefined],
  ])('of %s %s is %s', (name, version, newer) => {
    const release = aRelease({ chart: { name, version }, origin });
    expect(newerChart(release, newest)).toBe(newer);
  });

  it('is none for a chart whose repository is not known', () => {
    expect(newerChart(aRelease(), newest)).toBeUndefined();
    expect(newerChart({ origin }, newest)).toBeUndefined();
  });
});

describe('originsOf', () => {
  it('has the charts of all releases', () => {
    const releases = Array.from({ length: 250 }, (_, n) => ({
      chart: { name: `web${n}`, version: '1.0.0' },
      origin: { repository: `lab${n}` },
    }));
    const { repository, name } = originsOf(releases);
    expect([repository.length, name.length]).toEqual([250, 250]);
  });

  it('leaves out names that the API refuses', () => {
    const of = (repository: string, name: string) =>
      aRelease({ chart: { name, version: '1.0.0' }, origin: { repository } });
    expect(
      originsOf([
        of('platform', 'web'),
        of('platform', 'not a chart'),
        of('Platform', 'cache'),
        aRelease(),
      ]),
    ).toEqual({ repository: ['platform'], name: ['web'] });
  });
});
