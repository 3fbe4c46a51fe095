import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { PersonClient, PersonOpenRequest } from '../../kube';
import { aReleaseSecret } from '../__testUtils__/aReleaseSecret';
import { LATEST, ReleaseCalls } from './ReleaseCalls';

const SECRETS = '/api/v1/namespaces/shop/secrets';

/** Answers each request by its query. */
function callsTo(
  answer: (request: PersonOpenRequest) => unknown,
  options: { fromCache?: boolean; until?: Promise<void> } = {},
) {
  const requests: PersonOpenRequest[] = [];
  const client = {
    server: 'prod:6443',
    open: async (request: PersonOpenRequest) => {
      requests.push(request);
      await options.until;
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: Readable.from([Buffer.from(JSON.stringify(answer(request)))]),
      };
    },
  } as unknown as PersonClient;
  const calls = new ReleaseCalls({
    client,
    fromCache: options.fromCache ?? false,
    signal: new AbortController().signal,
  });
  return { calls, requests };
}

describe('ReleaseCalls', () => {
  it('asks for the metadata of the latest revisions, and only for that', async () => {
    const { calls, requests } = callsTo(() => ({
      items: [aReleaseSecret(), { metadata: { name: 'other' } }],
    }));
    const found = await calls.listRevisions('secret', LATEST, 'shop');
    expect(found).toMatchObject([{ name: 'web', revision: 1 }]);
    expect(requests).toMatchObject([
      {
        path: SECRETS,
        query: { labelSelector: LATEST, resourceVersion: '0' },
        headers: {
          accept:
            'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
        },
      },
    ]);
  });

  it('asks for no version where lists come from a consistent cache', async () => {
    const { calls, requests } = callsTo(() => ({ items: [] }), {
      fromCache: true,
    });
    await calls.listRevisions('configMap', LATEST);
    expect(requests[0]).toMatchObject({
      path: '/api/v1/configmaps',
      query: { labelSelector: LATEST },
    });
  });

  it('takes null for an empty list, as API servers write it', async () => {
    const { calls } = callsTo(() => ({ items: null, metadata: {} }));
    await expect(
      calls.listRevisions('secret', LATEST, 'shop'),
    ).resolves.toEqual([]);
  });

  it.each([[[]], ['text'], [{ items: 7 }]])('refuses %j', async answer => {
    const { calls } = callsTo(() => answer);
    await expect(calls.listRevisions('secret', LATEST)).rejects.toThrow(
      'something else',
    );
  });

  it('reads a list that is too large in pages', async () => {
    const { calls, requests } = callsTo(({ query = {} }) => {
      if (query.limit === undefined) {
        return { items: [{ text: 'x'.repeat(9 * 1024 * 1024) }] };
      }
      return query.continue === undefined
        ? { items: [aReleaseSecret()], metadata: { continue: 'next' } }
        : { items: [aReleaseSecret({ name: 'api' })], metadata: {} };
    });
    const found = await calls.listRevisions('secret', LATEST, 'shop');
    expect(found.map(({ name }) => name)).toEqual(['web', 'api']);
    expect(requests.map(({ query }) => query?.limit)).toEqual([
      undefined,
      '500',
      '500',
    ]);
  });

  it('reads all revisions if the first ones are too large for whole pages', async () => {
    const most = 2_000;
    const large = { items: [], pad: 'x'.repeat(8 * 1024 * 1024) };
    const { calls } = callsTo(({ query = {} }) => {
      const limit = Number(query.limit);
      const from = Number(query.continue ?? 0);
      if (from === 0 && limit > 10) {
        return large;
      }
      const next = Math.min(from + limit, most);
      return {
        items: Array.from({ length: next - from }, () => ({})),
        metadata: { ...(next < most && { continue: String(next) }) },
      };
    });
    let found = 0;
    for await (const page of calls.listContents('secret', LATEST, 'shop')) {
      found += page.length;
    }
    expect(found).toBe(most);
  });

  it('reads no endless list', async () => {
    const { calls, requests } = callsTo(() => ({
      items: [],
      metadata: { continue: 'next' },
    }));
    await expect(calls.listRevisions('secret', LATEST)).rejects.toMatchObject({
      reason: 'EndlessList',
    });
    expect(requests).toHaveLength(101);
  });

  it('makes 8 calls at a time', async () => {
    let answerAll = () => {};
    const until = new Promise<void>(resolve => {
      answerAll = resolve;
    });
    const { calls, requests } = callsTo(() => ({ items: [] }), { until });
    const lists = Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        calls.listRevisions('secret', LATEST, `ns-${index}`),
      ),
    );
    await turn();
    expect(requests).toHaveLength(8);
    answerAll();
    await lists;
    expect(requests).toHaveLength(40);
  });
});
