import { KubeError } from '../../../kube';
import { packObjects } from '../../../policyPack';
import { CheckContext } from '../types';
import { packCheck, packFinding } from './pack';

const wanted = packObjects('v1.36.0').map(({ object }) => object);
const installed = () => wanted.map(({ spec }) => ({ spec: { ...spec } }));

/** Runs the check on a cluster whose objects `get` returns, with a namespace. */
function run(
  version: string | undefined,
  get: (name: string) => unknown,
  list: () => Record<string, string> = () => ({}),
) {
  const client = {
    get: async (_: unknown, { name }: { name: string }) => get(name),
    async *list() {
      yield { metadata: { name: 'team-a', labels: list() } };
    },
  };
  return packCheck.run({
    client,
    facts: { version },
    signal: new AbortController().signal,
  } as unknown as CheckContext);
}

describe('packCheck', () => {
  it('P20 passes if each object is as in the manifest', () => {
    expect(packFinding(wanted, installed())).toMatchObject({
      status: 'Passed',
    });
  });

  it('P20 fails for a missing object, and names it', () => {
    const found = installed().map((one, index) =>
      index === 1 ? undefined : one,
    );
    expect(packFinding(wanted, found)).toMatchObject({
      status: 'Failed',
      cause: 'Missing',
      message: expect.stringContaining(
        'ValidatingAdmissionPolicyBinding identity.berth.dev',
      ),
    });
  });

  it('P20 fails for a changed object, and names it', () => {
    const found = installed();
    Object.assign(found[2].spec, { failurePolicy: 'Ignore' });
    expect(packFinding(wanted, found)).toMatchObject({
      status: 'Failed',
      cause: 'Differs',
      message: expect.stringMatching(
        /: ValidatingAdmissionPolicy placement.berth.dev$/,
      ),
    });
  });

  it.each([undefined, 'v1.20.2', 'v1.29.9'])(
    'P19 asks nothing of a cluster that cannot have the pack: %s',
    async version => {
      const get = jest.fn();
      expect(await run(version, get)).toMatchObject({ status: 'Skipped' });
      expect(get).not.toHaveBeenCalled();
    },
  );

  it('P19 names the manifest with the pack if the portal may not read it', async () => {
    const finding = await run('v1.36.0', () => {
      throw new KubeError('Forbidden', 'no');
    });
    expect(finding).toMatchObject({
      status: 'Skipped',
      message: expect.stringContaining('features=pack'),
    });
  });

  describe('of a cluster without the pack and its role', () => {
    it.each([
      ['v1.33.0', { 'berth.dev/identity': 'enforced' }, 'Failed'],
      ['v1.33.0', { 'berth.dev/placement': 'enforced' }, 'Failed'],
      ['v1.33.0', { 'berth.dev/placement': 'set' }, 'Skipped'],
      ['v1.33.0', { 'berth.dev/storage-class': 'set' }, 'Skipped'],
      ['v1.36.0', { 'berth.dev/placement': 'set' }, 'Failed'],
      ['v1.36.0', { 'berth.dev/storage-class': 'set' }, 'Failed'],
      ['v1.36.0', {}, 'Skipped'],
    ] as [string, Record<string, string>, string][])(
      'P20 on %s with a namespace that has the labels %j is %s',
      async (version, labels, status) => {
        for (const cause of ['Forbidden', 'NotFound'] as const) {
          const finding = await run(
            version,
            () => {
              throw new KubeError(cause, 'no');
            },
            () => labels,
          );
          expect(finding.status).toBe(status);
          expect(finding.cause).toBe(
            status === 'Failed' ? 'Missing' : undefined,
          );
        }
      },
    );

    it('P20 is not known if the portal may not list namespaces', async () => {
      const refuse = () => {
        throw new KubeError('Forbidden', 'no');
      };
      expect(await run('v1.33.0', refuse, refuse)).toMatchObject({
        status: 'Skipped',
      });
    });
  });

  it('reads each object by its kind and name', async () => {
    const objects = packObjects('v1.33.0').map(({ object }) => object);
    const left = [...objects];
    const get = () => left.shift();
    expect(await run('v1.33.0', get)).toMatchObject({ status: 'Passed' });
    expect(left).toEqual([]);
  });
});
