import { randomBytes } from 'node:crypto';
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
  /** Replaces a part of the content. */
  edit?: [from: string, to: string];
  /** Of the Secret. */
  name?: string;
  resourceVersion?: string;
}

const PAGE = 100;
let clusters = 0;

/** The Secrets of a release, as one cluster stores them. */
class Secrets {
  readonly reads: string[] = [];
  /** How many pages of contents were read. */
  pages = 0;
  /** Called before contents are read. */
  onContents = () => {};
  readonly #secrets = new Map<string, JsonRecord>();
  readonly #cluster = `cluster-${clusters++}`;

  write({
    revision,
    version = revision,
    more,
    edit: [from, to] = ['', ''],
    resourceVersion = '1',
    ...rest
  }: Written) {
    const name = rest.name ?? storageName('web', revision);
    const release = {
      ...{ name: 'web', namespace: 'shop', version },
      info: { status: 'deployed' },
      ...more,
    };
    const text = JSON.stringify(release).replace(from, () => to);
    const stored = gzipSync(text).toString('base64');
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
    const secrets = () => [...this.#secrets.values()];
    const listContents = async function* pages(this: Secrets) {
      this.onContents();
      for (let from = 0; from < secrets().length; from += PAGE) {
        this.pages++;
        yield secrets().slice(from, from + PAGE);
      }
    };
    Object.assign(calls, {
      listContents: listContents.bind(this),
      listMetadata: async () =>
        secrets().map(({ data: _, ...metadata }) => metadata),
      getContent: async (_: string, { name }: { name: string }) => {
        this.onContents();
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

jest.setTimeout(60_000);

describe('the history of a release', () => {
  it('H4 changes with each revision that is written again', async () => {
    const secrets = new Secrets();
    secrets.write({ revision: 1 });
    secrets.write({ revision: 2 });
    const { version, problem } = await secrets.history();
    expect(problem).toBeUndefined();
    expect(await secrets.history()).toMatchObject({ version });
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

  it.each([
    ['{"name"', '{"hooks":[{"name":"a"}],"hooks":[],"name"'],
    ['{"name"', '{"hooks":[],"h\\u006foks":[],"name"'],
    ['"info":{', '"config":{"a":{"b":[{"c":1,"c":1}]}},"info":{'],
    ['"info":{', '"config":{"\\ud800":1,"\\ud801":2},"info":{'],
  ])(
    'H5 has a problem with a key that comes twice: %s as %s',
    async (...edit) => {
      const secrets = new Secrets();
      secrets.write({ revision: 1, edit });
      expect((await secrets.history()).problem).toMatch(
        /does not hold revision 1/,
      );
    },
  );

  it('H5 accepts keys that come once in each object', async () => {
    const secrets = new Secrets();
    const config = { a: { name: 'a' }, b: [{ name: 'b' }, { name: 'c' }] };
    secrets.write({ revision: 1, more: { config, hooks: [{ name: 'd' }] } });
    expect((await secrets.history()).problem).toBeUndefined();
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

  it('reads many revisions in pages, and each once', async () => {
    const secrets = new Secrets();
    for (let revision = 1; revision <= 300; revision++) {
      secrets.write({ revision });
    }
    const { checked, problem } = await secrets.history();
    expect(problem).toBeUndefined();
    expect(checked).toHaveLength(300);
    expect(secrets.pages).toBe(3);
    secrets.write({ revision: 301 });
    expect((await secrets.history()).checked).toHaveLength(301);
    expect(secrets.reads).toEqual(['sh.helm.release.v1.web.v301']);
    secrets.write({ revision: 7, resourceVersion: '2', version: 8 });
    expect((await secrets.history()).problem).toMatch(/v1.web.v7/);
  });

  it('checks no revision that is written again meanwhile', async () => {
    const secrets = new Secrets();
    for (let revision = 1; revision <= 10; revision++) {
      secrets.write({ revision });
    }
    const { version } = await secrets.history();
    secrets.write({ revision: 5, resourceVersion: '2' });
    secrets.onContents = () =>
      secrets.write({ revision: 5, resourceVersion: '3' });
    const changing = await secrets.history();
    expect(changing.checked).toHaveLength(9);
    expect(changing.version).not.toBe(version);
    secrets.onContents = () => {};
    const after = await secrets.history();
    expect(after.checked).toHaveLength(10);
    expect(after.version).not.toBe(changing.version);
  });

  it('has a problem with more revisions than are read', async () => {
    const secrets = new Secrets();
    for (let revision = 1; revision <= 2_001; revision++) {
      secrets.write({ revision });
    }
    expect((await secrets.history()).problem).toBe(
      'web has 2001 revisions, and Berth changes releases with at most 2000. Delete the Secrets of the oldest, or set --history-max',
    );
    expect(secrets.pages).toBe(0);
  });

  it('has a problem with revisions that are too large together', async () => {
    const secrets = new Secrets();
    const noise = randomBytes(6 * 1024 * 1024).toString('base64');
    for (let revision = 1; revision <= 6; revision++) {
      secrets.write({ revision, more: { manifest: noise } });
    }
    expect((await secrets.history()).problem).toBe(
      'The revisions of web have more than 48 MiB, and Berth changes releases with at most that. Delete the Secrets of the oldest, or set --history-max',
    );
  });
});
