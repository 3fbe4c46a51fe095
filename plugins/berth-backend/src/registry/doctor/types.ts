import {
  CheckRun,
  CheckTrigger,
  ClusterCheck,
} from '@berth/plugin-berth-common';
import { Endpoint, KubeClient, KubeError } from '../../kube';
import { ClusterRecord } from '../types';

/** What earlier checks of a run found, for later ones. */
export interface Facts {
  /** What was seen of the API server, or what stood in the way. */
  endpoint?: Endpoint | KubeError;
  /** The API server's `gitVersion`. */
  version?: string;
  /** What is wrong with the issuer, as far as the portal can tell. */
  issuerProblem?: string;
  /** Who the API server takes the portal for, with prefixes. */
  username?: string;
  /** The groups that the API server sees in the portal's token, with prefixes. */
  groups?: string[];
}

/** What a check found. */
export type Finding = Pick<
  ClusterCheck,
  'status' | 'message' | 'cause' | 'hint'
> & { facts?: Partial<Facts> };

/** What a check may use. */
export interface CheckContext {
  cluster: ClusterRecord;
  /** Speaks as the portal. */
  client: KubeClient;
  /** Speaks as nobody. */
  anonymous: KubeClient;
  facts: Facts;
  signal: AbortSignal;
}

/** One check. It throws KubeError where a call failed in a way that it has no better words for. */
export interface Check {
  id: string;
  title: string;
  /** The ids of the checks that must not have failed, nor been skipped, before. */
  needs?: string[];
  run(context: CheckContext): Promise<Finding>;
}

/** The last runs of each cluster's checks. */
export interface CheckRunStore {
  /** Keeps a run and forgets the oldest beyond the last ones. Does nothing if the cluster is gone. */
  add(clusterId: string, run: CheckRun): Promise<void>;
  /** The latest first. */
  list(clusterId: string): Promise<CheckRun[]>;
  /** When the last run of each cluster began, ISO 8601, by cluster id. */
  lastStarts(): Promise<Map<string, string>>;
}

/** Runs all checks of a cluster. */
export interface ClusterDoctor {
  /**
   * Runs them now. Of one cluster there is one run at a time: who asks during one gets the one after it,
   * as the first may have begun before the change that it is asked about.
   *
   * @throws NotFoundError if the cluster is gone
   */
  run(clusterId: string, trigger: CheckTrigger): Promise<CheckRun>;
}
