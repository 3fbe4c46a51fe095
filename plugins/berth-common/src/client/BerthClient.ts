import type {
  AccessExplanation,
  AccessSummary,
  ExplainAccessQuery,
  TokenResponse,
} from '../api/access';
import type {
  ActivityEntry,
  ActivityExportFormat,
  ActivityFilter,
  ActivityQuery,
} from '../api/activity';
import type {
  Chart,
  ChartFile,
  ChartFileName,
  ChartPreset,
  ChartPresetQuery,
  ChartQuery,
  ChartRepository,
  ChartVersion,
  ChartVersionQuery,
  ChartView,
  CreateChartRepositoryRequest,
  UpdateChartRepositoryRequest,
} from '../api/charts';
import type { CheckRun } from '../api/checks';
import type { ClusterQuotas } from '../api/clusterQuotas';
import type {
  Cluster,
  LeftoverResourceList,
  ClusterPreview,
  CreateClusterRequest,
  RegisterKubeconfigRequest,
  UpdateClusterRequest,
} from '../api/clusters';
import type { DirectoryCluster, DirectoryNamespace } from '../api/directory';
import type { GrantList, SetGrantsRequest } from '../api/grants';
import type {
  HelmDiff,
  HelmDrift,
  HelmManifestObject,
  HelmObject,
  HelmReleaseLine,
  HelmReleaseQuery,
  HelmReleaseView,
  HelmRevealed,
  HelmRevealRequest,
  HelmRevision,
  HelmValues,
} from '../api/helm';
import type {
  HelmOperation,
  HelmOperationLines,
  HelmOperationQuery,
  HelmOperationRequest,
  HelmPreview,
  HelmRequest,
  HelmWriting,
} from '../api/helmOperations';
import type {
  ConnectDeviceRequest,
  ConnectedDevice,
  KubeconfigQuery,
  KubectlDevice,
  KubectlDeviceListQuery,
  KubectlDeviceQuery,
  KubectlPortal,
} from '../api/kubectl';
import type {
  CreateNamespaceRequest,
  ManagedNamespace,
  NamespaceAvailability,
  NamespaceQuery,
  UpdateNamespaceRequest,
} from '../api/namespaces';
import type { LogLine, LogQuery } from '../api/logs';
import type {
  AppliedDocument,
  ApplyRequest,
  EditObjectRequest,
  EditObjectResult,
  ObjectAction,
  ObjectActionResult,
  ObjectEvent,
  ObjectView,
  RelatedObjectList,
  RevealedSecret,
  RolloutRevision,
} from '../api/objects';
import type {
  OnboardingFeature,
  OnboardingFormat,
  OnboardingGuide,
} from '../api/onboarding';
import type { NodeListLine, NodeListQuery, NodeMig } from '../api/nodes';
import type { CountedPage, List, Page } from '../api/paging';
import type {
  ClusterPlan,
  ConfirmPlanRequest,
  ConfirmIdentityRequest,
  ConfirmPodSecurityRequest,
  ConfirmRebuiltRequest,
  RemoveLeftoversRequest,
  TakeOverRequest,
  TakeOverResult,
} from '../api/plan';
import type {
  CreatePersonalNamespaceRequest,
  PersonalNamespace,
  TransferNamespaceRequest,
} from '../api/personalNamespaces';
import type {
  ClusterProfile,
  PreviewProfileRequest,
  ProfilePreview,
  ProfileSummary,
} from '../api/profiles';
import type {
  NamespaceQuota,
  SetQuotaRequest,
  SetQuotaResponse,
  SizeClass,
} from '../api/quotas';
import type {
  AccessRequest,
  CreateRequestRequest,
  RequestDecision,
  RequestQuery,
  RequestSpec,
  RequestVerdict,
} from '../api/requests';
import type {
  Abilities,
  ObjectAddress,
  ResourceKindList,
  ResourceKindsQuery,
  ResourceListLine,
  ResourceListQuery,
} from '../api/resources';
import type {
  AddShareRequest,
  SetSharesRequest,
  ShareList,
} from '../api/shares';
import type { TerminalRequest, TerminalTicket } from '../api/terminal';
import type {
  BerthApi,
  ChangeOptions,
  NamespaceAddress,
  SetQuotaOptions,
} from './BerthApi';
import type { ChartAddress } from './ChartsApi';
import type { HelmReleaseAddress } from './HelmApi';
import type { CallOptions, DeleteObjectOptions } from './ResourcesApi';
import type { PodAddress } from './TerminalApi';
import { BerthClientOptions, BerthHttp, pathOf, queryOf } from './http';

/**
 * The HTTP client of Berth's API.
 *
 * @public
 */
export class BerthClient implements BerthApi {
  readonly #http: BerthHttp;

  constructor(options: BerthClientOptions) {
    this.#http = new BerthHttp(options);
  }

  getAccess() {
    return this.#http.json<AccessSummary>('GET', '/access/me');
  }

  explainAccess(query: ExplainAccessQuery) {
    return this.#http.json<AccessExplanation>(
      'GET',
      `/access/explain${queryOf(query)}`,
    );
  }

  listClusters() {
    return this.#http.json<List<Cluster>>('GET', '/clusters');
  }

  getCluster(name: string) {
    return this.#http.json<Cluster>('GET', clusterPath(name));
  }

  createCluster(body: CreateClusterRequest | RegisterKubeconfigRequest) {
    return this.#http.json<Cluster>('POST', '/clusters', { body });
  }

  previewCluster(
    body: Partial<CreateClusterRequest> | RegisterKubeconfigRequest,
  ) {
    const path = '/clusters?dryRun=true';
    return this.#http.json<ClusterPreview>('POST', path, { body });
  }

  updateCluster(
    name: string,
    body: UpdateClusterRequest,
    { etag }: { etag?: string } = {},
  ) {
    return this.#http.json<Cluster>('PATCH', clusterPath(name), {
      body,
      ...(etag !== undefined && ifMatch({ etag })),
    });
  }

  getLeftovers(name: string) {
    const path = `${clusterPath(name)}/leftovers`;
    return this.#http.json<LeftoverResourceList>('GET', path);
  }

  async deleteCluster(name: string, options: { cleanUp?: boolean } = {}) {
    const path = `${clusterPath(name)}${queryOf(options)}`;
    await this.#http.request('DELETE', path);
  }

  getShares(name: string) {
    return this.#http.json<ShareList>('GET', `${clusterPath(name)}/shares`);
  }

  setShares(
    name: string,
    body: SetSharesRequest,
    { etag }: { etag?: string } = {},
  ) {
    return this.#http.json<ShareList>('PUT', `${clusterPath(name)}/shares`, {
      body,
      ...(etag !== undefined && ifMatch({ etag })),
    });
  }

  addShare(name: string, body: AddShareRequest) {
    const path = `${clusterPath(name)}/shares`;
    return this.#http.json<ShareList>('POST', path, { body });
  }

  removeShare(name: string, group: string) {
    const path = `${clusterPath(name)}/shares${queryOf({ group })}`;
    return this.#http.json<ShareList>('DELETE', path);
  }

  async getOnboardingManifest(name: string) {
    const path = `${clusterPath(name)}/onboarding?format=manifest`;
    return (await this.#http.request('GET', path)).text();
  }

  getOnboarding(
    name: string,
    format: OnboardingFormat,
    features: OnboardingFeature[] = [],
  ) {
    const query = queryOf({ format, features });
    const path = `${clusterPath(name)}/onboarding${query}`;
    const headers = { Accept: 'application/json' };
    return this.#http.json<OnboardingGuide>('GET', path, { headers });
  }

  createToken(name: string) {
    return this.#http.json<TokenResponse>('POST', `${clusterPath(name)}/token`);
  }

  getKubectlPortal() {
    return this.#http.json<KubectlPortal>('GET', '/kubectl/cli/portal.json');
  }

  connectDevice(body: ConnectDeviceRequest) {
    const path = '/kubectl/devices';
    return this.#http.json<ConnectedDevice>('POST', path, { body });
  }

  listDevices(query: KubectlDeviceListQuery = {}) {
    const path = `/kubectl/devices${queryOf(query)}`;
    return this.#http.json<CountedPage<KubectlDevice>>('GET', path);
  }

  async endDevice(id: string) {
    await this.#http.request('DELETE', pathOf('kubectl', 'devices', id));
  }

  async endDevices(query: KubectlDeviceQuery = {}) {
    await this.#http.request('DELETE', `/kubectl/devices${queryOf(query)}`);
  }

  async getKubeconfig(query: KubeconfigQuery = {}) {
    const path = `/kubeconfig${queryOf(query)}`;
    return (await this.#http.request('GET', path)).text();
  }

  runChecks(name: string) {
    return this.#http.json<CheckRun>('POST', `${clusterPath(name)}/checks`);
  }

  listCheckRuns(name: string) {
    const path = `${clusterPath(name)}/checks`;
    return this.#http.json<List<CheckRun>>('GET', path);
  }

  listActivity(query: ActivityQuery = {}) {
    return this.#http.json<Page<ActivityEntry>>(
      'GET',
      `/activity${queryOf(query)}`,
    );
  }

  listClusterActivity(
    name: string,
    query: Omit<ActivityQuery, 'cluster'> = {},
  ) {
    const path = `${clusterPath(name)}/activity${queryOf(query)}`;
    return this.#http.json<Page<ActivityEntry>>('GET', path);
  }

  async exportActivity(filter: ActivityFilter, format: ActivityExportFormat) {
    const path = `/activity${queryOf({ ...filter, format })}`;
    return (await this.#http.request('GET', path)).blob();
  }

  getPlan(name: string) {
    return this.#http.json<ClusterPlan>('GET', `${clusterPath(name)}/plan`);
  }

  listProfiles() {
    return this.#http.json<List<ProfileSummary>>('GET', '/profiles');
  }

  getClusterProfile(name: string) {
    const path = `${clusterPath(name)}/profile`;
    return this.#http.json<ClusterProfile>('GET', path);
  }

  previewProfile(name: string, body: PreviewProfileRequest) {
    const path = `${clusterPath(name)}/profile/preview`;
    return this.#http.json<ProfilePreview>('POST', path, { body });
  }

  async confirmPlan(name: string, body: ConfirmPlanRequest) {
    const path = `${clusterPath(name)}/plan/confirm`;
    await this.#http.request('POST', path, { body });
  }

  async confirmRebuilt(name: string, body: ConfirmRebuiltRequest) {
    const path = `${clusterPath(name)}/rebuilt`;
    await this.#http.request('POST', path, { body });
  }

  async removeLeftovers(name: string, body: RemoveLeftoversRequest) {
    const path = `${clusterPath(name)}/plan/leftovers/remove`;
    await this.#http.request('POST', path, { body });
  }

  async confirmPodSecurity(name: string, body: ConfirmPodSecurityRequest) {
    const path = `${clusterPath(name)}/plan/pod-security`;
    await this.#http.request('POST', path, { body });
  }

  async confirmIdentity(name: string, body: ConfirmIdentityRequest) {
    const path = `${clusterPath(name)}/plan/identity`;
    await this.#http.request('POST', path, { body });
  }

  takeOver(name: string, body: TakeOverRequest) {
    const path = `${clusterPath(name)}/plan/take-over`;
    return this.#http.json<TakeOverResult>('POST', path, { body });
  }

  listNamespaces(query: NamespaceQuery = {}) {
    const path = `/namespaces${queryOf(query)}`;
    return this.#http.json<CountedPage<ManagedNamespace>>('GET', path);
  }

  getNamespace(address: NamespaceAddress) {
    return this.#http.json<ManagedNamespace>('GET', namespacePath(address));
  }

  checkNamespaceName(
    address: NamespaceAddress,
    group?: string,
    adopt?: boolean,
  ) {
    const query = queryOf({ group, adopt });
    const path = `${namespacePath(address)}/availability${query}`;
    return this.#http.json<NamespaceAvailability>('GET', path);
  }

  createNamespace(cluster: string, body: CreateNamespaceRequest) {
    const path = `${clusterPath(cluster)}/namespaces`;
    return this.#http.json<ManagedNamespace>('POST', path, { body });
  }

  listPersonalNamespaces() {
    const path = '/personal-namespaces';
    return this.#http.json<List<PersonalNamespace>>('GET', path);
  }

  createPersonalNamespace(
    cluster: string,
    body: CreatePersonalNamespaceRequest = {},
  ) {
    const path = `${clusterPath(cluster)}/personal-namespace`;
    return this.#http.json<ManagedNamespace>('POST', path, { body });
  }

  transferNamespace(address: NamespaceAddress, body: TransferNamespaceRequest) {
    const path = `${namespacePath(address)}/transfer`;
    return this.#http.json<ManagedNamespace>('POST', path, { body });
  }

  updateNamespace(
    address: NamespaceAddress,
    body: UpdateNamespaceRequest,
    options: ChangeOptions,
  ) {
    return this.#http.json<ManagedNamespace>('PATCH', namespacePath(address), {
      body,
      ...ifMatch(options),
    });
  }

  async deleteNamespace(address: NamespaceAddress, uid?: string) {
    const query = queryOf({ confirm: address.namespace, uid });
    await this.#http.request('DELETE', `${namespacePath(address)}${query}`);
  }

  getGrants(address: NamespaceAddress) {
    const path = `${namespacePath(address)}/grants`;
    return this.#http.json<GrantList>('GET', path);
  }

  setGrants(
    address: NamespaceAddress,
    body: SetGrantsRequest,
    options: ChangeOptions,
  ) {
    const path = `${namespacePath(address)}/grants`;
    const payload = { body, ...ifMatch(options) };
    return this.#http.json<GrantList>('PUT', path, payload);
  }

  getQuota(address: NamespaceAddress) {
    return this.#http.json<NamespaceQuota>('GET', quotaPath(address));
  }

  setQuota(
    address: NamespaceAddress,
    body: SetQuotaRequest,
    { etag }: SetQuotaOptions,
  ) {
    return this.#http.json<SetQuotaResponse>('PUT', quotaPath(address), {
      body,
      ...(etag === undefined
        ? { headers: { 'If-None-Match': '*' } }
        : ifMatch({ etag })),
    });
  }

  async deleteQuota(address: NamespaceAddress, options: ChangeOptions) {
    const path = quotaPath(address);
    await this.#http.request('DELETE', path, ifMatch(options));
  }

  getQuotas(cluster: string) {
    const path = `/quotas${queryOf({ cluster })}`;
    return this.#http.json<ClusterQuotas>('GET', path);
  }

  listSizeClasses() {
    return this.#http.json<List<SizeClass>>('GET', '/size-classes');
  }

  listRequests(query: RequestQuery = {}) {
    const path = `/requests${queryOf(query)}`;
    return this.#http.json<CountedPage<AccessRequest>>('GET', path);
  }

  getRequest(id: string) {
    return this.#http.json<AccessRequest>('GET', pathOf('requests', id));
  }

  createRequest(body: CreateRequestRequest) {
    return this.#http.json<AccessRequest>('POST', '/requests', { body });
  }

  previewRequest(body: RequestSpec) {
    const path = '/requests?dryRun=true';
    return this.#http.json<RequestVerdict>('POST', path, { body });
  }

  updateRequest(id: string, body: RequestSpec) {
    const path = pathOf('requests', id);
    return this.#http.json<AccessRequest>('PUT', path, { body });
  }

  submitRequest(id: string) {
    return this.#step(id, 'submit');
  }

  withdrawRequest(id: string) {
    return this.#step(id, 'withdraw');
  }

  decideRequest(id: string, decision: RequestDecision) {
    return this.#step(id, 'decision', decision);
  }

  retryRequest(id: string) {
    return this.#step(id, 'retry');
  }

  directoryClusters() {
    return this.#pages<DirectoryCluster>('/directory/clusters');
  }

  directoryNamespaces() {
    return this.#pages<DirectoryNamespace>('/directory/namespaces');
  }

  #step(id: string, step: string, body?: unknown) {
    const path = pathOf('requests', id, step);
    return this.#http.json<AccessRequest>('POST', path, { body });
  }

  async *#pages<T>(path: string): AsyncIterable<T[]> {
    let cursor: string | undefined;
    do {
      const page: Page<T> = await this.#http.json(
        'GET',
        `${path}${queryOf({ cursor })}`,
      );
      yield page.items;
      cursor = page.next;
    } while (cursor !== undefined);
  }

  listKinds(query: ResourceKindsQuery = {}) {
    const path = `/resources/kinds${queryOf(query)}`;
    return this.#http.json<ResourceKindList>('GET', path);
  }

  listResources(
    kind: { group: string; plural: string },
    query: ResourceListQuery = {},
    options?: CallOptions,
  ) {
    const path = pathOf('resources', kind.group, kind.plural);
    return this.#http.lines<ResourceListLine>(
      `${path}${queryOf(query)}`,
      options,
    );
  }

  listNodes(query: NodeListQuery = {}, options?: CallOptions) {
    return this.#http.lines<NodeListLine>(
      `/resources/nodes${queryOf(query)}`,
      options,
    );
  }

  getNodeMig(cluster: string, node: string) {
    const path = `${clusterPath(cluster)}${pathOf('nodes', node, 'mig')}`;
    return this.#http.json<NodeMig>('GET', path);
  }

  getAbilities(cluster: string, namespace?: string) {
    const path = `${clusterPath(cluster)}/abilities${queryOf({ namespace })}`;
    return this.#http.json<Abilities>('GET', path);
  }

  getObject(address: ObjectAddress) {
    return this.#http.json<ObjectView>('GET', objectPath(address));
  }

  async getObjectYaml(address: ObjectAddress) {
    const headers = { Accept: 'application/yaml' };
    const path = objectPath(address);
    return (await this.#http.request('GET', path, { headers })).text();
  }

  listObjectEvents(address: ObjectAddress) {
    const path = objectPath(address, 'events');
    return this.#http.json<List<ObjectEvent>>('GET', path);
  }

  listRelatedObjects(address: ObjectAddress) {
    const path = objectPath(address, 'related');
    return this.#http.json<RelatedObjectList>('GET', path);
  }

  listRevisions(address: ObjectAddress) {
    const path = objectPath(address, 'revisions');
    return this.#http.json<List<RolloutRevision>>('GET', path);
  }

  readLogs(
    address: ObjectAddress,
    query: Omit<LogQuery, 'download' | 'namespace'> = {},
    options?: CallOptions,
  ) {
    const path = objectPath(address, 'logs', query);
    return this.#http.lines<LogLine>(path, options);
  }

  async downloadLogs(
    address: ObjectAddress,
    query: Omit<LogQuery, 'download' | 'follow' | 'namespace'> = {},
    options?: CallOptions,
  ) {
    const path = objectPath(address, 'logs', { ...query, download: true });
    return (await this.#http.request('GET', path, options)).blob();
  }

  revealSecret(address: ObjectAddress, keys: string[]) {
    const path = objectPath(address, 'reveal');
    return this.#http.json<RevealedSecret>('POST', path, { body: { keys } });
  }

  actOnObject(address: ObjectAddress, body: ObjectAction) {
    const path = objectPath(address, 'actions');
    return this.#http.json<ObjectActionResult>('POST', path, { body });
  }

  editObject(address: ObjectAddress, body: EditObjectRequest) {
    const path = objectPath(address);
    return this.#http.json<EditObjectResult>('PATCH', path, { body });
  }

  async deleteObject(address: ObjectAddress, options: DeleteObjectOptions) {
    const path = objectPath(address, undefined, options);
    await this.#http.request('DELETE', path);
  }

  applyYaml(cluster: string, body: ApplyRequest) {
    const path = `${clusterPath(cluster)}/apply`;
    return this.#http.json<List<AppliedDocument>>('POST', path, { body });
  }

  listCharts(query: ChartQuery = {}) {
    return this.#http.json<CountedPage<Chart>>(
      'GET',
      `/helm/charts${queryOf(query)}`,
    );
  }

  getChart(address: ChartAddress) {
    return this.#http.json<ChartView>('GET', chartPath(address));
  }

  listChartVersions(address: ChartAddress, query: ChartVersionQuery = {}) {
    const path = `${chartPath(address, 'versions')}${queryOf(query)}`;
    return this.#http.json<CountedPage<ChartVersion>>('GET', path);
  }

  getChartFile(
    { version, ...address }: ChartAddress & { version: string },
    file: ChartFileName,
  ) {
    const path = chartPath(address, version, file);
    return this.#http.json<ChartFile>('GET', path);
  }

  listChartPresets(
    { version, ...address }: ChartAddress & { version: string },
    query: ChartPresetQuery = {},
  ) {
    const path = `${chartPath(address, version, 'presets')}${queryOf(query)}`;
    return this.#http.json<List<ChartPreset>>('GET', path);
  }

  listChartRepositories() {
    return this.#http.json<List<ChartRepository>>('GET', '/helm/repositories');
  }

  createChartRepository(request: CreateChartRepositoryRequest) {
    return this.#http.json<ChartRepository>('POST', '/helm/repositories', {
      body: request,
    });
  }

  updateChartRepository(name: string, request: UpdateChartRepositoryRequest) {
    const path = `/helm/repositories${pathOf(name)}`;
    return this.#http.json<ChartRepository>('PATCH', path, { body: request });
  }

  async deleteChartRepository(name: string) {
    await this.#http.request('DELETE', `/helm/repositories${pathOf(name)}`);
  }

  refreshChartRepository(name: string) {
    const path = `/helm/repositories${pathOf(name, 'refresh')}`;
    return this.#http.json<ChartRepository>('POST', path);
  }

  listReleases(query: HelmReleaseQuery = {}, options?: CallOptions) {
    return this.#http.lines<HelmReleaseLine>(
      `/helm/releases${queryOf(query)}`,
      options,
    );
  }

  getRelease(address: HelmReleaseAddress, revision?: number) {
    const path = releasePath(address, undefined, { revision });
    return this.#http.json<HelmReleaseView>('GET', path);
  }

  listReleaseHistory(address: HelmReleaseAddress) {
    const path = releasePath(address, 'history');
    return this.#http.json<List<HelmRevision>>('GET', path);
  }

  getReleaseValues(
    address: HelmReleaseAddress,
    query: { revision?: number; all?: boolean; defaults?: boolean } = {},
  ) {
    const path = releasePath(address, 'values', query);
    return this.#http.json<HelmValues>('GET', path);
  }

  getReleaseManifest(address: HelmReleaseAddress, revision?: number) {
    const path = releasePath(address, 'manifest', { revision });
    return this.#http.json<List<HelmManifestObject>>('GET', path);
  }

  compareReleases(
    address: HelmReleaseAddress,
    revisions: { from: number; to: number },
  ) {
    const path = releasePath(address, 'diff', revisions);
    return this.#http.json<HelmDiff>('GET', path);
  }

  listReleaseObjects(address: HelmReleaseAddress) {
    const path = releasePath(address, 'objects');
    return this.#http.json<List<HelmObject>>('GET', path);
  }

  getReleaseDrift(address: HelmReleaseAddress) {
    const path = releasePath(address, 'drift');
    return this.#http.json<HelmDrift>('GET', path);
  }

  revealReleaseValue(address: HelmReleaseAddress, body: HelmRevealRequest) {
    const path = releasePath(address, 'reveal');
    return this.#http.json<HelmRevealed>('POST', path, { body });
  }

  getHelmWriting() {
    return this.#http.json<HelmWriting>('GET', '/helm/status');
  }

  previewHelmOperation(body: HelmRequest) {
    return this.#http.json<HelmPreview>('POST', '/helm/previews', { body });
  }

  startHelmOperation(id: string, body: HelmOperationRequest) {
    const path = operationPath(id);
    return this.#http.json<HelmOperation>('PUT', path, { body });
  }

  listHelmOperations(query: HelmOperationQuery = {}) {
    const path = `/helm/operations${queryOf(query)}`;
    return this.#http.json<Page<HelmOperation>>('GET', path);
  }

  getHelmOperation(id: string) {
    return this.#http.json<HelmOperation>('GET', operationPath(id));
  }

  getHelmOperationLines(id: string, after?: number) {
    const path = `${operationPath(id)}/lines${queryOf({ after })}`;
    return this.#http.json<HelmOperationLines>('GET', path);
  }

  cancelHelmOperation(id: string) {
    return this.#http.json<HelmOperation>('DELETE', operationPath(id));
  }

  async unlockRelease(address: HelmReleaseAddress, revision: number) {
    const path = releasePath(address, 'unlock');
    await this.#http.request('POST', path, { body: { revision } });
  }

  createTerminalTicket({ pod, ...address }: PodAddress, body: TerminalRequest) {
    const path = `${namespacePath(address)}${pathOf('pods', pod, 'terminal')}`;
    return this.#http.json<TerminalTicket>('POST', path, { body });
  }

  async getTerminalUrl() {
    return `${await this.#http.baseUrl()}/terminal`.replace(/^http/, 'ws');
  }
}

function clusterPath(name: string): string {
  return pathOf('clusters', name);
}

function namespacePath({ cluster, namespace }: NamespaceAddress): string {
  return pathOf('clusters', cluster, 'namespaces', namespace);
}

function chartPath(
  { repository, chart }: ChartAddress,
  ...parts: string[]
): string {
  return `/helm/charts${pathOf(repository, chart, ...parts)}`;
}

function releasePath(
  { release, ...address }: HelmReleaseAddress,
  part?: string,
  query: object = {},
): string {
  const segments = ['releases', release, ...(part ? [part] : [])];
  return `${namespacePath(address)}${pathOf(...segments)}${queryOf(query)}`;
}

function operationPath(id: string): string {
  return `/helm/operations${pathOf(id)}`;
}

function quotaPath(address: NamespaceAddress): string {
  return `${namespacePath(address)}/quota`;
}

function ifMatch({ etag }: ChangeOptions) {
  return { headers: { 'If-Match': etag } };
}

function objectPath(
  { cluster, group, plural, name, namespace }: ObjectAddress,
  subresource?: string,
  query: object = {},
): string {
  const segments = ['clusters', cluster, 'objects', group, plural, name];
  const path = pathOf(...segments, ...(subresource ? [subresource] : []));
  return `${path}${queryOf({ ...query, namespace })}`;
}
