import { readArguments } from './readArguments';

describe('readArguments', () => {
  it('distinguishes names from sizes', () => {
    expect(
      readArguments(['reconcile', '--namespaces', '50', 'fleet', '--x=2']),
    ).toEqual({
      names: ['reconcile', 'fleet'],
      sizes: { namespaces: 50, x: 2 },
    });
    expect(readArguments([])).toEqual({ names: [], sizes: {} });
  });

  it.each([['--namespaces'], ['--namespaces', 'many'], ['--namespaces', '0']])(
    'refuses %s %s',
    (...argv) => {
      expect(() => readArguments(argv)).toThrow(
        '--namespaces needs a positive integer',
      );
    },
  );
});
