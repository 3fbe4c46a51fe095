import { KubeClient, KubeError, KubeObject } from '../kube';
import { keyText, namespaceKey } from './keys';
import { ReadingObserver } from './ReadingObserver';
import { Observation } from './types';

const { signal } = new AbortController();

const named = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, uid: `uid-${name}` },
});

/** A cluster that has namespaces, and counts the calls. */
class Namespaces {
  readonly calls = { get: 0, list: 0 };
  readonly #all: Map<string, KubeObject>;
  readonly #listed: string[];
  readonly #failure?: KubeError;

  /** @param listed - the namespaces that a list has, before it fails if there is a failure */
  constructor(names: string[], listed = names, failure?: KubeError) {
    this.#all = new Map(names.map(name => [name, named(name)]));
    this.#listed = listed;
    this.#failure = failure;
  }

  observe(names: string[]) {
    const client: Pick<KubeClient, 'get' | 'list'> = {
      get: async <T extends KubeObject>(
        _: unknown,
        { name }: { name: string },
      ) => {
        this.calls.get += 1;
        return this.#all.get(name) as T | undefined;
      },
      list: <T extends KubeObject>() => this.#list() as AsyncIterable<T>,
    };
    return new ReadingObserver().observe({
      client: client as KubeClient,
      keys: names.map(namespaceKey),
      signal,
    } as Observation);
  }

  async *#list(): AsyncIterable<KubeObject> {
    this.calls.list += 1;
    yield* this.#listed.map(named);
    if (this.#failure) {
      throw this.#failure;
    }
  }
}

const many = Array.from({ length: 100 }, (_, n) => `ns-${n}`);
const keysOf = (names: string[]) =>
  new Set(names.map(name => keyText(namespaceKey(name))));

describe('ReadingObserver', () => {
  it('reads few namespaces one by one', async () => {
    const cluster = new Namespaces([...many, 'other']);
    const { objects, failures } = await cluster.observe(many.slice(1));
    expect(new Set(objects.keys())).toEqual(keysOf(many.slice(1)));
    expect(failures.size).toBe(0);
    expect(cluster.calls).toEqual({ get: 99, list: 0 });
  });

  it('reads many namespaces with one list, and those that the list lacks one by one', async () => {
    const cluster = new Namespaces(
      [...many, 'other'],
      [...many.slice(2), 'other'],
    );
    const { objects } = await cluster.observe([...many, 'absent']);
    expect(new Set(objects.keys())).toEqual(keysOf(many));
    expect(cluster.calls).toEqual({ get: 3, list: 1 });
  });

  it('reads one by one what a list that fails did not have', async () => {
    const failure = new KubeError('Forbidden', 'may not list', { status: 403 });
    const cluster = new Namespaces(many, many.slice(0, 40), failure);
    const { objects } = await cluster.observe(many);
    expect(new Set(objects.keys())).toEqual(keysOf(many));
    expect(cluster.calls).toEqual({ get: 60, list: 1 });
  });

  it('fails if the list fails for the whole cluster', async () => {
    const failure = new KubeError('TCP', 'refused');
    const cluster = new Namespaces(many, [], failure);
    await expect(cluster.observe(many)).rejects.toBe(failure);
    expect(cluster.calls.get).toBe(0);
  });
});
