import {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { Request } from 'express';
import { Person, PersonResolver } from '../access/types';
import { shown } from '../tenancy/shown';
import { visibleShares } from './presentCluster';
import { ClusterRecord, ClusterStore, ShareRecord, ShareStore } from './types';

export interface ClusterAccessOptions {
  httpAuth: HttpAuthService;
  people: PersonResolver;
  clusters: ClusterStore;
  shares: ShareStore;
}

/** Who is calling. */
export interface Caller {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  person: Person;
}

/** A cluster with the shares of it that the caller may see. */
export interface VisibleCluster {
  cluster: ClusterRecord;
  shares: ShareRecord[];
}

/**
 * Decides which clusters a caller may see and change. Everything starts by asking who the caller is, so
 * when that cannot be answered, nothing is.
 */
export class ClusterAccess {
  readonly #options: ClusterAccessOptions;

  constructor(options: ClusterAccessOptions) {
    this.#options = options;
  }

  /** @throws NotAllowedError if the caller is not a person of the catalog */
  async caller(request: Request): Promise<Caller> {
    const { httpAuth, people } = this.#options;
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    return { credentials, person: await people.resolve(credentials) };
  }

  /** @throws NotAllowedError if the caller is not a platform admin */
  async admin(request: Request): Promise<Caller> {
    const caller = await this.caller(request);
    assertAdmin(caller.person);
    return caller;
  }

  async list(person: Person): Promise<VisibleCluster[]> {
    const [clusters, shares] = await Promise.all([
      this.#options.clusters.list(),
      this.#options.shares.list(),
    ]);
    const visible = visibleShares(shares, person);
    return clusters
      .map(cluster => ({
        cluster,
        shares: visible.filter(share => share.clusterId === cluster.id),
      }))
      .filter(one => isVisible(one, person));
  }

  /** @throws NotFoundError, the same for a cluster that does not exist and one that is not shared */
  async get(person: Person, name: string): Promise<VisibleCluster> {
    const cluster = await this.#options.clusters.get(name);
    const shares = visibleShares(
      await this.#options.shares.list(cluster?.id ?? ''),
      person,
    );
    if (!cluster || !isVisible({ cluster, shares }, person)) {
      throw clusterNotFound(name);
    }
    return { cluster, shares };
  }

  /** @throws NotFoundError as `get` does; NotAllowedError if the cluster is not the person's to change */
  async administer(person: Person, name: string): Promise<VisibleCluster> {
    const visible = await this.get(person, name);
    assertAdmin(person);
    return visible;
  }
}

/** The one answer for a cluster that is unknown or not shared with the caller. */
export function clusterNotFound(name: string): NotFoundError {
  return new NotFoundError(
    `There is no cluster ${shown(
      name,
    )}, or it is not shared with any of your groups`,
  );
}

function isVisible({ shares }: VisibleCluster, person: Person): boolean {
  return person.admin || shares.length > 0;
}

function assertAdmin(person: Person) {
  if (!person.admin) {
    throw new NotAllowedError(
      `Only platform admins may do this; ${person.userRef} is in none of the groups under berth.admins`,
    );
  }
}
