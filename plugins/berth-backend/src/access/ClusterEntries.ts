import { isError, NotImplementedError } from '@backstage/errors';
import {
  berthHelmReadPermission,
  berthHelmRevealPermission,
  berthHelmWritePermission,
  berthProxyReadPermission,
  berthProxyWritePermission,
} from '@berth/plugin-berth-common';
import { ClusterRecord } from '../model/clusters';
import { Caller } from './Callers';
import {
  ClusterAccess,
  ClusterPermission,
  VisibleCluster,
} from './ClusterAccess';
import { withoutAudit } from './readsEverything';
import { TokenService } from './types';

export interface ClusterEntriesOptions {
  access: Pick<ClusterAccess, 'get' | 'list'>;
  tokens: TokenService;
}

/** A cluster, and the token with which a person calls it. */
export interface Entry {
  cluster: ClusterRecord;
  token: string;
  expiresAt: Date;
}

/** A cluster that a person cannot enter, and why. */
export interface RefusedEntry {
  cluster: string;
  error: Error;
}

export type EntryPermission =
  | 'read'
  | 'write'
  | 'helmRead'
  | 'helmReveal'
  | 'helmWrite';

/** A purpose may take several permissions: a person who may not read from a cluster reads no Helm releases either. */
const PERMISSIONS: Record<EntryPermission, ClusterPermission[]> = {
  read: [berthProxyReadPermission],
  write: [berthProxyWritePermission],
  helmRead: [berthProxyReadPermission, berthHelmReadPermission],
  helmReveal: [
    berthProxyReadPermission,
    berthHelmReadPermission,
    berthHelmRevealPermission,
  ],
  helmWrite: [
    berthProxyReadPermission,
    berthProxyWritePermission,
    berthHelmReadPermission,
    berthHelmWritePermission,
  ],
};

/**
 * Lets people enter clusters: by the portal's permission policy, with a token that claims what the person holds there.
 * Auditors enter as the person that they are without their role.
 */
export class ClusterEntries {
  readonly #options: ClusterEntriesOptions;

  constructor(options: ClusterEntriesOptions) {
    this.#options = options;
  }

  /**
   * @throws NotFoundError, the same for an unknown cluster and for one that the caller may not see; NotAllowedError if
   *   the policy does not give the permission; NotImplementedError if the cluster accepts no tokens of the portal
   */
  async enter(
    caller: Caller,
    name: string,
    permission: EntryPermission,
  ): Promise<Entry> {
    const person = withoutAudit(caller);
    return this.#mint(
      person,
      await this.#options.access.get(person, name, ...PERMISSIONS[permission]),
    );
  }

  /**
   * Enters several clusters to read, by default all that the caller can enter.
   *
   * @param names - also clusters that the caller may not see; these are refused like unknown ones
   * @param permission - `read` by default
   */
  async enterAll(
    caller: Caller,
    names?: readonly string[],
    permission: EntryPermission = 'read',
  ): Promise<{ entered: Entry[]; refused: RefusedEntry[] }> {
    const person = withoutAudit(caller);
    const entered: Entry[] = [];
    const refused: RefusedEntry[] = [];
    const collect = async (cluster: string, enter: Promise<Entry>) => {
      try {
        entered.push(await enter);
      } catch (error) {
        if (!isError(error)) {
          throw error;
        }
        refused.push({ cluster, error });
      }
    };
    if (names) {
      await Promise.all(
        [...new Set(names)].map(name =>
          collect(name, this.enter(person, name, permission)),
        ),
      );
    } else {
      const visible = await this.#options.access.list(
        person,
        ...PERMISSIONS[permission],
      );
      await Promise.all(
        visible.map(item =>
          collect(item.cluster.name, this.#mint(person, item)),
        ),
      );
    }
    const byName = (a: string, b: string) => (a < b ? -1 : 1);
    return {
      entered: entered.sort((a, b) => byName(a.cluster.name, b.cluster.name)),
      refused: refused.sort((a, b) => byName(a.cluster, b.cluster)),
    };
  }

  async #mint(
    { person }: Pick<Caller, 'person'>,
    visible: VisibleCluster,
  ): Promise<Entry> {
    assertAcceptsTokens(visible.cluster);
    const { token, expiresAt } = await this.#options.tokens.mint(
      person,
      visible,
    );
    return { cluster: visible.cluster, token, expiresAt };
  }
}

/** @throws NotImplementedError */
export function assertAcceptsTokens({ name, connection }: ClusterRecord): void {
  if (connection === 'serviceAccount') {
    throw new NotImplementedError(
      `${name} does not accept the portal's tokens, because the portal connects to it with a service account`,
    );
  }
}
