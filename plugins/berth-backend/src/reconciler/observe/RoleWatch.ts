import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  CLUSTER_ROLE_BINDINGS,
  CLUSTER_ROLES,
  KubeClient,
  KubeResource,
  redact,
} from '../../kube';
import {
  clusterRoleBindings,
  clusterRoles,
} from '../../model/onboardingObjects';
import { Reflector, ReflectorOptions } from './Reflector';

/** A person who changes one object often changes several. */
const COLLECT_MS = 2_000;
/** The shortest interval between two calls, because the listener sends the cluster many requests. */
const MIN_INTERVAL_MS = 60_000;

const NAMES = new Set(
  [...clusterRoles(), ...clusterRoleBindings('')].map(
    ({ object }) => object.metadata?.name,
  ),
);

export interface RoleWatchOptions {
  client: KubeClient;
  /** Name of the cluster, for the log. */
  cluster: string;
  logger: LoggerService;
  /** Called when a ClusterRole or ClusterRoleBinding of the onboarding manifest changed. */
  onChange: () => void;
  /** For tests. */
  reflector?: Pick<ReflectorOptions, 'maxObjects' | 'relistMs' | 'random'>;
}

/**
 * Follows the ClusterRoles and ClusterRoleBindings of the onboarding manifest. The portal has no right to
 * change them; it only reports changes.
 */
export class RoleWatch {
  readonly #options: RoleWatchOptions;
  readonly #reflectors: Reflector[];
  #timer?: NodeJS.Timeout;
  #notifiedAt = -Infinity;

  static start(options: RoleWatchOptions): RoleWatch {
    const watch = new RoleWatch(options);
    watch.#reflectors.forEach(reflector => reflector.start());
    return watch;
  }

  private constructor(options: RoleWatchOptions) {
    this.#options = options;
    this.#reflectors = [CLUSTER_ROLES, CLUSTER_ROLE_BINDINGS].map(resource =>
      this.#follow(resource),
    );
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all(this.#reflectors.map(reflector => reflector.stop()));
  }

  #follow(resource: KubeResource): Reflector {
    const { client, cluster, logger, reflector } = this.#options;
    const following: Reflector = new Reflector({
      ...reflector,
      client,
      resource,
      filter: ({ metadata }) => NAMES.has(metadata.name),
      onChange: () => this.#changed(),
      onState: state => {
        if (state === 'failed') {
          logger.info(
            `Cluster ${cluster}: ${
              resource.plural
            } cannot be followed at the moment, so only the doctor's rounds look at them: ${redact(
              toError(following.failure).message,
            )}`,
          );
        }
      },
    });
    return following;
  }

  #changed(): void {
    if (this.#timer) {
      return;
    }
    const rest = this.#notifiedAt + MIN_INTERVAL_MS - Date.now();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#notifiedAt = Date.now();
      this.#options.onChange();
    }, Math.max(COLLECT_MS, rest));
    this.#timer.unref();
  }
}
