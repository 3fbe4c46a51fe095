import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { redact } from '../../kube';
import { ClusterRegistrar } from '../ClusterRegistrar';
import { CredentialStore } from '../../model/credentials';
import {
  ClusterChanges,
  ClusterProbes,
  ClusterStore,
} from '../../model/clusters';
import { ClusterRules } from '../validation/clusterFields';
import { ParsedCluster } from '../validation/clusterRequests';
import { changeOf } from './changeOf';
import {
  CLUSTERS_SETTING,
  readConfiguredClusters,
} from './readConfiguredClusters';

const RETRY_MS = 60_000;

export interface ConfiguredClusterSyncOptions {
  changes: Pick<ClusterChanges, 'changed'>;
  clusters: ClusterStore;
  config: RootConfigService;
  credentials: CredentialStore;
  logger: LoggerService;
  probes: Pick<ClusterProbes, 'request'>;
  registrar: ClusterRegistrar;
  rules: ClusterRules;
  /** Milliseconds between tries after a failure; 60,000 by default. */
  retryMs?: number;
}

/**
 * Applies `berth.clusters` to the clusters that the configuration owns: when the backend starts, and each time
 * the configuration changes. It retries failures every minute, such as the move of a cluster that does not answer.
 *
 * It deletes nothing: a configuration that is empty by mistake would end all access to all clusters. A cluster
 * that is missing from the list stays unchanged and is marked, and then an admin may delete it.
 */
export class ConfiguredClusterSync {
  readonly #options: ConfiguredClusterSyncOptions;
  #loggedProblems = '';
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
   * Runs once, now.
   *
   * @returns all problems, each with the name of the entry
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
      true,
    );
    if (after !== before) {
      changes.changed(after.id);
      probes.request(after.id);
    }
  }

  /** The configured credential is exchanged for a stored one; it does not replace that one. */
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
      this.#logProblems(problems);
      if (problems.length > 0 && !this.#stopped) {
        this.#timer = setTimeout(
          () => this.#wake(),
          this.#options.retryMs ?? RETRY_MS,
        );
        this.#timer.unref();
      }
    });
  }

  /** Logs the problems only when they change, not at each try. */
  #logProblems(problems: string[]): void {
    const texts = problems.map(problem => redact(problem));
    const logged = texts.join('\n');
    if (logged !== this.#loggedProblems) {
      texts.forEach(text => this.#options.logger.error(text));
    }
    this.#loggedProblems = logged;
  }
}
