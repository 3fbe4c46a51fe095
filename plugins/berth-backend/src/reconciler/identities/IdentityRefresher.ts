import {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ClusterStore } from '../../model/clusters';
import { identityAnnotations } from '../profiles/identityAnnotations';
import { kindProfiles } from '../profiles/profileOf';
import { IdentityAnnotations, Profile } from '../profiles/types';
import { IdentityCatalog } from './readCatalogIdentities';
import { readOwnerIdentities } from './readOwnerIdentities';
import { IdentityStore } from './types';

const INTERVAL = { minutes: 5 };
const TIMEOUT = { minutes: 4 };

export interface IdentityRefresherOptions {
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  catalog: IdentityCatalog;
  clusters: Pick<ClusterStore, 'list'>;
  profiles: readonly Profile[];
  store: IdentityStore;
  /** Called with each cluster on which the IDs of an owner changed. */
  onChange: (clusterId: string) => void;
  logger: LoggerService;
}

/** Follows the IDs of the owners of namespaces in the catalog. */
export class IdentityRefresher {
  readonly #options: IdentityRefresherOptions;
  readonly #names?: IdentityAnnotations;
  readonly #asked = new Set<string>();

  constructor(options: IdentityRefresherOptions) {
    this.#options = options;
    this.#names = identityAnnotations(options.profiles);
  }

  /** Reads all owners every few minutes, on one replica at a time. Without a profile with IDs, nothing is read. */
  async schedule(scheduler: SchedulerService): Promise<void> {
    if (this.#names) {
      await scheduler.scheduleTask({
        id: 'berth-identities',
        frequency: INTERVAL,
        timeout: TIMEOUT,
        fn: () => this.refresh(),
      });
    }
  }

  /** Reads owners soon, without waiting for it. */
  request(owners: string[]): void {
    const fresh = owners.filter(owner => !this.#asked.has(owner));
    if (fresh.length === 0) {
      return;
    }
    fresh.forEach(owner => this.#asked.add(owner));
    this.refresh(fresh)
      .catch(error =>
        this.#options.logger.warn(
          `Could not read the IDs of ${fresh.length} owners in the catalog: ${
            toError(error).message
          }`,
        ),
      )
      .finally(() => fresh.forEach(owner => this.#asked.delete(owner)));
  }

  /** @param only - the owners to read, all by default */
  async refresh(only?: string[]): Promise<void> {
    const names = this.#names;
    if (!names) {
      return;
    }
    const { logger, onChange, store } = this.#options;
    const owners = await store.ownersOn(await this.#clusterIds());
    const chosen = [...owners.keys()].filter(
      owner => only === undefined || only.includes(owner),
    );
    const changed = new Set<string>();
    try {
      for (const [owner, catalog] of await readOwnerIdentities(
        this.#options,
        chosen,
        names,
      )) {
        if (await store.save(owner, catalog)) {
          logger.info(`The IDs of ${owner} in the catalog changed`);
          owners.get(owner)?.forEach(clusterId => changed.add(clusterId));
        }
      }
    } finally {
      // What is stored is no change for the next reading.
      changed.forEach(clusterId => onChange(clusterId));
    }
    if (only === undefined) {
      await this.#removeGone(names);
    }
  }

  /** The IDs of a person who left are free for another one, once no namespace is left. */
  async #removeGone(names: IdentityAnnotations): Promise<void> {
    const { store } = this.#options;
    const owners = await store.withoutNamespace();
    for (const [owner, catalog] of await readOwnerIdentities(
      this.#options,
      owners,
      names,
    )) {
      if ('gone' in catalog && catalog.gone) {
        await store.remove(owner);
      }
    }
  }

  async #clusterIds(): Promise<string[]> {
    const { clusters, profiles } = this.#options;
    return (await clusters.list())
      .filter(cluster =>
        Object.values(kindProfiles(profiles, cluster)).some(
          profile => profile.identity,
        ),
      )
      .map(({ id }) => id);
  }
}
