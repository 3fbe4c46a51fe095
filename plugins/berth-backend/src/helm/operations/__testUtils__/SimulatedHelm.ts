import { PersonClient } from '../../../kube';
import {
  aNewReleaseSecret,
  aReleaseSecret,
  ReleaseParts,
} from '../../__testUtils__/aReleaseSecret';
import { storageName } from '../../releases/storedRevision';
import { HelmResult, HelmRun, HelmRuns, HelmWrite } from '../../runner';

const SECRETS = '/api/v1/namespaces/shop/secrets';

/** The writes of an upgrade, in their order. */
export type WriteName = 'create' | 'apply' | 'supersede' | 'deploy';

/** Writes a release as helm does, without a chart. */
export class SimulatedHelm implements HelmRuns {
  /** The runs that began. */
  readonly runs: HelmRun[] = [];
  /** Called after each write; a run waits for it. */
  afterWrite: (write: WriteName, run: HelmRun) => Promise<void> =
    async () => {};
  /** Whether helm reports an error after its writes. */
  fails = false;
  /** The objects of each new revision. */
  manifest = '';
  readonly #admin: PersonClient;
  readonly #configs = new Map<string, object>();

  constructor(admin: PersonClient) {
    this.#admin = admin;
  }

  async seed(parts: ReleaseParts): Promise<void> {
    const { name = '', revision = 1, config = {} } = parts;
    this.#configs.set(`${name}/${revision}`, config);
    await this.#admin.request({
      method: 'POST',
      path: SECRETS,
      body: {
        contentType: 'application/json',
        content: aNewReleaseSecret(parts),
      },
    });
  }

  /** Returns the status of each revision of a release. */
  async statuses(release: string): Promise<string[]> {
    const { items } = (await this.#admin.request({
      method: 'GET',
      path: SECRETS,
      query: { labelSelector: `owner=helm,name=${release}` },
    })) as { items: { metadata: { labels: Record<string, string> } }[] };
    return items
      .map(({ metadata: { labels } }) => labels)
      .sort((a, b) => Number(a.version) - Number(b.version))
      .map(({ status }) => status);
  }

  async run(run: HelmRun): Promise<HelmResult> {
    this.runs.push(run);
    const result: HelmResult = {
      ended: 'exited',
      exitCode: 0,
      stdout: '',
      stderr: '',
      truncated: false,
      refused: [],
      blocked: [],
      fetched: [],
      writes: [],
    };
    try {
      await run.token(run.signal);
    } catch {
      return { ...result, ended: 'lost-right', exitCode: undefined };
    }
    if (run.signal.aborted) {
      return { ...result, ended: 'cancelled', exitCode: undefined };
    }
    const { kind } = run.command;
    if (kind !== 'install' && kind !== 'upgrade') {
      return result;
    }
    const { release } = run.command;
    const statuses = await this.statuses(release);
    const revision = statuses.length + 1;
    const config = JSON.parse(run.values ?? '{}');
    const note = async (write: WriteName, verb: string, name: string) => {
      const noted: HelmWrite = {
        ...{ verb, group: '', resource: 'secrets', namespace: 'shop', name },
        ...{ status: 200, auditId: 'an-id' },
      };
      result.writes.push(noted);
      run.onLine?.({
        level: 'info',
        source: 'portal',
        text: `${verb} secrets/${name}`,
      });
      await this.afterWrite(write, run);
    };
    await this.seed({
      name: release,
      revision,
      status: `pending-${kind}`,
      config,
      manifest: this.manifest,
    });
    const lost = new Promise<'lost'>(resolve => {
      this.loseRight = () => resolve('lost');
    });
    const cancelled = new Promise<'cancelled'>(resolve => {
      run.signal.addEventListener('abort', () => resolve('cancelled'));
    });
    const work = async () => {
      await note('create', 'create', storageName(release, revision));
      run.onLine?.({ level: 'info', source: 'helm', text: 'planted-output' });
      await note('apply', 'patch', 'config');
      if (kind === 'upgrade') {
        await this.#setStatus(release, revision - 1, 'superseded');
        await note('supersede', 'update', storageName(release, revision - 1));
      }
      await this.#setStatus(
        release,
        revision,
        this.fails ? 'failed' : 'deployed',
      );
      await note('deploy', 'update', storageName(release, revision));
      return 'done' as const;
    };
    const end = await Promise.race([work(), cancelled, lost]);
    if (end === 'lost') {
      return { ...result, ended: 'lost-right', exitCode: undefined };
    }
    if (end === 'cancelled') {
      await this.#setStatus(release, revision, 'failed');
      return { ...result, ended: 'cancelled', exitCode: undefined };
    }
    return { ...result, exitCode: this.fails ? 1 : 0 };
  }

  /** Ends the run as the relay does when there is no next token. */
  loseRight: () => void = () => {};

  async #setStatus(release: string, revision: number, status: string) {
    const path = `${SECRETS}/${storageName(release, revision)}`;
    const found = (await this.#admin.request({ method: 'GET', path })) as any;
    const { data } = aReleaseSecret({
      name: release,
      revision,
      status,
      config: this.#configs.get(`${release}/${revision}`),
      manifest: this.manifest,
    });
    await this.#admin.request({
      method: 'PATCH',
      path,
      body: {
        contentType: 'application/merge-patch+json',
        content: {
          metadata: { labels: { ...found.metadata.labels, status } },
          data,
        },
      },
    });
  }
}
