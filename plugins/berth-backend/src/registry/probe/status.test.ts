import { ClusterStatus } from '@berth/plugin-berth-common';
import { KubeError, KubeFailure } from '../../kube';
import { ProbeResult } from '../../model/clusters';
import { describeFailure } from './describeFailure';
import { nextStatus } from './nextStatus';

const connected: ProbeResult = {
  state: 'Connected',
  version: 'v1.33.1',
  nodes: 3,
  cpu: '12',
  memory: '48Gi',
  pods: 330,
  gpus: 2,
  advertisedGpus: 8,
};

describe('describeFailure', () => {
  it.each<[KubeFailure, string, string]>([
    ['DNS', 'Unreachable', 'DNS'],
    ['TCP', 'Unreachable', 'TCP'],
    ['Timeout', 'Unreachable', 'Timeout'],
    ['Protocol', 'Unreachable', 'Protocol'],
    ['ServerError', 'Unreachable', 'Protocol'],
    ['TLS', 'Untrusted', 'TLS'],
    ['Unauthorized', 'Unauthorized', 'Unauthorized'],
    ['Forbidden', 'Forbidden', 'Forbidden'],
  ])('maps %s to the state %s and the cause %s', (failure, state, cause) => {
    const result = describeFailure(new KubeError(failure, 'It went wrong'));
    expect(result).toMatchObject({ state, cause, problem: 'It went wrong' });
    expect(result.hint).not.toBe('');
  });
});

describe('nextStatus', () => {
  const failed = describeFailure(new KubeError('TCP', 'Refused'));
  const at = (minute: number) => `2026-01-01T00:0${minute}:00.000Z`;

  it('keeps the figures of the last success through failures', () => {
    const good = nextStatus({ state: 'Pending' }, connected, at(1));
    expect(nextStatus(good, failed, at(2))).toMatchObject({
      state: 'Unreachable',
      cause: 'TCP',
      checkedAt: at(2),
      since: at(2),
      lastSeenAt: at(1),
      version: 'v1.33.1',
      nodes: 3,
      cpu: '12',
      memory: '48Gi',
      pods: 330,
      gpus: 2,
      advertisedGpus: 8,
    });
  });

  it('changes since only with the state or the cause', () => {
    let status: ClusterStatus = { state: 'Pending' };
    const times = [failed, failed, connected, connected, failed].map(
      (result, index) => {
        status = nextStatus(status, result, at(index));
        return status.since;
      },
    );
    expect(times).toEqual([at(0), at(0), at(2), at(2), at(4)]);
  });

  it('removes cause and message when it is connected', () => {
    const bad = nextStatus({ state: 'Pending' }, failed, at(1));
    const good = nextStatus(bad, connected, at(2));
    expect(good.cause).toBeUndefined();
    expect(good.message).toBeUndefined();
  });
});
