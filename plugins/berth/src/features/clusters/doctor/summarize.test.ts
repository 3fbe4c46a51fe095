import { CheckStatus, ClusterCheck } from '@berth/plugin-berth-common';
import { countChecks, isOutdated, verdictOf } from './summarize';

const checks = (...statuses: CheckStatus[]): ClusterCheck[] =>
  statuses.map((status, index) => ({
    id: String(index),
    title: 'Check',
    status,
    message: '',
  }));

describe('a run of checks', () => {
  it.each<[CheckStatus[], CheckStatus]>([
    [['Passed', 'Passed'], 'Passed'],
    [['Passed', 'Skipped'], 'Passed'],
    [['Passed', 'Warning', 'Skipped'], 'Warning'],
    [['Warning', 'Failed', 'Passed'], 'Failed'],
    [['Skipped'], 'Skipped'],
    [[], 'Skipped'],
  ])('of %j comes to %s', (statuses, verdict) => {
    expect(verdictOf(checks(...statuses))).toBe(verdict);
  });

  it.each([
    ['2026-11-21T07:00:00.000Z', true],
    ['2026-11-21T06:00:00.000Z', false],
    ['2026-11-21T05:59:59Z', false],
    [undefined, false],
  ])('before a state since %s is outdated: %s', (stateSince, outdated) => {
    const run = { finishedAt: '2026-11-21T06:00:00.000Z' };
    expect(isOutdated(run, stateSince)).toBe(outdated);
  });

  it('is counted by outcome', () => {
    expect(countChecks(checks('Passed', 'Failed', 'Passed'))).toEqual({
      Passed: 2,
      Warning: 0,
      Failed: 1,
      Skipped: 0,
    });
  });
});
