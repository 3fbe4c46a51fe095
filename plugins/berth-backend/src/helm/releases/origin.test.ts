import { originLabels, originOf } from './origin';

const LABEL = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

describe('the origin of a release', () => {
  it.each(['1.2.3', '1.2.3+build.7', `1.0.0-${'a'.repeat(100)}`, 'v1.0.0-a_'])(
    'is known again from the labels for version %s',
    version => {
      const reference = { repository: 'shop', name: 'web', version };
      const labels = originLabels(reference, 'ab'.repeat(32));
      Object.values(labels).forEach(value => expect(value).toMatch(LABEL));
      expect(originOf(labels, { name: 'web', version })).toEqual({
        repository: 'shop',
        digest: 'ab'.repeat(32).slice(0, 63),
      });
    },
  );

  it('is not known after another program changed the chart, or without labels', () => {
    const labels = originLabels(
      { repository: 'shop', name: 'web', version: '1.0.0' },
      'ab'.repeat(32),
    );
    expect(originOf(labels, { name: 'web', version: '2.0.0' })).toBeUndefined();
    expect(originOf(labels, undefined)).toBeUndefined();
    expect(originOf({}, { name: 'web', version: '1.0.0' })).toBeUndefined();
  });
});
