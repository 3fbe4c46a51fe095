import { NotFoundError } from '@backstage/errors';
import { objectsOf, notReady } from './readiness';
import { ReadyWatch } from './ReadyWatch';
import { OpenedRelease } from './ReleaseAsPerson';

jest.mock('./readiness');

const WAITING = { object: 'Deployment web', reason: '1 of 3' };

const REVISION = { revision: 1, uid: 'first', status: 'deployed' };

/** Waits for objects whose looks end as the list has it; the last end stays. */
async function watch(
  looks: (() => (typeof WAITING)[])[],
  latest: () => object[] = () => [REVISION],
) {
  jest.mocked(objectsOf).mockResolvedValue({ objects: [] } as never);
  let look = 0;
  jest
    .mocked(notReady)
    .mockImplementation(async () =>
      looks[Math.min(look++, looks.length - 1)](),
    );
  const lines: string[] = [];
  // Each look takes ten milliseconds, however fast the machine is.
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
  const end = await new ReadyWatch({
    lines: { add: (_, text) => lines.push(text) },
    open: async () => {
      now += 10;
      return { reader: { revisions: async () => latest() } } as OpenedRelease;
    },
    mayPass: () => true,
    pausesMs: [1],
    signal: new AbortController().signal,
    timeoutMs: 50,
  })
    .run(1)
    .finally(() => clock.mockRestore());
  return { end, lines };
}

const hangs = () => {
  throw new Error('The cluster does not answer');
};

describe('ReadyWatch', () => {
  it('counts the objects of the last look that ended', async () => {
    expect(await watch([() => [WAITING], hangs])).toEqual({
      end: { type: 'late', count: 1 },
      lines: ['Deployment web is not ready: 1 of 3'],
    });
  });

  it('counts no objects if no look ended', async () => {
    const { end } = await watch([hangs]);
    expect(end).toEqual({ type: 'unseen' });
  });

  it.each<[string, () => object[]]>([
    ['has a newer revision', () => [{ ...REVISION, revision: 2 }]],
    ['was installed again', () => [{ ...REVISION, uid: 'second' }]],
    ['is uninstalled', () => [{ ...REVISION, status: 'uninstalled' }]],
    [
      'is gone',
      () => {
        throw new NotFoundError('There is no such release');
      },
    ],
  ])('ends for a release that %s', async (_, after) => {
    let look = 0;
    const { end } = await watch([() => [WAITING]], () =>
      look++ === 0 ? [REVISION] : after(),
    );
    expect(end).toEqual({ type: 'replaced' });
  });
});
