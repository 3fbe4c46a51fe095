import {
  berthTokenCreatePermission,
  KubectlCluster,
} from '@berth/plugin-berth-common';
import { Caller } from '../access/Callers';
import { ClusterAccess } from '../access/ClusterAccess';
import { NamespaceAccess } from '../access/NamespaceAccess';
import { withoutAudit } from '../access/readsEverything';
import { ClusterRecord } from '../model/clusters';

/** More namespaces than a person works in. */
const MAX_NAMESPACES = 2_000;

export interface KubectlClustersOptions {
  access: Pick<ClusterAccess, 'list'>;
  namespaceAccess: Pick<NamespaceAccess, 'list'>;
  /** The address of this API. */
  apiUrl: string;
  /** The CA of the portal's certificate, PEM, if it is not a public one. */
  portalCaPem?: string;
}

/** The clusters of a person as entries of a kubeconfig. */
export class KubectlClusters {
  readonly #options: KubectlClustersOptions;

  constructor(options: KubectlClustersOptions) {
    this.#options = options;
  }

  /** Lists the clusters that the caller can get a token for, with the namespaces of the caller's groups. */
  async list(caller: Caller): Promise<KubectlCluster[]> {
    const { access, namespaceAccess } = this.#options;
    const holder = withoutAudit(caller);
    const [visible, { items }] = await Promise.all([
      access.list(holder, berthTokenCreatePermission),
      namespaceAccess.list(
        holder,
        { mine: true, orderBy: 'name' },
        { limit: MAX_NAMESPACES },
      ),
    ]);
    return visible.map(({ cluster }) => {
      const namespaces = items
        .filter(
          ({ cluster: { id }, namespace: { deletingSince } }) =>
            id === cluster.id && deletingSince === undefined,
        )
        .map(({ namespace: { name } }) => name);
      return {
        name: cluster.name,
        id: cluster.id,
        ...this.#endpointOf(cluster),
        username: holder.person.username,
        ...(namespaces.length > 0 && { namespace: namespaces[0] }),
        namespaces,
      };
    });
  }

  /** The CA of the portal, a PEM bundle in base64, if it is not a public one. */
  get portalCaData(): string | undefined {
    const { portalCaPem } = this.#options;
    return portalCaPem === undefined ? undefined : base64(portalCaPem);
  }

  #endpointOf(
    cluster: ClusterRecord,
  ): Pick<KubectlCluster, 'server' | 'caData' | 'via'> {
    if (cluster.kubectlVia === 'portal') {
      const { portalCaData } = this;
      return {
        server: `${this.#options.apiUrl}/clusters/${cluster.name}/proxy`,
        ...(portalCaData !== undefined && { caData: portalCaData }),
        via: 'portal',
      };
    }
    return {
      server: cluster.apiServer,
      caData: base64(cluster.caPem),
      via: 'direct',
    };
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
