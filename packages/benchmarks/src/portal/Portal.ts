import { LoggerService } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import {
  AddressPolicy,
  ClusterRecord,
  createReconciler,
  DatabaseActivityLog,
  DatabaseClusterStore,
  DatabaseShareStore,
  DatabaseTenancy,
  DefaultKubeClientFactory,
  KubeClient,
  Profile,
  PullSecrets,
  ReconcilerWorkers,
} from '../backend';
import { PassRecorder } from './PassRecorder';

/** A cluster, and a token of its administrator. */
export interface BenchCluster {
  apiServer: string;
  caPem: string;
  adminToken: string;
}

const quiet: LoggerService = {
  debug: () => {},
  info: () => {},
  warn: text => complain(text),
  error: text => complain(text),
  child: () => quiet,
};

/** The reconciler as the backend creates it, without the rest of the backend. */
export class Portal {
  readonly clusters: DatabaseClusterStore;
  readonly shares: DatabaseShareStore;
  readonly workers: ReconcilerWorkers;
  readonly recorder = new PassRecorder();
  readonly #clients = openClients();
  readonly #tokens = new Map<string, string>();

  /** @param profiles - of the configuration; those of a pass are read from the list at its start */
  constructor(knex: Knex, profiles: readonly Profile[] = []) {
    this.clusters = DatabaseClusterStore.create(knex);
    this.shares = DatabaseShareStore.create(knex);
    const tenancy = DatabaseTenancy.create(knex);
    const options = {
      config: new ConfigReader({}),
      database: knex,
      clusters: this.clusters,
      shares: this.shares,
      tenancy,
      connect: ({ apiServer, caPem }: ClusterRecord) =>
        this.#clients.create(
          { apiServer, caPem },
          async () => this.#tokens.get(apiServer) ?? '',
        ),
      metrics: this.recorder.metrics,
      activity: DatabaseActivityLog.create(knex, {
        groupIdentities: groups => tenancy.grants.groupIdentities(groups),
      }),
      live: { changed() {} },
      onRolesChanged: () => {},
      profiles,
      pullSecrets: PullSecrets.create([], {
        encryptionSecrets: [],
        logger: quiet,
      }),
      logger: quiet,
    };
    this.workers = createReconciler(options);
  }

  /** Gives the portal access to a cluster, as its connection would. */
  admit({ apiServer, adminToken }: Omit<BenchCluster, 'caPem'>): void {
    this.#tokens.set(apiServer, adminToken);
  }

  /** Adds a cluster to the registry. */
  async register(name: string, cluster: BenchCluster): Promise<ClusterRecord> {
    this.admit(cluster);
    return register(this.clusters, name, cluster);
  }

  async stop(): Promise<void> {
    await this.workers.stop();
    await this.#clients.close();
  }
}

/** Creates clients with the portal's limits. */
export function openClients(): DefaultKubeClientFactory {
  return DefaultKubeClientFactory.create({
    policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    fieldManager: 'berth',
  });
}

/** Creates a client for changes on a cluster that do not come from Berth. */
export function adminOf(
  clients: DefaultKubeClientFactory,
  { apiServer, caPem, adminToken }: BenchCluster,
): KubeClient {
  return clients.create({ apiServer, caPem }, async () => adminToken);
}

/** Adds a cluster to the registry of a portal before it starts. */
export async function register(
  clusters: DatabaseClusterStore,
  name: string,
  { apiServer, caPem }: BenchCluster,
): Promise<ClusterRecord> {
  return clusters.create({
    name,
    apiServer,
    caPem,
    connection: 'oidc',
    usernamePrefix: '',
    groupsPrefix: '',
  });
}

function complain(text: string): void {
  if (process.env.BERTH_BENCH_LOG) {
    process.stderr.write(`${text}\n`);
  }
}
