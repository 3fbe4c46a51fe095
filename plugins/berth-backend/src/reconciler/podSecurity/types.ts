import { PodSecurityWait } from '@berth/plugin-berth-common';
import { FencingToken } from '../types';

/** The waiting namespaces of clusters, and the turn of the clusters. */
export interface PodSecurityStore {
  list(clusterId: string): Promise<PodSecurityWait[]>;
  /** Replaces the waiting namespaces of a cluster. What an admin confirmed stays confirmed at the same level. */
  replace(
    fencingToken: FencingToken,
    waits: Omit<PodSecurityWait, 'confirmedBy'>[],
  ): Promise<void>;
  /**
   * Takes the turn for a cluster, or keeps it.
   *
   * @returns undefined if the cluster has the turn, else the name of the cluster that has it
   */
  takeTurn(fencingToken: FencingToken): Promise<string | undefined>;
  /** Returns the cluster that has the turn; undefined if none has it. */
  turn(): Promise<PodSecurityTurn | undefined>;
  /** Gives the turn to the next cluster. */
  endTurn(fencingToken: FencingToken): Promise<void>;
  /**
   * Lets a level go ahead in namespaces.
   *
   * @returns those that wait for this level
   */
  confirm(
    clusterId: string,
    wanted: { level: string; namespaces: string[] },
    by: string,
  ): Promise<string[]>;
}

/** The turn of a cluster to get higher levels. */
export interface PodSecurityTurn {
  clusterId: string;
  /** ISO 8601 time at which the cluster last took or kept the turn. */
  seenAt: string;
}
