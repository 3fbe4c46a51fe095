import { KubeClient, KubeError } from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { runChecks } from './runChecks';
import { Check, Finding } from './types';

const context = {
  cluster: { id: 'c' } as ClusterRecord,
  client: {} as KubeClient,
  anonymous: {} as KubeClient,
};

function check(
  id: string,
  run: Check['run'] | Finding['status'],
  ...needs: string[]
): Check {
  return {
    id,
    title: id.toUpperCase(),
    needs,
    run:
      typeof run === 'function'
        ? run
        : async () => ({ status: run, message: 'm' }),
  };
}

const run = (checks: Check[], more = {}) =>
  runChecks({
    checks,
    context,
    checkDeadline: 5_000,
    runDeadline: 5_000,
    ...more,
  });

describe('runChecks', () => {
  it('skips checks that need a failed or skipped check, and names it', async () => {
    const tried = jest.fn();
    const items = await run([
      check('a', 'Warning'),
      check('b', 'Failed', 'a'),
      check('c', tried, 'b'),
      check('d', tried, 'a', 'c'),
      check('e', 'Passed', 'a'),
    ]);
    expect(
      items.map(({ id, status, message }) => [id, status, message]),
    ).toEqual([
      ['a', 'Warning', 'm'],
      ['b', 'Failed', 'm'],
      ['c', 'Skipped', '“B” must pass first'],
      ['d', 'Skipped', '“C” must pass first'],
      ['e', 'Passed', 'm'],
    ]);
    expect(tried).not.toHaveBeenCalled();
    expect(items[2]).not.toHaveProperty('durationMs');
    expect(items[4].durationMs).toEqual(expect.any(Number));
  });

  it('passes facts on to later checks, and does not return them', async () => {
    const seen = jest.fn();
    const items = await run([
      check('a', async () => ({
        status: 'Passed',
        message: 'm',
        facts: { version: 'v1.33.1' },
      })),
      check('b', async ({ facts }) => {
        seen(facts.version);
        return { status: 'Passed', message: 'm' };
      }),
    ]);
    expect(seen).toHaveBeenCalledWith('v1.33.1');
    expect(items[0]).not.toHaveProperty('facts');
  });

  it('names the cause and the fix of a failed call', async () => {
    const [item] = await run([
      check('a', async () => {
        throw new KubeError('Forbidden', 'not for you');
      }),
    ]);
    expect(item).toMatchObject({
      status: 'Failed',
      cause: 'Forbidden',
      message: 'not for you',
      hint: expect.stringContaining('Apply the onboarding manifest'),
    });
  });

  it('S46 does not blame the cluster for a failure of the portal, and shows no token', async () => {
    const [item] = await run([
      check('a', async () => {
        throw new Error('no key, had eyJhbGciOiJSUzI1NiJ9.e30.c2ln');
      }),
    ]);
    expect(item).toMatchObject({ status: 'Failed', cause: 'Portal' });
    expect(item.message).toContain('no key');
    expect(item.message).not.toContain('eyJ');
  });

  it('ends a check at its deadline even if it ignores the signal', async () => {
    const items = await run(
      [check('a', () => new Promise(() => {})), check('b', 'Passed')],
      { checkDeadline: 50 },
    );
    expect(items).toMatchObject([
      { status: 'Failed', cause: 'Timeout' },
      { status: 'Passed' },
    ]);
  });

  it('ends a run at its deadline, and names the skipped checks', async () => {
    const slow = () => new Promise<Finding>(() => {});
    const items = await run(
      [check('a', slow), check('b', slow), check('c', 'Passed')],
      { runDeadline: 100 },
    );
    expect(items).toMatchObject([
      { status: 'Failed', cause: 'Timeout' },
      { status: 'Skipped', message: expect.stringContaining('0.1 s') },
      { status: 'Skipped' },
    ]);
  });

  it('rejects when it is stopped', async () => {
    const stop = new AbortController();
    const running = run(
      [
        check('a', async () => {
          stop.abort(new Error('stopped'));
          return { status: 'Passed', message: 'm' };
        }),
      ],
      { signal: stop.signal },
    );
    await expect(running).rejects.toThrow('stopped');
  });
});
