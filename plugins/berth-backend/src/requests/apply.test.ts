import { RequestSpec } from '@berth/plugin-berth-common';
import { Provisioned, settle } from './apply';
import { RequestRecord } from './model';

const CREATED = '2026-01-01T00:00:00.000Z';
const BEGUN = '2026-01-01T00:10:00.000Z';
const MINUTE = 60_000;
const TIMEOUT = { timeoutMs: 30 * MINUTE };

const SPEC: RequestSpec = {
  kind: 'namespace',
  cluster: 'prod',
  namespace: 'shop',
  group: 'group:default/team-a',
  quota: { sizeClass: 'small' },
};

const request = {
  spec: SPEC,
  applied: { at: BEGUN, namespaceCreatedAt: CREATED, grantId: 'g1' },
  bounds: { hard: { pods: '1' }, limits: [], priorityClasses: [] },
  updatedAt: BEGUN,
} as unknown as RequestRecord;

const there = (more: object = {}) =>
  ({
    cluster: true,
    namespace: { createdAt: CREATED, phase: 'Active', state: 'Ready' },
    grants: [{ id: 'g1', state: 'Ready' }],
    quota: { state: 'Ready', hard: { pods: '1' } },
    ...more,
  } as unknown as Provisioned);

const namespaceIs = (more: object) => ({
  namespace: { createdAt: CREATED, phase: 'Active', state: 'Ready', ...more },
});

const failing = { state: 'Failed', cause: 'Forbidden', message: 'No' };

const after = (minutes: number) => ({
  ...TIMEOUT,
  now: new Date(new Date(BEGUN).getTime() + minutes * MINUTE),
});

describe('what was provisioned', () => {
  it.each<[string, Provisioned, number, string, string | undefined]>([
    ['is there', there(), 0, 'Ready', undefined],
    ['is there, late', there(), 99, 'Ready', undefined],
    [
      'has no namespace on the cluster yet',
      there(namespaceIs({ phase: 'Pending' })),
      1,
      'Provisioning',
      undefined,
    ],
    [
      'has no binding yet',
      there({ grants: [{ id: 'g1', state: 'Pending' }] }),
      1,
      'Provisioning',
      undefined,
    ],
    [
      'has no quota yet',
      there({ quota: { state: 'Pending', hard: { pods: '1' } } }),
      1,
      'Provisioning',
      undefined,
    ],
    [
      'fails, and may still recover',
      there(namespaceIs(failing)),
      29,
      'Provisioning',
      undefined,
    ],
    [
      'has failed for too long',
      there(namespaceIs(failing)),
      30,
      'Failed',
      'It was not ready on the cluster after 30 min (Forbidden: No). Berth keeps trying; try again within a day to check',
    ],
    [
      'is on a cluster that is gone',
      there({ cluster: false }),
      0,
      'Failed',
      'The cluster prod was deleted from the portal',
    ],
    [
      'is gone',
      there({ namespace: undefined }),
      0,
      'Failed',
      'The namespace shop was deleted meanwhile',
    ],
    [
      'is another namespace by now',
      there(namespaceIs({ createdAt: BEGUN })),
      0,
      'Failed',
      'The namespace shop was deleted meanwhile',
    ],
    [
      'is to be deleted',
      there(namespaceIs({ deletingSince: BEGUN })),
      0,
      'Failed',
      'The namespace shop was deleted meanwhile',
    ],
    [
      'has lost its grant',
      there({ grants: [] }),
      0,
      'Failed',
      'The grant ended, or was taken away, meanwhile',
    ],
    [
      'has lost its quota',
      there({ quota: undefined }),
      0,
      'Failed',
      'The quota was taken away meanwhile',
    ],
    [
      'has another quota',
      there({ quota: { state: 'Ready', hard: { pods: '9' } } }),
      0,
      'Failed',
      'The quota was set to something else meanwhile',
    ],
  ])('%s', (_, seen, minutes, state, reason) => {
    expect(settle(request, seen, after(minutes))).toEqual({
      state,
      ...(reason && { reason }),
    });
  });

  it.each([
    'NamespaceExists',
    'ManagedElsewhere',
    'ManagedByFormerRegistration',
  ])('is removed if the name is taken: %s', cause => {
    const taken = { state: 'Failed', cause, message: 'Is' };
    expect(
      settle(
        request,
        there(namespaceIs({ ...taken, phase: 'Pending' })),
        after(0),
      ),
    ).toEqual({
      state: 'Failed',
      reason: `${cause}: Is`,
      undo: true,
    });
  });

  it('is ready as a role even if the namespace has other problems', () => {
    const grant = {
      ...request,
      spec: { ...SPEC, kind: 'grant', role: 'view' },
    } as unknown as RequestRecord;
    expect(
      settle(
        grant,
        there({ ...namespaceIs(failing), quota: undefined }),
        after(0),
      ),
    ).toEqual({ state: 'Ready' });
  });
});
