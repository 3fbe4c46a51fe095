import { HelmStatus } from '@berth/plugin-berth-common';
import { JsonRecord } from '../../resources/objects/json';

/** Where Helm stores a release. */
export type ReleaseSource = 'secret' | 'configMap';

/** What the metadata of a stored revision says. */
export interface StoredRevision {
  source: ReleaseSource;
  /** Of the Secret or the ConfigMap. */
  objectName: string;
  uid: string;
  resourceVersion: string;
  namespace: string;
  name: string;
  revision: number;
  status: HelmStatus;
  updatedAt?: string;
  /** The labels that Helm did not set. */
  labels: Record<string, string>;
}

export interface ChartSummary {
  name: string;
  version: string;
  appVersion?: string;
  deprecated?: boolean;
}

/** What lists show of the content of a revision. */
export interface ReleaseSummary {
  chart?: ChartSummary;
  description?: string;
  updatedAt?: string;
  flux: boolean;
  /** Why the content cannot be read. */
  problem?: string;
}

/** A hook of a release. */
export interface ReleaseHook {
  name: string;
  kind: string;
  manifest: string;
  events: string[];
  weight: number;
  lastRun?: { phase: string; startedAt?: string; completedAt?: string };
}

/** The content of a revision. Its texts come from the chart and from people, and are not to be trusted. */
export interface DecodedRelease {
  firstDeployedAt?: string;
  summary: ReleaseSummary;
  /** Of any length, and with copies of secrets. */
  notes?: string;
  /** `Chart.yaml`. */
  chart: JsonRecord;
  /** The chart as Helm stores it, with its templates and files, and without its subcharts. */
  packed: JsonRecord;
  /** The values of the chart itself. */
  defaults: JsonRecord;
  /** The values that people set. */
  config: JsonRecord;
  manifest: string;
  hooks: ReleaseHook[];
  applyMethod?: 'ssa' | 'csa';
}
