import {
  labelSelectorMatches,
  parseFieldSelector,
  parseLabelSelector,
} from './selectors';

describe('parseLabelSelector', () => {
  const labels = { app: 'web', tier: 'front', count: '5', 'a.io/b': '' };

  it.each([
    ['', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app=web,tier=back', false],
    ['app!=api', true],
    ['missing!=x', true],
    ['app in (web, api)', true],
    ['app notin (web)', false],
    ['missing notin (web)', true],
    ['app', true],
    ['!app', false],
    ['!missing', true],
    ['a.io/b=', true],
    ['count>4', true],
    ['count<5', false],
  ])('%s → %s', (text, expected) => {
    expect(parseLabelSelector(text)(labels)).toBe(expected);
  });

  it('treats names of JavaScript object properties as ordinary labels', () => {
    expect(parseLabelSelector('constructor')({})).toBe(false);
  });

  it.each(['a in b', 'a=b=c', '=x', 'a b', 'a=x y', '-a=b', 'a>x'])(
    'refuses %j',
    text => {
      expect(() => parseLabelSelector(text)).toThrow(
        expect.objectContaining({ code: 400 }),
      );
    },
  );
});

describe('labelSelectorMatches', () => {
  it('needs every label and every expression', () => {
    const matches = labelSelectorMatches({
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['front'] },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    });
    expect(matches({ app: 'web', tier: 'front' })).toBe(true);
    expect(matches({ app: 'web', tier: 'back' })).toBe(false);
    expect(matches({ app: 'web', tier: 'front', old: '' })).toBe(false);
  });

  it('matches everything when empty and nothing when absent', () => {
    expect(labelSelectorMatches({})({})).toBe(true);
    expect(labelSelectorMatches(undefined)({})).toBe(false);
  });
});

describe('parseFieldSelector', () => {
  it('reads equality and its negation', () => {
    expect(parseFieldSelector('metadata.name=a,status.phase!=Running')).toEqual(
      [
        { field: 'metadata.name', value: 'a', negated: false },
        { field: 'status.phase', value: 'Running', negated: true },
      ],
    );
  });

  it('refuses invalid requirements', () => {
    expect(() => parseFieldSelector('metadata.name')).toThrow(
      expect.objectContaining({ code: 400 }),
    );
  });
});
