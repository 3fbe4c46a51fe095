import { KubeClient, KubeError, KubeKey } from '../../kube';
import { InventoryEntry } from '../types';
import { FormerBinding } from './DatabaseFormerBindings';
import { settleFormerBindings } from './settleFormerBindings';

const NOW = '2026-11-30T12:00:00.000Z';

describe('settleFormerBindings', () => {
  const run = async ({
    kubeSystemUid,
    deletedAt = '2026-11-30T11:00:00.000Z',
    inventory = [],
  }: {
    kubeSystemUid?: string;
    deletedAt?: string;
    inventory?: InventoryEntry[];
  }) => {
    jest.useFakeTimers({ now: new Date(NOW) });
    const bindings = ['gone', 'there', 'unread'].map(
      (namespace): FormerBinding => ({
        formerId: 'former',
        namespace,
        name: 'berth:personal:edit:x:y',
        deletedAt,
      }),
    );
    const settled: string[] = [];
    const get = async (_: unknown, { namespace }: KubeKey) => {
      if (namespace === 'unread') {
        throw new KubeError('Timeout', 'no answer');
      }
      return namespace === 'there' ? { metadata: {} } : undefined;
    };
    const left = await settleFormerBindings(
      {
        of: async () => bindings,
        settle: async (_, some) => {
          settled.push(...some.map(({ namespace }) => namespace));
        },
      },
      {
        cluster: { id: 'c', kubeSystemUid },
        client: { get } as unknown as KubeClient,
        forgetMs: 60_000,
        inventory,
        signal: new AbortController().signal,
      },
    );
    jest.useRealTimers();
    return { left, settled };
  };

  it('P8 S21 forgets only what the cluster does not have any more', async () => {
    expect(await run({ kubeSystemUid: 'kube-1' })).toEqual({
      left: true,
      settled: ['gone'],
    });
  });

  it('P8 S21 forgets what the inventory of the new registration has by its UID', async () => {
    const entry = (namespace: string, uid?: string): InventoryEntry => ({
      kind: 'RoleBinding',
      namespace,
      name: 'berth:personal:edit:x:y',
      ...(uid !== undefined && { uid }),
    });
    const { settled } = await run({
      kubeSystemUid: 'kube-1',
      inventory: [entry('there', 'uid-b'), entry('unread')],
    });
    expect(settled.sort()).toEqual(['gone', 'there']);
  });

  it.each([
    ['an unknown cluster', {}],
    [
      'a registration that was deleted just now, whose worker may still create bindings',
      { kubeSystemUid: 'kube-1', deletedAt: '2026-11-30T11:59:30.000Z' },
    ],
  ])('P8 S21 forgets nothing of %s', async (_, state) => {
    expect(await run(state)).toEqual({ left: true, settled: [] });
  });
});
