import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  berthRequestCreatePermission,
  GrantRequestSpec,
  NamespaceRequestSpec,
  QuotaRequestSpec,
  RequestSpec,
  SizeClass,
} from '@berth/plugin-berth-common';
import { Caller } from '../access/Callers';
import { ClusterAccess } from '../access/ClusterAccess';
import { entitlementsOf } from '../access/entitlementsOf';
import { NamespaceAccess } from '../access/NamespaceAccess';
import { Authorizer } from '../access/permissions/Authorizer';
import { withoutAudit } from '../access/readsEverything';
import { Person } from '../model/people';
import { assertCatalogSystem } from '../catalog/catalogSystem';
import { ClusterRecord, ClusterStore, ShareStore } from '../model/clusters';
import {
  GrantWithShare,
  NamespaceRecord,
  PersonalNamespaceRecord,
  TenancyStores,
} from '../model/tenancy';
import { NamespaceNameRules } from '../model/namespaceNames';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { checkQuota } from '../validation/parseBounds';
import { ApprovedNamespace, RequestContent, RequestRecord } from './model';
import { atField } from '../text/fieldProblems';

export interface RequestValidatorOptions {
  access: Pick<ClusterAccess, 'get'>;
  authorizer: Pick<Authorizer, 'require'>;
  catalog: CatalogService;
  clusters: Pick<ClusterStore, 'getById'>;
  namespaceAccess: Pick<NamespaceAccess, 'get'>;
  names: Pick<NamespaceNameRules, 'assertFree' | 'nameFor'>;
  shares: Pick<ShareStore, 'list'>;
  sizeClasses: SizeClass[];
  tenancy: TenancyStores;
}

/** A request that its requester may make. */
export interface ValidatedRequest {
  content: RequestContent;
  cluster: ClusterRecord;
  /** The requester. */
  person: Person;
  /** Whether the requester can see the namespace. */
  seen: boolean;
  /** What could not be validated. */
  warning?: string;
}

/**
 * Validates what a person may request and approve. A person may request a namespace or a role for one of their own
 * groups, on a cluster that the group can see, and a quota if the person has a role in the namespace.
 */
export class RequestValidator {
  readonly #options: RequestValidatorOptions;

  constructor(options: RequestValidatorOptions) {
    this.#options = options;
  }

  /**
   * @throws NotFoundError for a cluster, and for the namespace of a quota, that the caller cannot see;
   *   NotAllowedError if the policy denies it; InputError and ConflictError naming what is not possible
   */
  async validate(
    requester: Caller,
    spec: RequestSpec,
  ): Promise<ValidatedRequest> {
    const caller = withoutAudit(requester);
    const { access, authorizer } = this.#options;
    await authorizer.require(caller.credentials, berthRequestCreatePermission);
    const { cluster } = await access.get(caller, spec.cluster);
    if (spec.kind === 'quota') {
      return this.#checkQuota(caller, spec, cluster);
    }
    assertFuture(spec);
    const groupUid = await this.#checkGroup(caller, spec.group, cluster);
    const content = {
      spec,
      clusterId: cluster.id,
      ...(groupUid !== undefined && { groupUid }),
    };
    return spec.kind === 'namespace'
      ? this.#checkNamespace(caller, spec, content, cluster)
      : this.#checkGrant(caller, spec, content, cluster);
  }

  /**
   * Returns the spec of a repeated call with the name that the namespace of the request got: with the namespace prefix
   * of the cluster.
   */
  async named(
    spec: RequestSpec,
    request: Pick<RequestRecord, 'clusterId' | 'spec'>,
  ): Promise<RequestSpec> {
    const { clusters, names } = this.#options;
    if (
      spec.kind !== 'namespace' ||
      spec.namespace === request.spec.namespace
    ) {
      return spec;
    }
    const cluster = await clusters.getById(request.clusterId);
    return cluster
      ? { ...spec, namespace: names.nameFor({ cluster, name: spec.namespace }) }
      : spec;
  }

  /**
   * Checks that the namespace still has the owner that it had when the request was made.
   *
   * @throws NotAllowedError if it has another owner and the caller is no admin
   */
  async checkDecider(
    { person }: Caller,
    { spec, clusterId, decider }: RequestRecord,
  ): Promise<void> {
    if (spec.kind === 'namespace' || person.admin) {
      return;
    }
    const key = { clusterId, name: spec.namespace };
    const namespace = await this.#options.tenancy.namespaces.get(key);
    if (namespace?.owner !== decider) {
      throw new NotAllowedError(
        `The namespace ${spec.namespace} has another owner than when this was requested, so only platform admins may decide`,
      );
    }
  }

  /**
   * @returns the namespace that an approval is for; undefined for a new namespace
   * @throws ConflictError if Berth manages no such namespace, or the name of a new namespace is taken
   */
  async checkApproval({
    spec,
    clusterId,
  }: RequestRecord): Promise<ApprovedNamespace | undefined> {
    const { clusters, names, tenancy } = this.#options;
    const { namespace: name } = spec;
    if (spec.kind === 'namespace') {
      const cluster = await clusters.getById(clusterId);
      if (cluster) {
        const claim = { cluster, name, owner: spec.group, field: 'namespace' };
        await cannotApprove(() => names.assertFree(claim));
      }
      return undefined;
    }
    const namespace = await tenancy.namespaces.get({ clusterId, name });
    if (!namespace || namespace.deletingSince !== undefined) {
      throw new ConflictError(
        `Berth manages no namespace ${name} on ${spec.cluster}, so this request cannot be approved: deny it and give the reason, or create the namespace first`,
      );
    }
    return approvedFor(namespace);
  }

  async #checkNamespace(
    caller: Caller,
    spec: NamespaceRequestSpec,
    content: RequestContent,
    cluster: ClusterRecord,
  ): Promise<ValidatedRequest> {
    const { catalog, names, sizeClasses } = this.#options;
    const { group, system } = spec;
    const bounds = checkQuota(spec.quota, sizeClasses, 'quota.hard');
    if (system !== undefined) {
      await assertCatalogSystem(catalog, system, caller.credentials);
    }
    const claim = { cluster, owner: group, field: 'namespace' };
    const name = names.nameFor({ ...claim, name: spec.namespace });
    const availability = await names.assertFree({ ...claim, name });
    return {
      content: {
        ...content,
        spec: { ...spec, namespace: name },
        bounds,
        decider: group,
      },
      cluster,
      person: caller.person,
      seen: false,
      ...(availability.message !== undefined && {
        warning: availability.message,
      }),
    };
  }

  async #checkQuota(
    caller: Caller,
    spec: QuotaRequestSpec,
    cluster: ClusterRecord,
  ): Promise<ValidatedRequest> {
    const { namespaceAccess, sizeClasses, tenancy } = this.#options;
    const { namespace, grants } = await namespaceAccess.get(
      caller,
      spec.cluster,
      spec.namespace,
    );
    const own = await tenancy.personal.get(namespace);
    if (!isPersonalOf(own, caller.person)) {
      assertMayUse(caller.person, spec, grants);
    }
    const bounds = checkQuota(spec.quota, sizeClasses, 'quota.hard');
    const { owner } = namespace;
    return {
      content: {
        spec,
        clusterId: cluster.id,
        bounds,
        ...(owner !== undefined && { decider: owner }),
      },
      cluster,
      person: caller.person,
      seen: true,
    };
  }

  /** The result is the same for a namespace that the caller cannot see and for one that does not exist. */
  async #checkGrant(
    caller: Caller,
    spec: GrantRequestSpec,
    content: RequestContent,
    cluster: ClusterRecord,
  ): Promise<ValidatedRequest> {
    const { namespaceAccess, tenancy } = this.#options;
    const key = { clusterId: cluster.id, name: spec.namespace };
    const seen = await sees(() =>
      namespaceAccess.get(caller, spec.cluster, spec.namespace),
    );
    const shared =
      seen?.grants.some(
        ({ group, source }) => group === spec.group && source === 'share',
      ) ?? false;
    if (shared) {
      throw atField(
        new ConflictError(
          `group ${spec.group} is admin of ${spec.namespace} by the share of the cluster already`,
        ),
        'group',
      );
    }
    const owner = (await tenancy.namespaces.get(key))?.owner;
    return {
      content: { ...content, ...(owner !== undefined && { decider: owner }) },
      cluster,
      person: caller.person,
      seen: seen !== undefined,
    };
  }

  /** @returns the `metadata.uid` of the group */
  async #checkGroup(
    { person }: Caller,
    group: string,
    cluster: ClusterRecord,
  ): Promise<string | undefined> {
    const membership = person.memberships.find(one => one.group === group);
    if (!membership) {
      throw atField(
        new InputError(
          `group ${quoteUntrusted(group)} is not one of your groups`,
        ),
        'group',
      );
    }
    const shares = await this.#options.shares.list(cluster.id);
    if (!entitlementsOf(person, shares).some(share => share.group === group)) {
      // The caller sees the cluster, because `validate` has looked it up.
      throw atField(
        new InputError(
          `group ${quoteUntrusted(group)} cannot hold anything on ${
            cluster.name
          }, as the cluster is not shared with it: choose another group, or ask a platform admin to share the cluster`,
        ),
        'group',
      );
    }
    return membership.uid;
  }
}

/** Returns whether a personal namespace is that of a person, and not of a former person of the same name. */
function isPersonalOf(
  own: PersonalNamespaceRecord | undefined,
  { userRef, uid }: Person,
): boolean {
  return uid !== undefined && own?.user === userRef && own.userUid === uid;
}

/** A quota limits everyone in the namespace, so a person who may only view the namespace cannot request another one. */
function assertMayUse(
  person: Person,
  { namespace }: QuotaRequestSpec,
  grants: GrantWithShare[],
): void {
  const now = new Date();
  const uses = entitlementsOf(person, grants).some(
    ({ role, expiresAt }) =>
      role !== 'view' && (expiresAt === undefined || new Date(expiresAt) > now),
  );
  if (!uses && !person.admin) {
    throw new NotAllowedError(
      `Your groups hold only view in ${namespace}; a request for a quota needs admin or edit there`,
    );
  }
}

/** The time may have passed while the draft waited. */
function assertFuture({
  expiresAt,
}: NamespaceRequestSpec | GrantRequestSpec): void {
  if (
    expiresAt !== undefined &&
    !(new Date(expiresAt).getTime() > Date.now())
  ) {
    throw atField(
      new InputError(
        `expiresAt ${quoteUntrusted(expiresAt)} must be in the future`,
      ),
      'expiresAt',
    );
  }
}

async function sees<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}

/** Converts a refusal for the requester to a reason for the approver to deny. */
async function cannotApprove(check: () => Promise<unknown>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof ConflictError || error instanceof InputError) {
      throw new ConflictError(
        `This request cannot be approved, deny it and give the reason: ${error.message}`,
      );
    }
    throw error;
  }
}

/** Returns the mark of the namespace that an approval is for. */
export function approvedFor({
  createdAt,
  owner,
}: NamespaceRecord): ApprovedNamespace {
  return { createdAt, ...(owner !== undefined && { owner }) };
}
