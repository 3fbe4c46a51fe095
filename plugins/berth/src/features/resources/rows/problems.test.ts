import { CellValue } from './cells';
import { problemOfRow, statusOf } from './problems';

const cellsOf = (cells: Record<string, CellValue>) => (column: string) =>
  cells[column];

describe('problemOfRow', () => {
  it.each<[string, Record<string, CellValue>, string | undefined]>([
    [
      'a pod that crashes',
      { Ready: '0/1', Status: 'CrashLoopBackOff' },
      'danger',
    ],
    [
      'a pod without its image',
      { Ready: '0/1', Status: 'ErrImagePull' },
      'danger',
    ],
    ['a pod with a failed init container', { Status: 'Init:Error' }, 'danger'],
    ['an evicted pod', { Ready: '0/1', Status: 'Evicted' }, 'danger'],
    ['a pod on a lost node', { Ready: '1/1', Status: 'Unknown' }, 'danger'],
    ['a pod without a node', { Ready: '0/1', Status: 'Pending' }, 'warning'],
    [
      'a pod with one of two containers',
      { Ready: '1/2', Status: 'Running' },
      'warning',
    ],
    [
      'a pod that runs and is not ready',
      { Ready: '0/1', Status: 'Running' },
      'danger',
    ],
    ['a pod that runs', { Ready: '2/2', Status: 'Running' }, undefined],
    ['a pod that ended well', { Ready: '0/1', Status: 'Completed' }, undefined],
    ['a deployment without pods', { Ready: '0/3' }, 'danger'],
    ['a deployment that misses a pod', { Ready: '2/3' }, 'warning'],
    ['a deployment that is scaled to zero', { Ready: '0/0' }, undefined],
    ['a daemon set that misses a node', { Desired: 4, Ready: 3 }, 'warning'],
    ['a replica set of a former revision', { Desired: 0, Ready: 0 }, undefined],
    ['a failed job', { Status: 'Failed', Completions: '0/1' }, 'danger'],
    ['a job that runs', { Status: 'Running', Completions: '0/1' }, undefined],
    ['a service without an address', { 'External-IP': '<pending>' }, 'warning'],
    ['a claim without a volume', { Status: 'Pending' }, 'warning'],
    ['a claim that lost its volume', { Status: 'Lost' }, 'danger'],
    ['a node that is not ready', { Status: 'NotReady' }, 'danger'],
    ['a cordoned node', { Status: 'Ready,SchedulingDisabled' }, 'warning'],
    ['a certificate that is not issued', { Ready: 'False' }, 'danger'],
    ['an application out of sync', { 'Sync Status': 'OutOfSync' }, 'warning'],
    [
      'a degraded application',
      { 'Sync Status': 'Synced', 'Health Status': 'Degraded' },
      'danger',
    ],
    ['a config map', { Data: 3 }, undefined],
  ])('judges %s', (_, cells, tone) => {
    expect(problemOfRow(cellsOf(cells))?.tone).toBe(tone);
  });

  it('names the column that shows the problem', () => {
    expect(problemOfRow(cellsOf({ Ready: '1/2', Status: 'Running' }))).toEqual({
      tone: 'warning',
      column: 'Ready',
    });
  });
});

describe('statusOf', () => {
  it('takes the word about the state', () => {
    expect(statusOf(cellsOf({ Status: 'Running' }))).toBe('Running');
    expect(statusOf(cellsOf({ Status: '<none>', Phase: 'Bound' }))).toBe(
      'Bound',
    );
    expect(statusOf(cellsOf({ Ready: '1/1' }))).toBeUndefined();
  });
});
