import { ConfigReader } from '@backstage/config';
import { presetsFor, readValuePresets } from './presets';

const read = (...valuePresets: unknown[]) =>
  readValuePresets(
    new ConfigReader({ berth: { helm: { valuePresets } } } as never),
  );

const SMALL = { name: 'small', charts: ['shop/web'], values: { replicas: 1 } };
const WEB = { repository: 'shop', chart: 'web', version: '1.4.2' };

describe('readValuePresets', () => {
  it('reads presets, of which there are none by default', () => {
    expect(readValuePresets(new ConfigReader({}))).toEqual([]);
    const preset = {
      ...SMALL,
      title: 'Small',
      description: 'One pod',
      versions: '>=1.2 <2',
      clusters: ['prod01'],
      clusterLabels: { tier: 'one' },
    };
    expect(read(preset)).toEqual([preset]);
  });

  it.each<[string, object, RegExp]>([
    ['a bad name', { name: 'No' }, /name "No" must have lowercase/],
    ['no chart', { charts: [] }, /charts .*must name at least one chart/],
    ['a chart alone', { charts: ['web'] }, /must be repository\/chart/],
    ['a bad range', { versions: 'new' }, /must be a range of versions/],
    ['no values', { values: {} }, /values must have a value/],
    ['a list of values', { values: [1] }, /values/],
    ['another field', { value: {} }, /"value" is not a field/],
    ['long values', { values: { a: 'x'.repeat(70_000) } }, /at most 65536/],
    [
      'a password',
      { values: { db: { password: 'planted-secret' } } },
      /values\.db\.password has the name or the form of a secret/,
    ],
    [
      'a password in an address',
      { values: { url: 'https://a:planted-secret@b/' } },
      /values\.url has the name or the form of a secret/,
    ],
  ])('refuses %s, and names the setting', (_, change, rule) => {
    const refused = () => read(SMALL, { ...SMALL, name: 'b', ...change });
    expect(refused).toThrow(/^berth\.helm\.valuePresets\[1\]: /);
    expect(refused).toThrow(rule);
    expect(refused).not.toThrow(/planted-secret/);
  });

  it('refuses a name twice, and what is no list', () => {
    expect(() => read(SMALL, SMALL)).toThrow(
      'another preset has the name "small"',
    );
    expect(() =>
      readValuePresets(
        new ConfigReader({ berth: { helm: { valuePresets: {} } } } as never),
      ),
    ).toThrow('berth.helm.valuePresets must be a list');
  });
});

describe('presetsFor', () => {
  const fits = (change: object, cluster?: object) =>
    presetsFor(read({ ...SMALL, ...change }), WEB, cluster as never).length ===
    1;

  it('returns what a page needs, and nothing about where else they fit', () => {
    expect(presetsFor(read(SMALL), WEB)).toEqual([
      { name: 'small', title: 'small', values: { replicas: 1 } },
    ]);
  });

  it.each<[string, boolean]>([
    ['shop/web', true],
    ['*/web', true],
    ['shop/*', true],
    ['s*p/w*', true],
    ['shop/we', false],
    ['shop/web*x', false],
    ['sh*hop/web', false],
    ['lab/web', false],
    ['*/*', true],
    ['SHOP/web', false],
  ])('%s: %s', (pattern, expected) => {
    expect(fits({ charts: ['a/b', pattern] })).toBe(expected);
  });

  it.each<[string, boolean]>([
    ['1.4.2', true],
    ['>=1.2 <2', true],
    ['^2', false],
  ])('versions %s: %s', (versions, expected) => {
    expect(fits({ versions })).toBe(expected);
  });

  it('compares the cluster, and leaves out presets for clusters without one', () => {
    const cluster = { name: 'prod01', labels: { tier: 'one' } };
    expect(fits({}, cluster)).toBe(true);
    expect(fits({ clusters: ['prod01'] }, cluster)).toBe(true);
    expect(fits({ clusters: ['prod02'] }, cluster)).toBe(false);
    expect(fits({ clusterLabels: { tier: 'one' } }, cluster)).toBe(true);
    expect(fits({ clusterLabels: { tier: 'two' } }, cluster)).toBe(false);
    expect(fits({ clusterLabels: { constructor: 'x' } }, cluster)).toBe(false);
    expect(fits({ clusters: ['prod01'] })).toBe(false);
    expect(fits({ clusterLabels: {} })).toBe(false);
  });
});
