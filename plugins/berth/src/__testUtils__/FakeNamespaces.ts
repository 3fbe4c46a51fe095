import {
  AccessSummary,
  ChangeOptions,
  Cluster,
  ClusterQuotas,
  CreateNamespaceRequest,
  CreatePersonalNamespaceRequest,
  Grant,
  GrantList,
  GrantRequest,
  CountedPage,
  List,
  ManagedNamespace,
  NamespaceAddress,
  NamespaceAvailability,
  NamespaceQuery,
  NamespaceQuota,
  PersonalNamespace,
  Quantity,
  QuotaTotal,
  SetGrantsRequest,
  SetQuotaOptions,
  SetQuotaRequest,
  SetQuotaResponse,
  SizeClass,
  TransferNamespaceRequest,
  UpdateNamespaceRequest,
} from '@berth/plugin-berth-common';
import { FakeClusters } from './FakeClusters';
import { SIZE_CLASSES, aNamespace, aPersonalNamespace } from './namespaces';
import { responseError } from './responseError';
import { pageFrom } from './pageFrom';
import { readsEverything } from '../kit/hooks';

/** The allocatable resources of every cluster of the fake. */
const ALLOCATABLE: Record<string, string> = { cpu: '40', memory: '160Gi' };

/** The part of `FakeBerthApi` that serves namespaces, grants and quotas. */
export class FakeNamespaces extends FakeClusters {
  readonly namespaces: Map<string, ManagedNamespace>;
  /** Names of the cluster's namespaces that Berth does not manage. */
  foreign: string[] = ['monitoring'];
  sizeClasses: SizeClass[] = SIZE_CLASSES;
  /** The personal namespaces of the caller. */
  personal: PersonalNamespace[] = [];

  constructor(
    access: AccessSummary,
    clusters: Cluster[],
    namespaces: ManagedNamespace[],
  ) {
    super(access, clusters);
    this.namespaces = new Map(
      namespaces.map(one => [`${one.cluster}/${one.name}`, one]),
    );
  }

  async listNamespaces(
    query: NamespaceQuery = {},
  ): Promise<CountedPage<ManagedNamespace>> {
    const clusters = [query.cluster ?? []].flat();
    const groups = [query.group ?? []].flat();
    const { search = '', phase, unbounded, orderBy = 'name' } = query;
    const sign = query.order === 'desc' ? -1 : 1;
    const found = [...this.namespaces.values()]
      .filter(one => this.#visible(one, query.mine))
      .filter(one => clusters.length === 0 || clusters.includes(one.cluster))
      .filter(one => one.name.includes(search.toLowerCase()))
      .filter(one => !phase || one.phase === phase)
      .filter(one => !unbounded || !one.quota)
      .filter(
        one =>
          groups.length === 0 ||
          groups.includes(one.owner ?? '') ||
          one.grants.some(({ group }) => groups.includes(group)),
      )
      .sort(
        (a, b) =>
          sign *
          `${a[orderBy] ?? ''} ${a.name}`.localeCompare(
            `${b[orderBy] ?? ''} ${b.name}`,
          ),
      );
    const page = pageFrom(found, query);
    return {
      ...page,
      items: page.items.map(one => this.#seen(one, query.mine)),
    };
  }

  async getNamespace(address: NamespaceAddress): Promise<ManagedNamespace> {
    return this.#seen(await this.#find(address));
  }

  async checkNamespaceName({
    cluster,
    namespace: name,
  }: NamespaceAddress): Promise<NamespaceAvailability> {
    const isForeign = this.foreign.includes(name);
    return isForeign || this.namespaces.has(`${cluster}/${name}`)
      ? {
          state: 'Taken',
          name,
          message: `name "${name}" is taken: there is a namespace of that name on the cluster already`,
          ...(isForeign && { adoptable: true }),
        }
      : { state: 'Free', name };
  }

  async createNamespace(
    cluster: string,
    request: CreateNamespaceRequest,
  ): Promise<ManagedNamespace> {
    const { name, owner, system, purpose, grants = [], quota } = request;
    if (this.namespaces.has(`${cluster}/${name}`)) {
      throw await responseError(
        409,
        `There is a namespace "${name}" on ${cluster} already; choose another name`,
      );
    }
    const made = aNamespace(cluster, name, {
      owner,
      system,
      purpose,
      phase: 'Pending',
      state: 'Pending',
      uid: undefined,
      createdAt: new Date().toISOString(),
      createdBy: this.access.user,
      grants: grants.map(pendingGrant),
      ...(quota && { quota: this.#quotaOf(quota) }),
    });
    this.put(made);
    return made;
  }

  async listPersonalNamespaces(): Promise<List<PersonalNamespace>> {
    return { items: this.personal, totalItems: this.personal.length };
  }

  async createPersonalNamespace(
    cluster: string,
    { user, name }: CreatePersonalNamespaceRequest = {},
  ): Promise<ManagedNamespace> {
    if (user !== undefined && name !== undefined) {
      const given = aPersonalNamespace(cluster, name, user);
      this.put(given);
      return given;
    }
    const found = this.personal.find(one => one.cluster.name === cluster);
    if (!found?.name) {
      throw await responseError(404, `There is no cluster ${cluster}`);
    }
    const made = aPersonalNamespace(cluster, found.name, this.access.user);
    this.put(made);
    this.personal = this.personal.map(one =>
      one === found ? { ...one, state: 'present', namespace: found.name } : one,
    );
    return made;
  }

  async transferNamespace(
    address: NamespaceAddress,
    { owner }: TransferNamespaceRequest,
  ): Promise<ManagedNamespace> {
    const changed = { ...(await this.#find(address)), owner };
    this.put(changed);
    return changed;
  }

  async updateNamespace(
    address: NamespaceAddress,
    request: UpdateNamespaceRequest,
    options: ChangeOptions,
  ): Promise<ManagedNamespace> {
    const found = await this.#find(address);
    const tag = tagOf(namespaceEssence(found));
    await this.#check(options, tag, address.namespace);
    const changed = { ...found };
    for (const field of ['owner', 'system', 'purpose'] as const) {
      const value = request[field];
      if (value !== undefined) {
        changed[field] = value ?? undefined;
      }
    }
    this.put(changed);
    return changed;
  }

  async deleteNamespace(
    address: NamespaceAddress,
    uid?: string,
  ): Promise<void> {
    const found = await this.#find(address);
    if (found.uid !== uid) {
      throw await responseError(
        400,
        `uid "${uid}" must be the UID of the namespace that you saw; it is ${found.uid} now`,
      );
    }
    this.put({
      ...found,
      phase: 'Terminating',
      terminating: {
        since: new Date().toISOString(),
        finalizers: ['kubernetes'],
        conditions: [],
      },
    });
  }

  async getGrants(address: NamespaceAddress): Promise<GrantList> {
    const { grants } = await this.#find(address);
    return listOf(grants);
  }

  async setGrants(
    address: NamespaceAddress,
    { grants }: SetGrantsRequest,
    options: ChangeOptions,
  ): Promise<GrantList> {
    const found = await this.#find(address);
    await this.#check(
      options,
      tagOf(grantEssence(found.grants)),
      `Access to ${address.namespace}`,
    );
    const items = [
      ...found.grants.filter(({ source }) => source === 'share'),
      ...grants.map(
        spec =>
          found.grants.find(
            old =>
              old.group === spec.group &&
              old.role === spec.role &&
              old.expiresAt === spec.expiresAt,
          ) ?? pendingGrant(spec),
      ),
    ];
    this.put({ ...found, grants: items });
    return listOf(items);
  }

  async getQuota(address: NamespaceAddress): Promise<NamespaceQuota> {
    const { quota } = this.#seen(await this.#find(address));
    if (!quota) {
      throw await responseError(
        404,
        `${address.namespace} has no quota: nothing bounds its use`,
      );
    }
    return quota;
  }

  async setQuota(
    address: NamespaceAddress,
    request: SetQuotaRequest,
    { etag }: SetQuotaOptions,
  ): Promise<SetQuotaResponse> {
    const found = await this.#find(address);
    await this.#check(
      { etag },
      found.quota && tagOf(quotaEssence(found.quota)),
      `The quota of ${address.namespace}`,
    );
    const quota = {
      ...this.#quotaOf(request),
      used: found.quota?.used,
      observedAt: found.quota?.observedAt,
    };
    this.put({ ...found, quota });
    return { ...quota, exceeded: [] };
  }

  async deleteQuota(
    address: NamespaceAddress,
    options: ChangeOptions,
  ): Promise<void> {
    const found = await this.#find(address);
    await this.#check(
      options,
      found.quota && tagOf(quotaEssence(found.quota)),
      `The quota of ${address.namespace}`,
    );
    this.put({ ...found, quota: undefined });
  }

  async getQuotas(cluster: string): Promise<ClusterQuotas> {
    const items = [...this.namespaces.values()].filter(
      one => one.cluster === cluster,
    );
    return {
      cluster,
      totals: totalsOf(items),
      unbounded: items.filter(({ quota }) => !quota).length,
      items,
      totalItems: items.length,
    };
  }

  async listSizeClasses(): Promise<List<SizeClass>> {
    return { items: this.sizeClasses, totalItems: this.sizeClasses.length };
  }

  /** Replaces a namespace, like a change by the cluster or another person. */
  put(namespace: ManagedNamespace) {
    this.namespaces.set(`${namespace.cluster}/${namespace.name}`, namespace);
  }

  async #find({
    cluster,
    namespace,
  }: NamespaceAddress): Promise<ManagedNamespace> {
    const found = this.namespaces.get(`${cluster}/${namespace}`);
    if (!found || !this.#visible(found)) {
      throw await responseError(
        404,
        `There is no namespace "${namespace}" on ${cluster} that you may see`,
      );
    }
    return found;
  }

  async #check(
    { etag }: SetQuotaOptions,
    current: string | undefined,
    what: string,
  ) {
    if (etag !== current) {
      throw await responseError(
        412,
        `${what} was changed by someone else since you looked, so nothing was saved. Look at it again and repeat your change`,
      );
    }
  }

  #visible({ grants, personal }: ManagedNamespace, mine = false): boolean {
    const { groups, user } = this.access;
    const all = readsEverything(this.access);
    return (
      (all && !mine) ||
      personal?.user === user ||
      grants.some(({ group }) => groups.includes(group))
    );
  }

  #seen(found: ManagedNamespace, mine = false): ManagedNamespace {
    const { groups } = this.access;
    const all = readsEverything(this.access);
    const { grants, quota } = found;
    return {
      ...found,
      grants:
        all && !mine
          ? grants
          : grants.filter(({ group }) => groups.includes(group)),
      ...(quota && { quota: { ...quota, etag: tagOf(quotaEssence(quota)) } }),
      etag: tagOf(namespaceEssence(found)),
    };
  }

  #quotaOf(request: SetQuotaRequest): NamespaceQuota {
    const preset = this.sizeClasses.find(
      ({ name }) => name === request.sizeClass,
    );
    return {
      ...(request.sizeClass && { sizeClass: request.sizeClass }),
      hard: preset?.hard ?? request.hard ?? {},
      limits: preset?.limits ?? request.limits ?? [],
      priorityClasses: request.priorityClasses ?? [],
      state: 'Pending',
      since: new Date().toISOString(),
      etag: '',
    };
  }
}

function listOf(grants: Grant[]): GrantList {
  return {
    items: grants,
    totalItems: grants.length,
    etag: tagOf(grantEssence(grants)),
  };
}

function pendingGrant({ group, role, expiresAt }: GrantRequest): Grant {
  return {
    group,
    kubernetesName: group.slice(group.lastIndexOf('/') + 1),
    role,
    ...(expiresAt && { expiresAt }),
    source: 'grant',
    state: 'Pending',
    since: new Date().toISOString(),
  };
}

function tagOf(essence: unknown): string {
  return JSON.stringify(JSON.stringify(essence));
}

function namespaceEssence({ owner, system, purpose }: ManagedNamespace) {
  return [owner, system, purpose];
}

function grantEssence(grants: Grant[]) {
  return grants.map(({ group, role, expiresAt }) => [group, role, expiresAt]);
}

function quotaEssence({ hard, limits, sizeClass }: NamespaceQuota) {
  return [hard, limits, sizeClass];
}

function totalsOf(items: ManagedNamespace[]): QuotaTotal[] {
  const none = { hard: Quantity.zero, used: Quantity.zero };
  const totals = new Map(
    Object.keys(ALLOCATABLE).map(resource => [resource, none]),
  );
  for (const { quota } of items) {
    for (const [name, hard] of Object.entries(quota?.hard ?? {})) {
      if (!name.startsWith('limits.')) {
        const resource = name.replace(/^requests\./, '');
        const before = totals.get(resource);
        const used = Quantity.parse(quota?.used?.[name] ?? '0');
        totals.set(resource, {
          hard: (before?.hard ?? Quantity.zero).add(Quantity.parse(hard)),
          used: (before?.used ?? Quantity.zero).add(used),
        });
      }
    }
  }
  return [...totals].map(([resource, { hard, used }]) => ({
    resource,
    ...(ALLOCATABLE[resource] && { allocatable: ALLOCATABLE[resource] }),
    hard: hard.toString(),
    used: used.toString(),
  }));
}
