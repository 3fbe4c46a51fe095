import {
  CallOptions,
  HelmDiff,
  HelmDrift,
  HelmManifestObject,
  HelmObject,
  HelmRelease,
  HelmReleaseAddress,
  HelmReleaseLine,
  HelmReleaseQuery,
  HelmReleaseView,
  HelmRevealed,
  HelmRevealRequest,
  HelmRevision,
  HelmValues,
  List,
} from '@berth/plugin-berth-common';
import { FakeCharts } from './FakeCharts';
import { responseError } from './responseError';

const NO_VALUES: HelmValues = { yaml: '{}\n', masked: [] };

/** What the clusters have of one Helm release. */
export interface FakeRelease {
  /** The revisions, by number. The latest is the release of the list. */
  views: HelmReleaseView[];
  history?: HelmRevision[];
  values?: HelmValues;
  /** The values with those of the chart. */
  allValues?: HelmValues;
  /** The values of the chart. */
  defaults?: HelmValues;
  manifest?: HelmManifestObject[];
  diff?: HelmDiff;
  objects?: HelmObject[];
  drift?: HelmDrift;
  /** Hidden values, by the path or by the name of the object and the key, joined with `/`. */
  hidden?: Record<string, string>;
}

/** The part of `FakeBerthApi` that serves Helm releases. */
export class FakeHelm extends FakeCharts {
  /** By `releaseKey`. */
  readonly releases = new Map<string, FakeRelease>();
  /** The failures of the list of releases. */
  helmFailures: Omit<Extract<HelmReleaseLine, { type: 'failed' }>, 'type'>[] =
    [];
  /** The queries of lists of releases, the latest last. */
  readonly releaseQueries: HelmReleaseQuery[] = [];
  /** The values that were revealed, the latest last. */
  readonly reveals: (HelmReleaseAddress & { request: HelmRevealRequest })[] =
    [];

  /** Adds a release. Its latest view is the last one. */
  addRelease(release: FakeRelease): void {
    const { cluster, namespace, name } = release.views[0];
    this.releases.set(
      releaseKey({ cluster, namespace, release: name }),
      release,
    );
  }

  async *listReleases(
    query: HelmReleaseQuery = {},
    options?: CallOptions,
  ): AsyncGenerator<HelmReleaseLine> {
    this.releaseQueries.push(query);
    const includes = (names: string | string[] | undefined, name: string) =>
      names === undefined || [names].flat().includes(name);
    const items = [...this.releases.values()]
      .map(({ views }) => summaryOf(views.at(-1)!))
      .filter(one => includes(query.cluster, one.cluster))
      .filter(one => includes(query.namespace, one.namespace));
    const failures = this.helmFailures.filter(one =>
      includes(query.cluster, one.cluster),
    );
    const failed = failures.filter(one => one.namespace === undefined);
    const clusters = [...items, ...failures].map(({ cluster }) => cluster);
    const names = [...new Set(clusters)].sort();
    yield { type: 'start', clusters: names.map(name => ({ name })) };
    for (const cluster of names) {
      options?.signal?.throwIfAborted();
      const own = items.filter(one => one.cluster === cluster);
      const at = new Date().toISOString();
      if (own.length > 0) {
        yield { type: 'releases', cluster, at, items: own };
      }
      for (const failure of failures.filter(one => one.cluster === cluster)) {
        yield { type: 'failed', ...failure };
      }
      if (!failed.some(one => one.cluster === cluster)) {
        yield { type: 'done', cluster, count: own.length };
      }
    }
    yield { type: 'end' };
  }

  async getRelease(
    address: HelmReleaseAddress,
    revision?: number,
  ): Promise<HelmReleaseView> {
    const { views } = await this.#release(address);
    const found =
      revision === undefined
        ? views.at(-1)
        : views.find(one => one.revision === revision);
    if (!found) {
      throw await responseError(
        404,
        `${address.release} has no revision ${revision}`,
      );
    }
    return found;
  }

  async listReleaseHistory(
    address: HelmReleaseAddress,
  ): Promise<List<HelmRevision>> {
    const { views, history } = await this.#release(address);
    const items = history ?? views.map(revisionOf).reverse();
    return { items, totalItems: items.length };
  }

  async getReleaseValues(
    address: HelmReleaseAddress,
    query: { revision?: number; all?: boolean; defaults?: boolean } = {},
  ): Promise<HelmValues> {
    const {
      values = NO_VALUES,
      allValues = values,
      defaults = NO_VALUES,
    } = await this.#release(address);
    if (query.defaults) {
      return defaults;
    }
    return query.all ? allValues : values;
  }

  async getReleaseManifest(
    address: HelmReleaseAddress,
  ): Promise<List<HelmManifestObject>> {
    const { manifest = [] } = await this.#release(address);
    return { items: manifest, totalItems: manifest.length };
  }

  async compareReleases(address: HelmReleaseAddress): Promise<HelmDiff> {
    const { diff } = await this.#release(address);
    return diff ?? { values: '', notes: '', items: [] };
  }

  async listReleaseObjects(
    address: HelmReleaseAddress,
  ): Promise<List<HelmObject>> {
    const { objects = [] } = await this.#release(address);
    return { items: objects, totalItems: objects.length };
  }

  async getReleaseDrift(address: HelmReleaseAddress): Promise<HelmDrift> {
    const { drift } = await this.#release(address);
    return drift ?? { items: [], unreadable: [] };
  }

  async revealReleaseValue(
    address: HelmReleaseAddress,
    request: HelmRevealRequest,
  ): Promise<HelmRevealed> {
    const { hidden = {} } = await this.#release(address);
    this.reveals.push({ ...address, request });
    const key =
      'value' in request
        ? request.value.join('/')
        : `${request.object.name}/${request.key}`;
    if (!(key in hidden)) {
      throw await responseError(404, `There is no value ${key}`);
    }
    return { value: hidden[key] };
  }

  async #release(address: HelmReleaseAddress): Promise<FakeRelease> {
    const found = this.releases.get(releaseKey(address));
    if (!found) {
      throw await responseError(
        404,
        `There is no Helm release ${address.release} in ${address.namespace}`,
      );
    }
    return found;
  }
}

/** Returns the key of a release in `FakeHelm.releases`. */
export function releaseKey(address: HelmReleaseAddress): string {
  return [address.cluster, address.namespace, address.release].join('/');
}

function summaryOf(view: HelmReleaseView): HelmRelease {
  const { cluster, namespace, name, source, revision, status } = view;
  const { updatedAt, description, chart, managedBy, labels } = view;
  return {
    ...{ cluster, namespace, name, source, revision, status },
    ...{ updatedAt, description, chart, managedBy, labels },
  };
}

function revisionOf(view: HelmReleaseView): HelmRevision {
  const { revision = 0, status, updatedAt, description, chart } = view;
  return { revision, status, updatedAt, description, chart };
}
