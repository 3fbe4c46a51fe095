import {
  observeNamespace,
  observeQuota,
  ObservedNamespace,
  ObservedQuota,
} from './observation';
import { StatusRecorder, StatusStores } from './StatusRecorder';
import { NamespaceRecord, QuotaRecord } from '../../model/tenancy';

function namespace(
  more: object = {},
  metadata: object = {},
): ObservedNamespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', uid: 'u-1', ...metadata },
    ...more,
  };
}

function quota(used: unknown, name = 'berth'): ObservedQuota {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name, namespace: 'shop' },
    status: { used } as ObservedQuota['status'],
  };
}

describe('observeNamespace', () => {
  it('is active', () => {
    expect(
      observeNamespace(namespace({ status: { phase: 'Active' } })),
    ).toEqual({ phase: 'Active', uid: 'u-1' });
  });

  it('shows why a deletion waits', () => {
    expect(
      observeNamespace(
        namespace(
          {
            spec: { finalizers: ['kubernetes'] },
            status: {
              phase: 'Terminating',
              conditions: [
                {
                  type: 'NamespaceDeletionContentFailure',
                  status: 'False',
                  message: 'All deleted',
                },
                {
                  type: 'NamespaceContentRemaining',
                  status: 'True',
                  message: 'pods. has 2',
                },
              ],
            },
          },
          {
            deletionTimestamp: '2026-01-01T00:00:00Z',
            finalizers: ['example.com/x'],
          },
        ),
      ),
    ).toEqual({
      phase: 'Terminating',
      uid: 'u-1',
      terminating: {
        since: '2026-01-01T00:00:00Z',
        finalizers: ['kubernetes', 'example.com/x'],
        conditions: [
          { type: 'NamespaceContentRemaining', message: 'pods. has 2' },
        ],
      },
    });
  });

  it.each([
    {
      spec: { finalizers: 'x' },
      status: { phase: 'Terminating', conditions: {} },
    },
    {
      status: {
        phase: 'Terminating',
        conditions: [null, 7, { status: 'True' }],
      },
    },
    {
      spec: { finalizers: Array(10_000).fill('x'.repeat(10_000)) },
      status: { phase: 'Terminating' },
    },
  ])('S32 keeps little of malformed objects: case %#', odd => {
    const text = JSON.stringify(observeNamespace(namespace(odd)));
    expect(text).toContain('Terminating');
    expect(text.length).toBeLessThan(6_000);
  });
});

describe('observeQuota', () => {
  it('keeps canonical quantities and nothing else', () => {
    expect(
      observeQuota(
        quota({
          'requests.cpu': '0.5',
          pods: '3',
          memory: 'lots',
          x: '1'.repeat(100),
        }),
      ),
    ).toEqual({ 'requests.cpu': '500m', pods: '3' });
    expect(observeQuota(quota('much'))).toEqual({});
    expect(observeQuota(quota(undefined))).toEqual({});
  });
});

describe('StatusRecorder', () => {
  function setUp(known?: Partial<NamespaceRecord>) {
    const stores = {
      namespaces: {
        get: jest.fn(async () => known as NamespaceRecord | undefined),
        observe: jest.fn(async () => {}),
        listByCluster: jest.fn(async () => [] as NamespaceRecord[]),
        remove: jest.fn(async () => {}),
      },
      quotas: {
        list: jest.fn(async () => [] as QuotaRecord[]),
        observe: jest.fn(async () => {}),
      },
    } satisfies StatusStores;
    const onRemoved = jest.fn();
    const recorder = new StatusRecorder(stores, { onRemoved });
    return { stores, recorder, onRemoved };
  }
  const key = { clusterId: 'c', name: 'shop' };

  it('keeps namespaces and our quotas, and ignores the rest', async () => {
    const { stores, recorder } = setUp();
    await recorder.record('c', [
      namespace(),
      quota({ pods: '1' }),
      quota({ pods: '9' }, 'another'),
      { ...namespace(), kind: 'Secret' },
    ]);
    expect(stores.namespaces.observe.mock.calls).toEqual([
      [key, { phase: 'Active', uid: 'u-1' }],
    ]);
    expect(stores.quotas.observe.mock.calls).toEqual([[key, { pods: '1' }]]);
  });

  it('writes only what changed in a list', async () => {
    const { stores, recorder } = setUp();
    const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
    const going = { deletionTimestamp: '2026-01-01T00:00:00Z' };
    const objects = names.flatMap((name, index) => [
      namespace({}, { name, uid: `u-${name}`, ...(index === 3 && going) }),
      {
        ...quota({ pods: index === 5 ? '9' : '1', 'requests.cpu': '2' }),
        metadata: { name: 'berth', namespace: name },
      },
    ]);
    stores.namespaces.listByCluster.mockResolvedValue(
      names
        .slice(0, 15)
        .map(name => ({ name, phase: 'Active', uid: `u-${name}` } as never)),
    );
    stores.quotas.list.mockResolvedValue(
      names.slice(0, 10).map(
        namespaceName =>
          ({
            namespace: namespaceName,
            used:
              namespaceName === 'n7'
                ? undefined
                : { 'requests.cpu': '2', pods: '1' },
          } as never),
      ),
    );
    await recorder.record('c', objects);
    expect(stores.namespaces.observe.mock.calls).toEqual([
      [
        { clusterId: 'c', name: 'n3' },
        expect.objectContaining({ phase: 'Terminating' }),
      ],
    ]);
    expect(stores.quotas.observe.mock.calls).toEqual([
      [
        { clusterId: 'c', name: 'n5' },
        { pods: '9', 'requests.cpu': '2' },
      ],
      [
        { clusterId: 'c', name: 'n7' },
        { pods: '1', 'requests.cpu': '2' },
      ],
    ]);
  });

  it('S21 forgets what was deleted, with its grants, and lets the reconciler forget its objects', async () => {
    const { stores, recorder, onRemoved } = setUp({
      phase: 'Terminating',
      deletingSince: 'now',
    });
    await recorder.namespaceGone(key);
    expect(stores.namespaces.remove).toHaveBeenCalledWith(key);
    expect(onRemoved.mock.calls).toEqual([['c']]);
  });

  it('reports a missing namespace that nobody deleted in the portal', async () => {
    const { stores, recorder, onRemoved } = setUp({ phase: 'Active' });
    await recorder.namespaceGone(key);
    expect(stores.namespaces.remove).not.toHaveBeenCalled();
    expect(onRemoved).not.toHaveBeenCalled();
    expect(stores.namespaces.observe).toHaveBeenCalledWith(key, {
      phase: 'Pending',
    });
    const fresh = setUp({ phase: 'Pending' });
    await fresh.recorder.namespaceGone(key);
    expect(fresh.stores.namespaces.observe).not.toHaveBeenCalled();
  });
});
