import { CheckStatus, ClusterCheck } from '@berth/plugin-berth-common';
import { countChecks, verdictOf } from './summarize';

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

  it('is counted by outcome', () => {
    expect(countChecks(checks('Passed', 'Failed', 'Passed'))).toEqual({
      Passed: 2,
      Warning: 0,
      Failed: 1,
      Skipped: 0,
    });
  });
});
