import { commandsOf, systemOf } from './commands';

const API = 'https://portal.example.com/backstage/api/berth';

describe('commandsOf', () => {
  it('installs with the shell of the system, and signs in to the same portal', () => {
    expect(commandsOf(API, 'unix')).toEqual({
      install:
        'curl -fsSL https://portal.example.com/backstage/api/berth/kubectl/cli/install.sh | sh',
      login: 'kubectl berth login https://portal.example.com/backstage',
    });
    expect(commandsOf(API, 'windows').install).toBe(
      'irm https://portal.example.com/backstage/api/berth/kubectl/cli/install.ps1 | iex',
    );
  });
});

it.each([
  ['Win32', 'windows'],
  ['Windows', 'windows'],
  ['MacIntel', 'unix'],
  ['Darwin', 'unix'],
  ['Linux x86_64', 'unix'],
  ['', 'unix'],
])('reads the platform %p as %s', (platform, system) => {
  expect(systemOf(platform)).toBe(system);
});
