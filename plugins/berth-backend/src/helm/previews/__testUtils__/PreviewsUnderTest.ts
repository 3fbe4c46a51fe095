import { adminKubeconfig } from '@berth/cluster-sandbox';
import { ControlPlane } from '@berth/control-plane';
import { currentHelm } from '@berth/kube-binaries';
import { HelmRequest } from '@berth/plugin-berth-common';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { assertNotDenied } from '../../../access/deniedResources';
import { Entry } from '../../../access/ClusterEntries';
import {
  AddressPolicy,
  DefaultKubeClientFactory,
  PersonClient,
} from '../../../kube';
import {
  addPerson,
  AdministeredCluster,
  create,
  TEAM,
  until,
} from '../../../resources/objects/__testUtils__/TeamCluster';
import { KindReader } from '../../../resources/kinds/KindReader';
import { ObjectCalls } from '../../../resources/objects/ObjectCalls';
import { ServedCharts } from '../../charts/__testUtils__/ServedCharts';
import { ReleaseCalls } from '../../releases/ReleaseCalls';
import { ReleaseReader } from '../../releases/ReleaseReader';
import { SummaryCache } from '../../releases/SummaryCache';
import { HelmRunner } from '../../runner';
import { digestKeyOf } from '../digest';
import { Previews } from '../Previews';
import { PreparedPreview } from '../types';

const PLURALS = { secret: 'secrets', configMap: 'configmaps' };
/** The administrator and the controllers of the cluster are one user. */
const PERSON = `system:serviceaccount:${TEAM}:`;
const ROLES = { owner: 'admin', editor: 'edit', viewer: 'view' };

/** A request without the place, which is the same for all. */
type Asked<Request> = Request extends HelmRequest
  ? Omit<Request, 'cluster' | 'namespace'>
  : never;

/** An API server with an administrator. */
type TestedCluster = AdministeredCluster &
  Pick<ControlPlane, 'stop'> &
  Partial<Pick<ControlPlane, 'auditEvents'>>;

export type Person = 'admin' | keyof typeof ROLES;

/** Previews by the real helm before a real API server, for people with different roles in one namespace. */
export class PreviewsUnderTest {
  readonly admin: PersonClient;
  /** Resources that the configuration takes away. */
  readonly deny: string[] = [];
  /** The charts of the repositories. */
  readonly charts = new ServedCharts();
  readonly #cluster: TestedCluster;
  readonly #clients: DefaultKubeClientFactory;
  readonly #helm: string;
  readonly #home: string;
  readonly #kinds: KindReader;
  readonly #tokens = new Map<string, string>();
  #runner!: HelmRunner;

  /** Stops the cluster with the previews. */
  static async start(cluster: TestedCluster): Promise<PreviewsUnderTest> {
    const [helm, home] = await Promise.all([
      currentHelm(),
      mkdtemp(join(tmpdir(), 'home-')),
    ]);
    const started = new PreviewsUnderTest(cluster, helm!, home);
    await started.#prepare();
    return started;
  }

  private constructor(cluster: TestedCluster, helm: string, home: string) {
    this.#cluster = cluster;
    this.#helm = helm;
    this.#home = home;
    this.#clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    this.#tokens.set('admin', cluster.adminToken);
    this.admin = this.#clients.forPerson(cluster, cluster.adminToken);
    this.#kinds = new KindReader({ clients: this.#clients, deny: this.deny });
  }

  /** Installs or upgrades a release as the administrator, without the portal. */
  async helm(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      this.#helm,
      [...args, '--namespace', TEAM],
      { env: { HOME: this.#home, KUBECONFIG: join(this.#home, 'kubeconfig') } },
    );
    return stdout;
  }

  /** Installs a chart of these files. */
  async install(
    release: string,
    files: Record<string, string>,
    ...args: string[]
  ): Promise<void> {
    const chart = await this.#write(release, files);
    await this.helm('install', release, chart, ...args);
  }

  /** Upgrades a release with a chart of these files. */
  async upgrade(
    release: string,
    files: Record<string, string>,
    ...args: string[]
  ): Promise<void> {
    const chart = await this.#write(release, files);
    await this.helm('upgrade', release, chart, ...args);
  }

  async #write(
    release: string,
    files: Record<string, string>,
  ): Promise<string> {
    const chart = join(this.#home, `chart-of-${release}`);
    const all = {
      'Chart.yaml': `apiVersion: v2\nname: ${release}\nversion: 1.0.0\n`,
      ...files,
    };
    for (const [path, content] of Object.entries(all)) {
      await mkdir(dirname(join(chart, path)), { recursive: true });
      await writeFile(join(chart, path), content);
    }
    return chart;
  }

  preview(
    request: Asked<HelmRequest>,
    person: Person = 'admin',
    historyMax = 10,
  ): Promise<PreparedPreview> {
    const { signal } = new AbortController();
    const { apiServer, caPem } = this.#cluster;
    const token = this.#tokens.get(person)!;
    const expiresAt = new Date(Date.now() + 600_000);
    const cluster = { id: 'id', name: 'prod', revision: 1, apiServer, caPem };
    const entry = { cluster, token, expiresAt } as unknown as Entry;
    const userRef = `user:default/${person}`;
    const client = this.#clients.forPerson(cluster, token);
    const objects = new ObjectCalls({
      ...{ userRef, entry, client, signal },
      kinds: this.#kinds,
      writeSignal: signal,
    });
    const openCalls = () =>
      new ReleaseCalls({ client, fromCache: false, signal });
    const address = {
      cluster: 'prod',
      namespace: TEAM,
      release: request.release,
    };
    const reader = new ReleaseReader({
      ...{ address, entry, objects, openCalls, calls: openCalls() },
      assertAllowed: source =>
        assertNotDenied({ group: '', resource: PLURALS[source] }, this.deny),
      cache: new SummaryCache(),
      configMapStorage: true,
      findKind: (group, plural) =>
        this.#kinds.find({ userRef, entry }, group, plural, signal),
    });
    const previews = new Previews({
      ...{ charts: this.charts, runner: this.#runner, historyMax },
      digestKey: digestKeyOf('a secret that is thirty-two characters or more'),
    });
    return previews.preview(
      {
        ...{ reader, objects, client, cluster },
        person: userRef,
        token: async () => ({ token, expiresAt }),
      },
      { ...request, cluster: 'prod', namespace: TEAM } as HelmRequest,
      signal,
    );
  }

  /** Returns the requests of the people other than the administrator that changed something, those of helm, too. */
  async writes(): Promise<string[]> {
    const events = (await this.#cluster.auditEvents?.()) ?? [];
    return events
      .filter(
        ({ requestURI, user, verb }) =>
          user.username.startsWith(PERSON) &&
          !['get', 'list', 'watch'].includes(verb) &&
          !requestURI.includes('dryRun=All') &&
          !requestURI.includes('/authorization.k8s.io/'),
      )
      .map(({ requestURI, verb }) => `${verb} ${requestURI}`);
  }

  async stop(): Promise<void> {
    await this.#runner?.close();
    await this.#clients.close();
    await this.#cluster.stop();
    await this.charts.close();
    await rm(this.#home, { recursive: true });
  }

  async #prepare(): Promise<void> {
    const { apiServer, caPem, adminToken } = this.#cluster;
    const target = { apiServer, caPem, adminToken };
    this.#runner = await HelmRunner.create({
      binary: this.#helm,
      concurrency: 2,
      deny: this.deny,
      gateway: this.#clients,
      sandbox: 'preferred',
    });
    await writeFile(
      join(this.#home, 'kubeconfig'),
      adminKubeconfig([{ name: 'prod', ...target }]),
      { mode: 0o600 },
    );
    await create(this.admin, '/api/v1/namespaces', {
      ...{ apiVersion: 'v1', kind: 'Namespace' },
      metadata: { name: TEAM },
    });
    for (const [name, role] of Object.entries(ROLES)) {
      this.#tokens.set(name, await addPerson(this.admin, name, role));
    }
    await until(async () => {
      const client = this.#clients.forPerson(
        this.#cluster,
        this.#tokens.get('viewer')!,
      );
      const path = `/api/v1/namespaces/${TEAM}/configmaps`;
      return client.request({ method: 'GET', path }).then(
        () => true,
        () => false,
      );
    });
  }
}
