import { healthOf } from './health';
import { CopyMask } from './mask';

const object = (kind: string, content: object) => {
  const [apiVersion, name] = kind.split(' ');
  return { apiVersion, kind: name, ...content };
};
const condition = (type: string, status: string, more = {}) => ({
  status: { conditions: [{ type, status, ...more }] },
});
const waiting = (reason: string) => ({
  status: {
    phase: 'Pending',
    containerStatuses: [{ state: { waiting: { reason } } }],
  },
});

describe('healthOf', () => {
  it.each<[string, string, object, string?]>([
    [
      'Healthy',
      'apps/v1 Deployment',
      {
        spec: { replicas: 2 },
        status: { readyReplicas: 2, updatedReplicas: 2 },
      },
    ],
    [
      'Progressing',
      'apps/v1 Deployment',
      {
        spec: { replicas: 2 },
        status: { readyReplicas: 1, updatedReplicas: 2 },
      },
      '1 of 2 replicas are ready',
    ],
    [
      'Progressing',
      'apps/v1 Deployment',
      {
        metadata: { generation: 2 },
        spec: { replicas: 0 },
        status: { observedGeneration: 1 },
      },
      'has not seen',
    ],
    [
      'Degraded',
      'apps/v1 Deployment',
      condition('Progressing', 'False', {
        reason: 'ProgressDeadlineExceeded',
        message: 'timed out',
      }),
      'timed out',
    ],
    [
      'Degraded',
      'apps/v1 Deployment',
      condition('ReplicaFailure', 'True', { message: 'exceeded quota' }),
      'exceeded quota',
    ],
    [
      'Progressing',
      'apps/v1 StatefulSet',
      { spec: {}, status: { readyReplicas: 1 } },
      '0 of 1 replicas are updated',
    ],
    [
      'Progressing',
      'apps/v1 DaemonSet',
      {
        status: {
          desiredNumberScheduled: 3,
          numberReady: 3,
          updatedNumberScheduled: 1,
        },
      },
      '1 of 3',
    ],
    [
      'Healthy',
      'apps/v1 StatefulSet',
      {
        spec: {
          replicas: 3,
          updateStrategy: { rollingUpdate: { partition: 2 } },
        },
        status: { readyReplicas: 3, updatedReplicas: 1 },
      },
    ],
    [
      'Healthy',
      'apps/v1 StatefulSet',
      {
        spec: { updateStrategy: { type: 'OnDelete' } },
        status: { readyReplicas: 1 },
      },
    ],
    [
      'Healthy',
      'apps/v1 DaemonSet',
      {
        spec: { updateStrategy: { type: 'OnDelete' } },
        status: { desiredNumberScheduled: 3, numberReady: 3 },
      },
    ],
    [
      'Degraded',
      'v1 Pod',
      { status: { phase: 'Failed', reason: 'Evicted' } },
      'Evicted',
    ],
    [
      'Degraded',
      'example.com/v1 Widget',
      {
        status: {
          conditions: [
            { type: 'Available', status: 'True' },
            { type: 'Degraded', status: 'True', message: 'half of it' },
          ],
        },
      },
      'half of it',
    ],
    ['Healthy', 'batch/v1 Job', condition('Complete', 'True')],
    [
      'Degraded',
      'batch/v1 Job',
      condition('Failed', 'True', { reason: 'BackoffLimitExceeded' }),
      'Backoff',
    ],
    ['Progressing', 'batch/v1 Job', {}],
    ['Degraded', 'v1 Pod', waiting('ImagePullBackOff'), 'ImagePullBackOff'],
    ['Progressing', 'v1 Pod', waiting('ContainerCreating')],
    ['Healthy', 'v1 Pod', condition('Ready', 'True')],
    ['Healthy', 'v1 PersistentVolumeClaim', { status: { phase: 'Bound' } }],
    ['Degraded', 'v1 PersistentVolumeClaim', { status: { phase: 'Lost' } }],
    ['Progressing', 'v1 Service', { spec: { type: 'LoadBalancer' } }],
    ['Healthy', 'v1 Service', { spec: { type: 'ClusterIP' } }],
    ['Healthy', 'v1 ConfigMap', {}],
    [
      'Progressing',
      'example.com/v1 Widget',
      condition('Ready', 'False', { message: 'soon' }),
      'soon',
    ],
    [
      'Degraded',
      'example.com/v1 Widget',
      condition('Stalled', 'True', { reason: 'NoTeeth' }),
      'NoTeeth',
    ],
    [
      'Progressing',
      'v1 ConfigMap',
      { metadata: { deletionTimestamp: '2026-05-04T10:00:00Z' } },
      'being deleted',
    ],
  ])('%s: %s %j', (health, kind, content, message = '') => {
    const found = healthOf(object(kind, content), new CopyMask([]));
    expect(found.health).toBe(health);
    expect(found.message ?? '').toContain(message);
  });

  it('H17 hides a secret that a message has at its end', () => {
    const message = `${'x'.repeat(495)}planted-secret`;
    const { message: shown } = healthOf(
      object('example.com/v1 Widget', condition('Ready', 'False', { message })),
      new CopyMask(['planted-secret']),
    );
    expect(shown).toHaveLength(500);
    expect(shown).not.toContain('plant');
  });
});
