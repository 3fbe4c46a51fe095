import { mockServices } from '@backstage/backend-test-utils';
import { KubeError } from '@berth/plugin-berth-node';
import { KubeKey, KubeResource } from '../../kube';
import { packObjects } from '../../policyPack';
import { CLUSTER } from '../__testUtils__/fakes';
import { PackObserver } from './PackObserver';
import { readPack } from './readPack';

const NAME = 'identity.berth.dev';
const OBJECTS = packObjects('v1.33.0').map(({ object }) => object);
const ALL = Object.fromEntries(
  OBJECTS.map(({ metadata }) => [metadata.name, 'current']),
);

/** A namespace of a size class with nodes, which needs no profile. */
const GPU_NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'train', labels: { 'berth.dev/placement': 'set' } },
};

type Answer = (resource: KubeResource, key: KubeKey) => object | undefined;

const stored: Answer = ({ kind }, { name }) =>
  OBJECTS.find(one => one.kind === kind && one.metadata.name === name);
const without: Answer = (resource, key) =>
  key.name === NAME ? undefined : stored(resource, key);
const refusing: Answer = () => {
  throw new KubeError('Forbidden', 'no');
};
const silent: Answer = () => {
  throw new KubeError('TCP', 'no answer');
};
/** With changed fields of the spec of the policies or of their bindings. */
const changing =
  (kind: string, fields: object, metadata: object = {}): Answer =>
  (resource, key) => {
    const object = OBJECTS.find(one => one === stored(resource, key));
    return object && resource.kind === `ValidatingAdmissionPolicy${kind}`
      ? {
          ...object,
          metadata: { ...object.metadata, ...metadata },
          spec: { ...object.spec, ...fields },
        }
      : object;
  };

function clusterWith(answer: Answer, gitVersion = 'v1.33.0') {
  const world = { answer };
  const get = jest.fn(async (resource: KubeResource, key: KubeKey) =>
    world.answer(resource, key),
  );
  return {
    world,
    get,
    client: { get, version: async () => ({ gitVersion }) } as never,
  };
}

describe('readPack', () => {
  it.each([
    ['as in the manifest', stored, 'current'],
    [
      'of a policy that ignores failures',
      changing('', { failurePolicy: 'Ignore' }),
      'changed',
    ],
    ['of a policy without rules', changing('', { validations: [] }), 'changed'],
    [
      'of a policy with a condition',
      changing('', {
        matchConditions: [{ name: 'never', expression: 'false' }],
      }),
      'changed',
    ],
    [
      'of a binding that only warns',
      changing('Binding', { validationActions: ['Warn'] }),
      'changed',
    ],
    [
      'of a binding that leaves namespaces out',
      changing('Binding', {
        matchResources: { namespaceSelector: { matchLabels: { a: 'b' } } },
      }),
      'changed',
    ],
    [
      'of a binding of another policy',
      changing('Binding', { policyName: 'other' }),
      'changed',
    ],
    [
      'of a binding that is being deleted',
      changing('Binding', {}, { deletionTimestamp: 'now' }),
      'missing',
    ],
    ['without it', without, 'missing'],
    ['that the portal may not read', refusing, 'missing'],
  ])('P20 has the state %s', async (_, answer, state) => {
    const states = await readPack(clusterWith(answer).client);
    expect(states[NAME]).toBe(state);
  });

  it('P20 has no states of an API server that is too old, and fails without an answer', async () => {
    expect(await readPack(clusterWith(stored, 'v1.29.3').client)).toEqual({});
    expect(await readPack(clusterWith(stored).client)).toEqual(ALL);
    await expect(readPack(clusterWith(silent).client)).rejects.toThrow(
      'no answer',
    );
  });
});

describe('PackObserver', () => {
  it('P19 P20 reports a changed and a missing policy, and that it is back, but not an API server without an answer', async () => {
    const { client, get, world } = clusterWith(stored);
    const inner = {
      observe: jest.fn(async () => ({
        objects: new Map(),
        failures: new Map(),
      })),
      release: jest.fn(),
      stop: jest.fn(async () => {}),
    };
    const calls = { needed: true, changes: 0, wake: () => {} };
    const observer = new PackObserver({
      observer: inner,
      onChange: id => {
        expect(id).toBe(CLUSTER.id);
        calls.changes += 1;
        calls.wake();
      },
      logger: mockServices.logger.mock(),
      pollMs: 5,
    });
    const observe = () =>
      observer.observe({
        cluster: CLUSTER,
        client,
        keys: [],
        wanted: calls.needed ? [GPU_NAMESPACE] : [],
        inventory: [],
        signal: AbortSignal.timeout(60_000),
      });
    /** Resolves once the policies have been read twice. */
    const readTwice = () =>
      new Promise<void>(resolve => {
        let rest = 2 * OBJECTS.length;
        const { answer } = world;
        world.answer = (resource, key) => {
          rest -= 1;
          if (rest === 0) {
            resolve();
          }
          return answer(resource, key);
        };
      });
    const changed = (answer: Answer) =>
      new Promise<void>(resolve => {
        calls.wake = resolve;
        world.answer = answer;
      });

    const first = readTwice();
    await observe();
    await observe();
    await first;
    expect(calls.changes).toBe(0);
    await changed(changing('Binding', { validationActions: ['Audit'] }));
    await changed(without);
    await changed(stored);
    expect(calls.changes).toBe(3);
    world.answer = silent;
    await new Promise<void>(resolve => {
      get.mockImplementationOnce(async () => {
        resolve();
        throw new KubeError('TCP', 'no answer');
      });
    });
    world.answer = stored;
    await readTwice();
    expect(calls.changes).toBe(3);

    calls.needed = false;
    await observe();
    calls.needed = true;
    const atStart = changed(without);
    await observe();
    await atStart;
    observer.release(CLUSTER.id);
    await observer.stop();
    const reads = get.mock.calls.length;
    expect(inner.observe).toHaveBeenCalledTimes(4);
    expect(inner.release).toHaveBeenCalledWith(CLUSTER.id);
    expect(get).toHaveBeenCalledTimes(reads);
  });
});
