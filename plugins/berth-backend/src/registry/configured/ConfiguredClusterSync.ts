import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { redact } from '../../kube';
import { ClusterRegistrar } from '../ClusterRegistrar';
import { CredentialStore } from '../connection/credentialTypes';
import { ClusterChanges, ClusterProbes, ClusterStore } from '../types';
import { ClusterRules } from '../validation/clusterFields';
import { ParsedCluster } from '../validation/clusterRequests';
import { changeOf } from './changeOf';
import {
  CLUSTERS_SETTING,
  readConfiguredClusters,
} from './readConfiguredClusters';

const RETRY_MS = 60_000;

export interface ConfiguredClusterSyncOptions {
  changes: ClusterChanges;
  clusters: ClusterStore;
  config: RootConfigService;
  credentials: CredentialStore;
  logger: LoggerService;
  probes: Pick<ClusterProbes, 'request'>;
  registrar: ClusterRegistrar;
  rules: ClusterRules;
  /** Milliseconds after which what failed is tried again; 60,000 by default. */
  retryMs?: number;
}

/**
 * Keeps the clusters that the configuration owns as `berth.clusters` says: when the backend starts, and
 * whenever the configuration is read anew. What fails, such as the move of a cluster that does not answer,
 * is tried again every minute.
 *
 * Nothing is ever deleted here: with a configuration that is empty by mistake, all access to all clusters
 * would go. A cluster that is no longer in the list stays as it is, is marked, and may then be deleted by
 * an admin.
 */
export class ConfiguredClusterSync {
  readonly #options: ConfiguredClusterSyncOptions;
  #said = '';
  #running: Promise<void> = Promise.resolve();
  #timer?: NodeJS.Timeout;
  #unsubscribe?: () => void;
  #stopped = false;

  static create(options: ConfiguredClusterSyncOptions): ConfiguredClusterSync {
    return new ConfiguredClusterSync(options);
  }

  private constructor(options: ConfiguredClusterSyncOptions) {
    this.#options = options;
  }

  start(): void {
    const subscription = this.#options.config.subscribe?.(() => this.#wake());
    this.#unsubscribe = () => subscription?.unsubscribe();
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe?.();
    clearTimeout(this.#timer);
    await this.#running;
  }

  /**
   * Once, now.
   *
   * @returns all that is wrong, each naming the entry
   */
  async sync(): Promise<string[]> {
    const { clusters, config, rules } = this.#options;
    const configured = readConfiguredClusters(config, rules);
    const problems = [...configured.problems];
    for (const cluster of configured.clusters) {
      try {
        await this.#put(cluster);
      } catch (error) {
        problems.push(
          `${CLUSTERS_SETTING}, "${cluster.settings.name}": ${
            toError(error).message
          }`,
        );
      }
    }
    const { names } = configured;
    if (names) {
      for (const {
        id,
        name,
        owner,
        configMissingSince,
      } of await clusters.list()) {
        const missing = !names.has(name);
        if (owner === 'config' && missing !== Boolean(configMissingSince)) {
          await clusters.setConfigMissing(id, missing);
        }
      }
    }
    return problems;
  }

  async #put({ settings, credential }: ParsedCluster): Promise<void> {
    const { changes, clusters, probes, registrar } = this.#options;
    const before = await clusters.get(settings.name);
    if (!before) {
      const created = await registrar.create({
        settings: { ...settings, owner: 'config' },
        credential,
      });
      changes.changed(created.id);
      probes.request(created.id);
      return;
    }
    const change = changeOf(before, settings);
    const given = (await this.#isNeeded(before.id, settings.connection))
      ? credential
      : undefined;
    const after = await registrar.update(
      before,
      { change, credential: given },
      'config',
      before.revision,
    );
    if (after !== before) {
      changes.changed(after.id);
      probes.request(after.id);
    }
  }

  /** The one in the configuration serves to get one that is kept, not in place of it. */
  async #isNeeded(clusterId: string, connection: string): Promise<boolean> {
    const kept = (await this.#options.credentials.list()).find(
      one => one.clusterId === clusterId && one.strategy === connection,
    );
    const { expiresAt } = kept ?? {};
    return !kept || (!!expiresAt && Date.parse(expiresAt) <= Date.now());
  }

  #wake(): void {
    this.#running = this.#running.then(async () => {
      if (this.#stopped) {
        return;
      }
      clearTimeout(this.#timer);
      const problems = await this.sync().catch(error => [
        `The clusters of ${CLUSTERS_SETTING} cannot be registered: ${
          toError(error).message
        }`,
      ]);
      this.#say(problems);
      if (problems.length > 0 && !this.#stopped) {
        this.#timer = setTimeout(
          () => this.#wake(),
          this.#options.retryMs ?? RETRY_MS,
        );
        this.#timer.unref();
      }
    });
  }

  /** Once, however often it is tried. */
  #say(problems: string[]): void {
    const text = redact(problems.join('\n'));
    if (text !== this.#said && text !== '') {
      this.#options.logger.error(text);
    }
    this.#said = text;
  }
}
