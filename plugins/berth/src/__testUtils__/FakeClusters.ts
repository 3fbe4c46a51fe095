import {
  AccessExplanation,
  AccessSummary,
  AddShareRequest,
  ActivityEntry,
  ActivityExportFormat,
  ActivityFilter,
  ActivityQuery,
  CheckRun,
  Cluster,
  ClusterCheck,
  LeftoverResourceList,
  ClusterPlan,
  ClusterProfile,
  ClusterPreview,
  ConfirmPlanRequest,
  ConfirmIdentityRequest,
  PreviewProfileRequest,
  ProfilePreview,
  ProfileSummary,
  ConfirmPodSecurityRequest,
  ConfirmRebuiltRequest,
  RemoveLeftoversRequest,
  TakeOverRequest,
  TakeOverResult,
  CreateClusterRequest,
  ExplainAccessQuery,
  FieldProblem,
  LeftoverResource,
  List,
  OnboardingFeature,
  OnboardingFormat,
  OnboardingGuide,
  Page,
  RegisterKubeconfigRequest,
  SetSharesRequest,
  ShareList,
  Share,
  TokenResponse,
  UpdateClusterRequest,
  cleanClusterName,
} from '@berth/plugin-berth-common';
import { activityPageOf } from './activity';
import { guideOf } from './guides';
import { checksOf } from './checks';
import { fieldsError, responseError } from './responseError';
import { CA_PEM, aCluster } from './fixtures';
import { readsEverything } from '../kit/hooks';

const TOKEN_LIFETIME = 600_000;

const UNSEEN: Partial<Cluster['status']> = {
  state: 'Pending',
  since: undefined,
  checkedAt: undefined,
  lastSeenAt: undefined,
  version: undefined,
  nodes: undefined,
  cpu: undefined,
  memory: undefined,
  pods: undefined,
  gpus: undefined,
  advertisedGpus: undefined,
};

/** The part of `FakeBerthApi` that serves access, clusters, plans, checks and activity. */
export class FakeClusters {
  readonly clusters: Map<string, Cluster>;
  readonly access: AccessSummary;
  readonly activity: ActivityEntry[] = [];
  /** The plans of clusters that differ from the desired state. */
  readonly plans = new Map<string, ClusterPlan>();
  /** The profiles of clusters; without any for the others. */
  readonly profiles = new Map<string, ClusterProfile>();
  /** The profiles of the configuration. */
  configuredProfiles: ProfileSummary[] = [];
  /** The problems that a dry run reports for any cluster. */
  previewProblems: FieldProblem[] = [];

  readonly #checkRuns: { name: string; run: CheckRun }[] = [];

  constructor(access: AccessSummary, clusters: Cluster[]) {
    this.access = access;
    this.clusters = new Map(clusters.map(cluster => [cluster.name, cluster]));
  }

  async getAccess(): Promise<AccessSummary> {
    return this.access;
  }

  async explainAccess({
    cluster,
    namespace,
  }: ExplainAccessQuery): Promise<AccessExplanation> {
    const { user, username, admin, groups } = this.access;
    const found = this.clusters.get(cluster);
    const allowed =
      found !== undefined &&
      (readsEverything(this.access) || this.#seen(found).shares.length > 0);
    const missing = `There is no cluster "${cluster}", or it is not shared with any of your groups`;
    return {
      user,
      username,
      admin,
      cluster,
      ...(namespace !== undefined && { namespace }),
      allowed,
      ...(!allowed && { missing }),
      steps: [
        {
          link: 'group',
          status: 'Passed',
          message: `You are a member of ${groups.join(', ')}`,
        },
        allowed
          ? {
              link: 'share',
              status: 'Passed',
              message: `${cluster} is shared with ${groups[0]}`,
            }
          : {
              link: 'share',
              status: 'Failed',
              message: missing,
              hint: 'Ask a platform admin to share it with one of them',
            },
      ],
      roles: [],
      tokenGroups: [],
      helpers: allowed ? [] : ['group:default/platform'],
    };
  }

  async listClusters(): Promise<List<Cluster>> {
    const items = [...this.clusters.values()]
      .map(cluster => this.#seen(cluster))
      .filter(
        ({ shares }) => readsEverything(this.access) || shares.length > 0,
      );
    return { items, totalItems: items.length };
  }

  async getCluster(name: string): Promise<Cluster> {
    return this.#seen(await this.#find(name));
  }

  async createCluster(
    request: CreateClusterRequest | RegisterKubeconfigRequest,
  ): Promise<Cluster> {
    const { name = '', ...rest } = request;
    if (this.clusters.has(name)) {
      throw await fieldsError(409, [
        `name "${name}" is taken: there is a cluster of that name. Choose another name`,
        'name',
      ]);
    }
    const cluster = aCluster(name, {
      ...settingsOf(rest),
      caData: btoa(CA_PEM),
      createdAt: new Date().toISOString(),
      status: UNSEEN,
    });
    this.clusters.set(name, cluster);
    return cluster;
  }

  async previewCluster(
    request: Partial<CreateClusterRequest> | RegisterKubeconfigRequest,
  ): Promise<ClusterPreview> {
    return {
      name: cleanClusterName(request.name ?? ''),
      connection: request.connection ?? 'oidc',
      problems: this.previewProblems,
    };
  }

  async updateCluster(
    name: string,
    request: UpdateClusterRequest,
    { etag }: { etag?: string } = {},
  ): Promise<Cluster> {
    const before = await this.#find(name);
    if (etag !== undefined && etag !== before.etag) {
      throw await responseError(
        412,
        `The settings of "${name}" were changed by someone else; read them again`,
      );
    }
    const { caData } = request;
    const cluster: Cluster = {
      ...before,
      ...settingsOf(request),
      ...(caData && { caData: btoa(caData) }),
      etag: JSON.stringify(String(Number(JSON.parse(before.etag)) + 1)),
    };
    this.clusters.set(name, cluster);
    return cluster;
  }

  async getLeftovers(name: string): Promise<LeftoverResourceList> {
    const { shares, status } = await this.#find(name);
    const items: LeftoverResource[] = shares.flatMap(
      ({ namespace, kubernetesName }) => [
        {
          kind: 'RoleBinding',
          namespace,
          name: `berth:admin:${kubernetesName}`,
          removable: true,
        },
        { kind: 'Namespace', namespace: '', name: namespace, removable: false },
      ],
    );
    const reachable = status.state === 'Connected';
    return {
      items,
      totalItems: items.length,
      reachable,
      ...(!reachable && { message: status.message }),
    };
  }

  async deleteCluster(name: string): Promise<void> {
    await this.#find(name);
    this.clusters.delete(name);
  }

  async getShares(name: string): Promise<ShareList> {
    const { shares } = await this.#find(name);
    return listOf(shares);
  }

  async addShare(
    name: string,
    { group, name: given }: AddShareRequest,
  ): Promise<ShareList> {
    const { shares } = await this.#find(name);
    return this.setShares(name, {
      groups: [...new Set([...shares.map(share => share.group), group])],
      ...(given && { names: { [group]: given } }),
    });
  }

  async removeShare(name: string, group: string): Promise<ShareList> {
    const { shares } = await this.#find(name);
    const groups = shares.map(share => share.group);
    return this.setShares(name, {
      groups: groups.filter(other => other !== group),
    });
  }

  async setShares(
    name: string,
    { groups, names }: SetSharesRequest,
  ): Promise<ShareList> {
    const cluster = await this.#find(name);
    const shares = groups.map(group => {
      const kubernetesName =
        names?.[group] ?? group.slice(group.lastIndexOf('/') + 1);
      return (
        cluster.shares.find(share => share.group === group) ?? {
          group,
          kubernetesName,
          namespace: kubernetesName,
          state: 'Pending' as const,
          since: new Date().toISOString(),
        }
      );
    });
    this.clusters.set(name, { ...cluster, shares });
    return listOf(shares);
  }

  async getOnboardingManifest(name: string): Promise<string> {
    return (await this.getOnboarding(name, 'manifest')).steps[0].text;
  }

  async getOnboarding(
    name: string,
    format: OnboardingFormat,
    features: OnboardingFeature[] = [],
  ): Promise<OnboardingGuide> {
    return guideOf(await this.#find(name), format, features);
  }

  async createToken(name: string): Promise<TokenResponse> {
    await this.#find(name);
    return {
      token: `header.${btoa(
        JSON.stringify({ sub: this.access.username }),
      )}.signature`,
      expiresAt: new Date(Date.now() + TOKEN_LIFETIME).toISOString(),
      expiresIn: TOKEN_LIFETIME / 1000,
    };
  }

  async runChecks(name: string): Promise<CheckRun> {
    const checks = checksOf(await this.#find(name)) as ClusterCheck[];
    const now = new Date().toISOString();
    const run: CheckRun = {
      id: `run-${this.#checkRuns.length}`,
      trigger: 'Request',
      startedAt: now,
      finishedAt: now,
      items: checks,
      totalItems: checks.length,
    };
    this.#checkRuns.unshift({ name, run });
    return run;
  }

  async listCheckRuns(name: string): Promise<List<CheckRun>> {
    await this.#find(name);
    const items = this.#checkRuns
      .filter(one => one.name === name)
      .map(({ run }) => run);
    return { items, totalItems: items.length };
  }

  async getPlan(name: string): Promise<ClusterPlan> {
    const cluster = await this.#find(name);
    return (
      this.plans.get(name) ?? {
        cluster: cluster.name,
        plannedAt: new Date().toISOString(),
        items: [],
        totalItems: 0,
        problems: [],
        totalProblems: 0,
        foreign: [],
        repeatedDeletions: [],
        leftovers: [],
        formerRegistrations: [],
      }
    );
  }

  async listProfiles(): Promise<List<ProfileSummary>> {
    const items = this.configuredProfiles;
    return { items, totalItems: items.length };
  }

  async getClusterProfile(name: string): Promise<ClusterProfile> {
    await this.#find(name);
    return this.profiles.get(name) ?? noProfile(name);
  }

  async previewProfile(
    name: string,
    _request: PreviewProfileRequest,
  ): Promise<ProfilePreview> {
    const { cluster, kinds } = await this.getClusterProfile(name);
    return {
      cluster,
      kinds,
      items: [],
      totalItems: 0,
      problems: [],
      totalProblems: 0,
      podSecurity: [],
      untried: 0,
      refusedPods: [],
    };
  }

  async confirmPlan(name: string, { held }: ConfirmPlanRequest): Promise<void> {
    const plan = await this.getPlan(name);
    if (plan.held?.id !== held) {
      throw await responseError(409, 'Other deletions are held now');
    }
    this.plans.delete(name);
  }

  async confirmRebuilt(
    name: string,
    { kubeSystemUid }: ConfirmRebuiltRequest,
  ): Promise<void> {
    const cluster = await this.#find(name);
    if (cluster.status.foundUid !== kubeSystemUid) {
      throw await responseError(409, 'It is another cluster again');
    }
    cluster.status = { state: 'Connected' };
  }

  async removeLeftovers(
    name: string,
    { uids }: RemoveLeftoversRequest,
  ): Promise<void> {
    const plan = await this.getPlan(name);
    this.plans.set(name, {
      ...plan,
      leftovers: plan.leftovers.filter(({ uid }) => !uids.includes(uid)),
    });
  }

  async confirmPodSecurity(
    name: string,
    { level, namespaces }: ConfirmPodSecurityRequest,
  ): Promise<void> {
    const plan = await this.getPlan(name);
    this.plans.set(name, {
      ...plan,
      podSecurity: plan.podSecurity?.map(wait =>
        wait.level === level && namespaces.includes(wait.namespace)
          ? { ...wait, confirmedBy: 'user:default/ada' }
          : wait,
      ),
    });
  }

  async confirmIdentity(
    name: string,
    { owner }: ConfirmIdentityRequest,
  ): Promise<void> {
    const plan = await this.getPlan(name);
    this.plans.set(name, {
      ...plan,
      identities: plan.identities?.filter(wait => wait.owner !== owner),
    });
  }

  async takeOver(
    name: string,
    { formerId }: TakeOverRequest,
  ): Promise<TakeOverResult> {
    const plan = await this.getPlan(name);
    const former = plan.formerRegistrations.find(({ id }) => id === formerId);
    this.plans.set(name, {
      ...plan,
      formerRegistrations: plan.formerRegistrations.filter(
        one => one !== former,
      ),
    });
    return { namespaces: former?.namespaces ?? [], removed: [] };
  }

  async listActivity(query: ActivityQuery = {}): Promise<Page<ActivityEntry>> {
    return activityPageOf(this.activity, query);
  }

  async listClusterActivity(
    name: string,
    query: Omit<ActivityQuery, 'cluster'> = {},
  ): Promise<Page<ActivityEntry>> {
    await this.#find(name);
    return activityPageOf(this.activity, { ...query, cluster: name });
  }

  async exportActivity(
    filter: ActivityFilter,
    format: ActivityExportFormat,
  ): Promise<Blob> {
    const { items } = activityPageOf(this.activity, {
      ...filter,
      limit: Infinity,
    });
    return new Blob([items.map(entry => JSON.stringify(entry)).join('\n')], {
      type: format === 'csv' ? 'text/csv' : 'application/x-ndjson',
    });
  }

  async #find(name: string): Promise<Cluster> {
    const cluster = this.clusters.get(name);
    if (!cluster) {
      throw await responseError(404, `There is no cluster "${name}"`);
    }
    return cluster;
  }

  #seen(cluster: Cluster): Cluster {
    const { groups } = this.access;
    return readsEverything(this.access)
      ? cluster
      : {
          ...cluster,
          shares: cluster.shares.filter(({ group }) => groups.includes(group)),
        };
  }
}

/** Returns the settings that a cluster shows, never a credential. */
function settingsOf(
  request: UpdateClusterRequest,
): Omit<UpdateClusterRequest, 'credential' | 'caData'> {
  const { credential, caData, ...settings } = request;
  return settings;
}

function listOf(shares: Share[]): ShareList {
  return {
    items: shares,
    totalItems: shares.length,
    etag: JSON.stringify(shares.map(({ group }) => group).join(' ')),
  };
}

function noProfile(cluster: string): ClusterProfile {
  return {
    cluster,
    capabilities: [],
    kinds: [
      { kind: 'personal', items: [] },
      { kind: 'group', items: [] },
    ],
  };
}
