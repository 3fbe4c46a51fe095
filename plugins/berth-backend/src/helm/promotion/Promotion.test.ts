import { KubeFailure } from '@berth/plugin-berth-node';
import { aReleaseSecret } from '../__testUtils__/aReleaseSecret';
import { KubeError } from '../../kube';
import { storedRevision } from '../releases/storedRevision';
import { Promotion } from './Promotion';

const SANDBOX = { environment: 'sandbox' };
const STAGING = { environment: 'staging' };
const CHART = {
  repository: 'shop',
  name: 'web',
  version: '1.4.2',
  digest: 'd'.repeat(64),
};
const RULES = [
  {
    from: { clusterLabels: SANDBOX },
    to: { clusterLabels: STAGING },
    requires: { healthy: false },
  },
];
const DEV = { id: 'c1', name: 'dev', labels: SANDBOX };
const LAB = { id: 'c2', name: 'lab', labels: SANDBOX };

type List = (cluster: string, signal: AbortSignal) => Promise<unknown[]>;

/** Fails with the reason of the signal, as calls do, and answers nothing before. */
const hangs = (_: string, signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    const fail = () => reject(signal.reason);
    if (signal.aborted) {
      fail();
    }
    signal.addEventListener('abort', fail);
  });

/** Checks with two clusters that lists of releases can be asked of. */
function check(list: List, signal = AbortSignal.timeout(20_000)) {
  const entries = [DEV, LAB].map(cluster => ({ cluster, token: 'a token' }));
  const parts = {
    access: { list: async () => entries },
    clients: {
      forPerson: () => ({
        open: (request: { signal: AbortSignal }) => hangs('', request.signal),
      }),
    },
    entries: { enterAll: async () => ({ entered: entries, refused: [] }) },
    namespaceAccess: { list: async () => ({ items: [] }) },
    readerParts: ({ entry }: { entry: { cluster: typeof DEV } }) => ({
      assertAllowed: () => {},
      openCalls: (until: AbortSignal) => ({
        listRevisions: () => list(entry.cluster.name, until),
      }),
    }),
  };
  const person = { userRef: 'user:default/ada', groups: [], admin: true };
  return new Promotion(parts as never, RULES, { deadlineMs: 200 }).check(
    { credentials: {}, person } as never,
    { name: 'staging', labels: STAGING },
    CHART,
    signal,
  );
}

describe('Promotion', () => {
  it('H24 names a cluster that hangs, and waits for it no longer than its deadline', async () => {
    const began = performance.now();
    const { refusals, sources } = await check(async (cluster, signal) =>
      cluster === 'dev' ? hangs(cluster, signal) : [],
    );
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(sources).toEqual([]);
    expect(refusals).toEqual([
      'staging takes web 1.4.2 only after the same chart is deployed on a cluster with environment=sandbox: dev did not answer within 0.2 s',
    ]);
  });

  it('H24 names a cluster that answers the list and hangs afterwards', async () => {
    const { refusals } = await check(async cluster =>
      cluster === 'dev'
        ? [storedRevision(aReleaseSecret({ name: 'web' }), 'secret')]
        : [],
    );
    expect(refusals).toEqual([expect.stringContaining('dev')]);
  });

  it('ends with the request of the person', async () => {
    const left = new AbortController();
    const checked = check(hangs, left.signal);
    left.abort(new Error('left'));
    await expect(checked).rejects.toThrow('left');
  });

  it.each<[string, string[], KubeFailure, (string | undefined)[]]>([
    [
      'the namespaces that the admin holds',
      ['shop'],
      'Forbidden',
      [undefined, 'shop'],
    ],
    [
      'nothing more of an admin without namespaces',
      [],
      'Forbidden',
      [undefined],
    ],
    ['nothing more of a cluster that fails', ['shop'], 'Timeout', [undefined]],
  ])(
    'asks, after the refusal of the whole cluster, for %s',
    async (_, held, code, expected) => {
      const asked: unknown[] = [];
      const entries = [{ cluster: DEV, token: 'a token' }];
      const parts = {
        access: { list: async () => entries },
        clients: { forPerson: () => ({}) },
        entries: { enterAll: async () => ({ entered: entries, refused: [] }) },
        namespaceAccess: {
          list: async () => ({
            items: held.map(name => ({
              ...{ cluster: { name: 'dev' }, namespace: { name } },
              ...{ grants: [], own: true },
            })),
          }),
        },
        readerParts: () => ({
          assertAllowed: () => {},
          openCalls: () => ({
            listRevisions: async (
              _source: string,
              _selector: string,
              namespace?: string,
            ) => {
              asked.push(namespace);
              if (namespace === undefined) {
                throw new KubeError(code, 'planted refusal');
              }
              return [];
            },
          }),
        }),
      };
      const person = { userRef: 'user:default/ada', groups: [], admin: true };
      const { refusals } = await new Promotion(parts as never, RULES).check(
        { credentials: {}, person } as never,
        { name: 'staging', labels: STAGING },
        CHART,
        new AbortController().signal,
      );
      expect(asked).toEqual(expected);
      expect(refusals).toHaveLength(1);
      expect(
        refusals[0].includes('No release that you can read on dev has it'),
      ).toBe(expected.length > 1);
    },
  );
});
