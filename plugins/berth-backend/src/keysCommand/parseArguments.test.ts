import { parseArguments } from './parseArguments';

describe('parseArguments', () => {
  it('reads commands and options in any order', () => {
    expect(
      parseArguments([
        '--config',
        'a.yaml',
        'revoke',
        'k1',
        '--yes',
        'k2',
        '--config=b.yaml',
      ]),
    ).toEqual({
      name: 'revoke',
      kids: ['k1', 'k2'],
      config: ['a.yaml', 'b.yaml'],
      yes: true,
      json: false,
    });
    expect(parseArguments(['revoke', '--all'])).toMatchObject({ kids: 'all' });
    expect(parseArguments(['list', '--json'])).toMatchObject({
      name: 'list',
      json: true,
    });
    expect(parseArguments(['--help', 'nonsense'])).toMatchObject({
      name: 'help',
    });
  });

  it('accepts a kid that begins like an option', () => {
    const kid = '-7vVFUPLPMmBPe2bzIIuFYQhc9S8kWGbu-FNUEFqX_g';
    const parsed = { name: 'revoke', yes: true };
    expect(parseArguments(['revoke', kid, '--yes'])).toMatchObject({
      ...parsed,
      kids: [kid],
    });
    expect(parseArguments(['revoke', '-y', kid, 'k1'])).toMatchObject({
      ...parsed,
      kids: ['k1', kid],
    });
    const twice = `--${kid.slice(2)}`;
    expect(parseArguments(['revoke', twice])).toMatchObject({ kids: [twice] });
  });

  it.each([
    [[], 'Say what to do'],
    [['remove'], 'There is no command "remove"'],
    [['list', 'k1'], 'list takes no keys'],
    [['rotate', '--all'], 'rotate takes no keys'],
    [['revoke'], 'either the kids'],
    [['revoke', 'k1', '--all'], 'either the kids'],
    [['list', '--force'], '--force'],
    [['list', '--config'], '--config'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(message),
      }),
    );
  });
});
