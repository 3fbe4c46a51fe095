import { stateOf } from './status';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const at = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

describe('the state of a release', () => {
  it.each([
    [{ status: 'deployed' }, 'deployed', undefined],
    [{ status: 'failed' }, 'failed', 'danger'],
    [
      { status: 'pending-upgrade', updatedAt: at(5) },
      'pending-upgrade',
      undefined,
    ],
    [{ status: 'pending-upgrade', updatedAt: at(20) }, 'stuck', 'warning'],
    [{ status: 'uninstalling', updatedAt: at(20) }, 'stuck', 'warning'],
    [{ status: 'uninstalled', updatedAt: at(20) }, 'uninstalled', undefined],
    [{ status: 'deployed', problem: 'not gzip' }, 'unreadable', 'warning'],
    [{ status: 'unknown', source: 'objects' }, 'byObjects', undefined],
  ] as const)('%j is %s', (release, word, problem) => {
    expect(stateOf({ source: 'secret', ...release }, NOW)).toMatchObject({
      word,
      ...(problem && { problem }),
    });
    expect(stateOf({ source: 'secret', ...release }, NOW).problem).toBe(
      problem,
    );
  });
});
