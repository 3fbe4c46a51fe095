import { ObjectAction } from '@berth/plugin-berth-common';
import {
  assertHasAction,
  changeFor,
  jobOf,
  rollBackDeployment,
  rollBackSet,
} from './actions';

const NOW = new Date('2026-01-31T12:00:00Z');
const uid = 'U1';

describe('changes of objects', () => {
  it.each<
    [
      Exclude<ObjectAction, { action: 'rollBack' | 'runNow' }>,
      object,
      string | undefined,
    ]
  >([
    [{ action: 'scale', uid, replicas: 3 }, { spec: { replicas: 3 } }, 'scale'],
    [
      { action: 'restart', uid },
      {
        spec: {
          template: {
            metadata: {
              annotations: {
                'kubectl.kubernetes.io/restartedAt': '2026-01-31T12:00:00.000Z',
              },
            },
          },
        },
      },
      undefined,
    ],
    [
      { action: 'pause', uid, paused: true },
      { spec: { paused: true } },
      undefined,
    ],
    [
      { action: 'suspend', uid, suspended: true },
      { spec: { suspend: true } },
      undefined,
    ],
    [
      { action: 'cordon', uid, cordoned: true },
      { spec: { unschedulable: true } },
      undefined,
    ],
    [
      { action: 'cordon', uid, cordoned: false },
      { spec: { unschedulable: null } },
      undefined,
    ],
  ])('S58 %j names the object by its UID', (action, patch, subresource) => {
    expect(changeFor(action, {}, NOW)).toMatchObject({
      contentType: 'application/merge-patch+json',
      content: { metadata: { uid }, ...patch },
    });
    expect(changeFor(action, {}, NOW).subresource).toBe(subresource);
  });

  it('does not restart or roll back a paused Deployment', () => {
    const paused = { metadata: { name: 'web' }, spec: { paused: true } };
    expect(() => changeFor({ action: 'restart', uid }, paused, NOW)).toThrow(
      'web is paused; resume the Deployment, and then restart it',
    );
    expect(() => rollBackDeployment(paused, {})).toThrow(
      'and then roll back it',
    );
  });

  it('notices a cluster that does not know the field', () => {
    const { made } = changeFor(
      { action: 'suspend', uid, suspended: true },
      {},
      NOW,
    );
    expect(made?.({ spec: {} })).toBe(false);
    expect(made?.({ spec: { suspend: true } })).toBe(true);
  });

  it.each([
    ['ReplicaSet', 'scale'],
    ['Widget', 'scale'],
    ['Job', 'suspend'],
    ['Node', 'cordon'],
  ] as const)('a %s has %s', (kind, action) => {
    expect(() => assertHasAction(kind, action)).not.toThrow();
  });

  it.each([
    ['Pod', 'restart', 'a Pod cannot be restarted'],
    ['Job', 'runNow', 'a Job cannot be run now'],
    ['StatefulSet', 'pause', 'a StatefulSet cannot be paused'],
  ] as const)('a %s does not have %s', (kind, action, words) => {
    expect(() => assertHasAction(kind, action)).toThrow(
      `action "${action}" is not possible: ${words}`,
    );
  });

  it('rolls a Deployment back as kubectl does', () => {
    const skipped = {
      'deployment.kubernetes.io/revision': '3',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
    };
    expect(
      rollBackDeployment(
        { metadata: { uid, annotations: { ...skipped, note: 'new' } } },
        {
          metadata: {
            annotations: {
              'deployment.kubernetes.io/revision': '1',
              'deployment.kubernetes.io/desired-replicas': '2',
              'kubernetes.io/change-cause': 'first',
            },
          },
          spec: {
            template: {
              metadata: { labels: { app: 'web', 'pod-template-hash': 'abc' } },
              spec: { containers: [] },
            },
          },
        },
      ),
    ).toEqual({
      method: 'PATCH',
      contentType: 'application/json-patch+json',
      content: [
        { op: 'test', path: '/metadata/uid', value: uid },
        {
          op: 'replace',
          path: '/spec/template',
          value: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [] },
          },
        },
        {
          op: 'add',
          path: '/metadata/annotations',
          value: { ...skipped, 'kubernetes.io/change-cause': 'first' },
        },
      ],
    });
  });

  it('rolls a set back by the patch of its revision, and by nothing else in it', () => {
    const template = { $patch: 'replace', spec: {} };
    expect(
      rollBackSet(
        { metadata: { uid } },
        { data: { spec: { template }, metadata: { name: 'other' } } },
      ),
    ).toMatchObject({ content: { metadata: { uid }, spec: { template } } });
  });

  it('makes a Job of a CronJob as kubectl does, with a name that fits', () => {
    const name = 'n'.repeat(52) + 'a'.repeat(10);
    expect(
      jobOf(
        {
          apiVersion: 'batch/v1beta1',
          metadata: { name, namespace: 'web', uid },
          spec: {
            jobTemplate: {
              metadata: { labels: { app: 'x' }, annotations: { a: 'b' } },
              spec: { template: {} },
            },
          },
        },
        'abc12',
      ),
    ).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: `${name.slice(0, 57)}-abc12`,
        namespace: 'web',
        labels: { app: 'x' },
        annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', a: 'b' },
        ownerReferences: [
          { apiVersion: 'batch/v1beta1', kind: 'CronJob', name, uid },
        ],
      },
      spec: { template: {} },
    });
  });
});
