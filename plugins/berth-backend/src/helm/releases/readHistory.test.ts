import { gzipSync } from 'node:zlib';
import { KubeError } from '../../kube';
import { JsonRecord } from '../../resources/objects/json';
import { storageName } from './storedRevision';
import { readHistory } from './readHistory';
import { ReleaseCalls } from './ReleaseCalls';
import { ReleaseReader } from './ReleaseReader';

interface Written {
  revision: number;
  /** Of the content. */
  version?: number;
  /** More of the content. */
  more?: object;
  /** Of the Secret. */
  name?: string;
  resourceVersion?: string;
}

let clusters = 0;

/** The Secrets of a release, as one cluster stores them. */
class Secrets {
  readonly reads: string[] = [];
  readonly #secrets = new Map<string, JsonRecord>();
  readonly #cluster = `cluster-${clusters++}`;

  write({
    revision,
    version = revision,
    more,
    resourceVersion = '1',
    ...rest
  }: Written) {
    const name = rest.name ?? storageName('web', revision);
    const release = {
      ...{ name: 'web', namespace: 'shop', version },
      info: { status: 'deployed' },
      ...more,
    };
    const stored = gzipSync(JSON.stringify(release)).toString('base64');
    this.#secrets.set(name, {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'helm.sh/release.v1',
      metadata: {
        ...{ name, namespace: 'shop', uid: `uid-${name}`, resourceVersion },
        labels: {
          ...{ owner: 'helm', name: 'web', status: 'deployed' },
          version: String(revision),
        },
      },
      data: { release: Buffer.from(stored).toString('base64') },
    });
  }

  history() {
    const calls = Object.create(ReleaseCalls.prototype, {
      signal: { value: new AbortController().signal },
    });
    Object.assign(calls, {
      listMetadata: async () =>
        [...this.#secrets.values()].map(({ data: _, ...metadata }) => metadata),
      getContent: async (_: string, { name }: { name: string }) => {
        this.reads.push(name);
        const found = this.#secrets.get(name);
        if (!found) {
          throw new KubeError('NotFound', 'gone', { status: 404 });
        }
        return found;
      },
    });
    const address = { cluster: 'prod', namespace: 'shop', release: 'web' };
    return readHistory({
      options: { address, calls, entry: { cluster: { id: this.#cluster } } },
    } as ReleaseReader);
  }
}

describe('the history of a release', () => {
  it('H4 changes with each revision that is written again', async () => {
    const secrets = new Secrets();
    secrets.write({ revision: 1 });
    secrets.write({ revision: 2 });
    const { version, problem } = await secrets.history();
    expect(problem).toBeUndefined();
    expect(await secrets.history()).toEqual({ version });
    // The target of a rollback, or the deployed revision before a failed one.
    secrets.write({ revision: 1, resourceVersion: '2' });
    expect((await secrets.history()).version).not.toBe(version);
  });

  it('H5 has a problem with a Secret of another name that helm takes for a revision', async () => {
    const secrets = new Secrets();
    secrets.write({ revision: 1 });
    secrets.write({ revision: 99, name: 'zz-evil' });
    expect((await secrets.history()).problem).toBe(
      'helm takes objects for revisions of web that are none: 1 in shop, such as the Secret "zz-evil". Delete them, or their label "owner", first',
    );
  });

  it('H5 has a problem with a revision whose content has another number', async () => {
    const secrets = new Secrets();
    secrets.write({ revision: 1, version: 99 });
    secrets.write({ revision: 2 });
    expect((await secrets.history()).problem).toMatch(
      /^The Secret "sh.helm.release.v1.web.v1" does not hold revision 1 of web, .* helm could take the Secret/,
    );
  });

  it.each([
    { Version: 99 },
    { 'ver\u017fion': 99 },
    { Hooks: [] },
    { hooks: [{ name: 'a', Manifest: 'kind: RoleBinding' }] },
  ])('H5 has a problem with keys that only helm reads: %j', async more => {
    const secrets = new Secrets();
    secrets.write({ revision: 1, more });
    expect((await secrets.history()).problem).toMatch(
      /does not hold revision 1/,
    );
  });

  it('reads the content of each revision once, until it changes', async () => {
    const secrets = new Secrets();
    secrets.write({ revision: 1 });
    secrets.write({ revision: 2 });
    await secrets.history();
    await secrets.history();
    expect(secrets.reads).toHaveLength(2);
    secrets.write({ revision: 1, resourceVersion: '2', version: 7 });
    expect((await secrets.history()).problem).toMatch(/v1.web.v1/);
  });

  it('has a problem with more revisions than are read', async () => {
    const secrets = new Secrets();
    for (let revision = 1; revision <= 251; revision++) {
      secrets.write({ revision });
    }
    expect((await secrets.history()).problem).toMatch(
      /^web has 251 revisions, and Berth changes releases with at most 250\./,
    );
  });
});
