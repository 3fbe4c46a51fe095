import {
  CheckRun,
  CheckTrigger,
  ClusterCheck,
} from '@berth/plugin-berth-common';
import { Endpoint, KubeClient, KubeError } from '../../kube';
import { ClusterRecord } from '../../model/clusters';

/** Facts that earlier checks of a run pass on to later ones. */
export interface Facts {
  /** The endpoint of the API server, or why it could not be examined. */
  endpoint?: Endpoint | KubeError;
  /** The API server's `gitVersion`. */
  version?: string;
  /** The problem with the issuer, if the portal can see one. */
  issuerProblem?: string;
  /** The portal's user name on the API server, with prefixes. */
  username?: string;
  /** The groups that the API server sees in the portal's token, with prefixes. */
  groups?: string[];
}

/** The result of a check. */
export type Finding = Pick<
  ClusterCheck,
  'status' | 'message' | 'cause' | 'hint'
> & { facts?: Partial<Facts> };

/** The input of a check. */
export interface CheckContext {
  cluster: ClusterRecord;
  /** Authenticates as the portal. */
  client: KubeClient;
  /** Sends no token. */
  anonymous: KubeClient;
  facts: Facts;
  signal: AbortSignal;
}

/** One check. It throws KubeError for a failed call that it has no better text for. */
export interface Check {
  id: string;
  title: string;
  /** The ids of checks that must have passed, or passed with a warning, before. */
  needs?: string[];
  run(context: CheckContext): Promise<Finding>;
}

/** The last runs of each cluster's checks. */
export interface CheckRunStore {
  /** Stores a run and removes the oldest ones above the limit. Does nothing if the cluster does not exist. */
  add(clusterId: string, run: CheckRun): Promise<void>;
  /** Lists the runs of a cluster, the latest first. */
  list(clusterId: string): Promise<CheckRun[]>;
  /** Returns the start of the last run of each cluster, ISO 8601, by cluster id. */
  lastStarts(): Promise<Map<string, string>>;
}

/** Runs all checks of a cluster. */
export interface ClusterDoctor {
  /**
   * Runs the checks now. A cluster has one run at a time. A call during a run gets the next run, because the current
   * one may have started before the change that the caller waits for.
   *
   * @throws NotFoundError if the cluster does not exist
   */
  run(clusterId: string, trigger: CheckTrigger): Promise<CheckRun>;
}
