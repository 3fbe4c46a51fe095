import { NotAllowedError } from '@backstage/errors';
import { berthPodExecPermission } from '@berth/plugin-berth-common';
import { Caller } from '../access/Callers';
import { assertAcceptsTokens } from '../access/ClusterEntries';
import { assertNotDenied } from '../access/deniedResources';
import { NamespaceAccess } from '../access/NamespaceAccess';
import { withoutAudit } from '../access/readsEverything';
import { TokenService } from '../access/types';
import { PersonClients, SELF_SUBJECT_ACCESS_REVIEWS } from '../kube';
import { collectionPath } from '../kube/objectPath';
import { ClusterRecord } from '../model/clusters';
import { ContainerAddress, PodSubresource } from './types';

const REVIEW_DEADLINE_MS = 10_000;

const MEANING: Record<PodSubresource, string> = {
  exec: 'starting programs in containers',
  attach: 'attaching to containers',
  portforward: 'connections to ports of pods',
};

export interface TerminalAccessOptions {
  clients: PersonClients;
  /** Resources that the configuration takes away. */
  deny: readonly string[];
  namespaceAccess: Pick<NamespaceAccess, 'get'>;
  tokens: TokenService;
}

/** A cluster, and the token with which a person enters it. */
export interface TerminalEntry {
  cluster: ClusterRecord;
  token: string;
}

/**
 * Decides whether a person may start a program in a container, attach to it, or forward a port of its pod. Four answers must agree: what the person may see in the
 * portal, the permission policy, the token that Berth mints, and the cluster.
 */
export class TerminalAccess {
  readonly #options: TerminalAccessOptions;

  constructor(options: TerminalAccessOptions) {
    this.#options = options;
  }

  /**
   * @throws NotFoundError for what the person may not see; NotAllowedError for what the configuration, the policy or
   *   the cluster denies;
   *   NotImplementedError for a cluster that does not accept tokens of the portal; KubeError
   */
  async enter(
    given: Caller,
    address: Omit<ContainerAddress, 'container'>,
    subresource: PodSubresource = 'exec',
  ): Promise<TerminalEntry> {
    const { deny, namespaceAccess, tokens } = this.#options;
    assertNotDenied({ group: '', resource: 'pods', subresource }, deny);
    const caller = withoutAudit(given);
    const { cluster, shares } = await namespaceAccess.get(
      caller,
      address.cluster,
      address.namespace,
      berthPodExecPermission,
    );
    assertAcceptsTokens(cluster);
    const { token } = await tokens.mint(caller.person, { cluster, shares });
    await this.#review(cluster, token, address, subresource);
    return { cluster, token };
  }

  /** An API server may open a WebSocket for a person who may only get the subresource, so the portal asks for create. */
  async #review(
    cluster: ClusterRecord,
    token: string,
    { namespace, pod }: Omit<ContainerAddress, 'container'>,
    subresource: PodSubresource,
  ): Promise<void> {
    const { apiVersion, kind } = SELF_SUBJECT_ACCESS_REVIEWS;
    const resourceAttributes = {
      namespace,
      verb: 'create',
      resource: 'pods',
      subresource,
      name: pod,
    };
    const answer = await this.#options.clients
      .forPerson(cluster, token)
      .request({
        method: 'POST',
        path: collectionPath(SELF_SUBJECT_ACCESS_REVIEWS),
        body: {
          contentType: 'application/json',
          content: { apiVersion, kind, spec: { resourceAttributes } },
        },
        signal: AbortSignal.timeout(REVIEW_DEADLINE_MS),
      });
    const { status } = answer as { status?: { allowed?: unknown } };
    if (status?.allowed !== true) {
      throw new NotAllowedError(
        `Your role in ${namespace} on ${cluster.name} does not allow ${MEANING[subresource]} (create pods/${subresource})`,
      );
    }
  }
}
