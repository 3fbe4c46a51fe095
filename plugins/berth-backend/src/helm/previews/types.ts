import type {
  HelmChartReference,
  HelmPreview,
  HelmRequest,
} from '@berth/plugin-berth-common';
import type { PersonClient } from '../../kube';
import type { ObjectCalls } from '../../resources/objects/ObjectCalls';
import type { RepositoryChart } from '../charts/ChartFiles';
import type { OpenedRevision, ReleaseReader } from '../releases/ReleaseReader';
import type { HelmRun, HelmRuns } from '../runner/types';

/** The person who asks for a preview, and how the calls of that person are made. */
export interface PreviewCaller {
  /** Reads the release of the request. */
  reader: ReleaseReader;
  /** The calls to the objects of the release. */
  objects: ObjectCalls;
  /** Asks the cluster what the person may do. */
  client: PersonClient;
  /** The release of which the request makes a copy, as the person read it. */
  original?: OpenedRevision;
  /** For the helm that renders the chart. */
  cluster: HelmRun['cluster'];
  person: HelmRun['person'];
  token: HelmRun['token'];
}

/** A preview, and what to run if the person decides for it. */
export interface PreparedPreview {
  preview: HelmPreview;
  /** The version of the history of the release, of `readHistory`; absent for an installation. */
  base?: string;
  /** The chart of the release that the operation makes. */
  chart?: { repository?: string; name: string; version: string };
  /** The digest of the archive of the chart that helm gets; of the chart that Helm stored, as the portal packed it. */
  chartDigest?: string;
  /** Whether the release has this chart already, by its digest. */
  keepsChart?: boolean;
  /** What an apply runs. `values` holds secrets in clear. */
  run: Pick<HelmRun, 'command' | 'chart' | 'values' | 'allowed' | 'shown'>;
}

/** The charts of the repositories. */
export interface OpensCharts {
  /**
   * @throws NotFoundError for an unknown version; ChartError if the archive cannot be read, or is another chart; the
   *   reason of `signal`
   */
  open(
    reference: HelmChartReference,
    signal: AbortSignal,
  ): Promise<RepositoryChart>;
}

export interface PreviewsOptions {
  charts: OpensCharts;
  runner: HelmRuns;
  /** The key of the digests, of `digestKeyOf`; all replicas have the same. */
  digestKey: Buffer;
  /** How many revisions of a release helm keeps. */
  historyMax: number;
}

/** Prepares operations on releases. Nothing is written. */
export interface PreparesPreviews {
  /**
   * In the values of an upgrade, `HELM_MASK` stands for the value that the release has there, as the pages show it.
   *
   * @throws the errors of `ReleaseReader.open` and of `OpensCharts.open`; ConflictError if the release has another latest revision than
   *   `baseRevision`; InputError for values that cannot be read
   */
  preview(
    caller: PreviewCaller,
    request: HelmRequest,
    signal: AbortSignal,
  ): Promise<PreparedPreview>;
}
